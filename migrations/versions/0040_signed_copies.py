"""Signed copies of letters of intent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0040_signed_copies"
down_revision = "0039_dossiers"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
TABLE = "signed_copies"


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        TABLE,
        sa.Column("commitment_id", sa.Uuid(), nullable=False),
        sa.Column("media_type", sa.String(20), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=False),
        sa.Column("sent_by_id", sa.Uuid(), nullable=False),
        sa.Column("checked_at", INSTANT, nullable=True),
        sa.Column("checked_by_id", sa.Uuid(), nullable=True),
        sa.Column("refusal", sa.Text(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint(
            "media_type IN ('application/pdf', 'image/png', 'image/jpeg')", name=op.f(f"ck_{TABLE}_media_type")
        ),
        sa.CheckConstraint("(checked_at IS NULL) = (checked_by_id IS NULL)", name=op.f(f"ck_{TABLE}_checked")),
        sa.CheckConstraint("refusal = '' OR checked_at IS NOT NULL", name=op.f(f"ck_{TABLE}_refusal")),
        sa.ForeignKeyConstraint(["commitment_id"], ["commitments.id"], name=op.f(f"fk_{TABLE}_commitment_id_commitments")),
        sa.ForeignKeyConstraint(["sent_by_id"], ["accounts.id"], name=op.f(f"fk_{TABLE}_sent_by_id_accounts")),
        sa.ForeignKeyConstraint(["checked_by_id"], ["accounts.id"], name=op.f(f"fk_{TABLE}_checked_by_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{TABLE}")),
    )
    op.create_index(op.f(f"ix_{TABLE}_commitment_id"), TABLE, ["commitment_id"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_table(TABLE)
