"""External marks: hiring intentions and open offers that others publish by employment area."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0031_marks"
down_revision = "0016_last_seen"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "mark_files",
        sa.Column(
            "kind",
            sa.Enum("intentions", "offers", name="markkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("source", sa.String(120), nullable=False),
        sa.Column("publisher", sa.String(120), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("imported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mark_files")),
        sa.UniqueConstraint("kind", "as_of", name=op.f("uq_mark_files_kind_as_of")),
    )
    op.create_table(
        "marks",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(8), nullable=False),
        sa.Column("area_name", sa.String(80), nullable=False),
        sa.Column("department", sa.String(3), nullable=False),
        sa.Column("trade_code", sa.String(8), nullable=False),
        sa.Column("trade_label", sa.String(250), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=True),
        sa.Column("hard", sa.Integer(), nullable=True),
        sa.Column("seasonal", sa.Integer(), nullable=True),
        sa.Column("tension", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.CheckConstraint("amount IS NULL OR amount >= 0", name=op.f("ck_marks_amount")),
        sa.ForeignKeyConstraint(["file_id"], ["mark_files.id"], name=op.f("fk_marks_file_id_mark_files")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marks")),
        sa.UniqueConstraint(
            *("file_id", "area_code", "department", "trade_code"),
            name=op.f("uq_marks_file_id_area_code_department_trade_code"),
        ),
    )
    op.create_index(op.f("ix_marks_area_code"), "marks", ["area_code"])
    op.create_index(op.f("ix_marks_trade_code"), "marks", ["trade_code"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("marks")
    op.drop_table("mark_files")
