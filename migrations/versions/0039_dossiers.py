"""What the staff type for dossiers: targets of indicators, amounts of a year."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0039_dossiers"
down_revision = "0038_reported_changes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "indicator_targets",
        sa.Column("figure", sa.String(32), nullable=False),
        sa.Column("baseline", sa.Numeric(14, 2), nullable=True),
        sa.Column("baseline_on", sa.Date(), nullable=True),
        sa.Column("target", sa.Numeric(14, 2), nullable=True),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(250), nullable=False),
        sa.Column("responsible", sa.String(120), nullable=False),
        *_common("indicator_targets"),
        sa.CheckConstraint("baseline IS NULL OR baseline >= 0", name=op.f("ck_indicator_targets_baseline")),
        sa.CheckConstraint("target IS NULL OR target >= 0", name=op.f("ck_indicator_targets_target")),
        sa.UniqueConstraint("figure", name=op.f("uq_indicator_targets_figure")),
    )
    op.create_table(
        "yearly_amounts",
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("line", sa.String(32), nullable=False),
        sa.Column("amount", sa.Numeric(14, 2), nullable=False),
        *_common("yearly_amounts"),
        sa.CheckConstraint("amount >= 0", name=op.f("ck_yearly_amounts_amount")),
        sa.CheckConstraint("year BETWEEN 2000 AND 2100", name=op.f("ck_yearly_amounts_year")),
        sa.UniqueConstraint("year", "line", name=op.f("uq_yearly_amounts_year_line")),
    )


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("yearly_amounts")
    op.drop_table("indicator_targets")


def _common(table: str) -> list[sa.schema.SchemaItem]:
    return [
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f(f"fk_{table}_author_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]
