"""What was written, for the processes that keep courses and needs in memory; where the last of an answer stands."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0013_changes"
down_revision = "0012_sharing"
branch_labels = None
depends_on = None

KINDS = ("course", "need", "everything")


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "changes",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False),
        sa.Column("kind", sa.Enum(*KINDS, name="changekind", native_enum=False, create_constraint=True, length=32), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("transaction_number", sa.BigInteger(), nullable=False),
        sa.Column("author", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_changes_transaction_number", "changes", ["transaction_number"])
    op.create_index("ix_changes_at", "changes", ["at"])
    with op.batch_alter_table("need_answers") as table:
        table.add_column(sa.Column("standing", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("need_answers") as table:
        table.drop_column("standing")
    op.drop_table("changes")
