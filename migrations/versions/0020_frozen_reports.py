"""Frozen reports, which the database itself keeps from being changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0020_frozen_reports"
down_revision = "0030_distance_and_not_yet"
branch_labels = None
depends_on = None

TABLE = "frozen_reports"
REFUSAL = f"{TABLE}: reports are added, never changed or deleted"


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        TABLE,
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("rules", sa.String(16), nullable=False),
        sa.Column("figures", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.UniqueConstraint("day", "rules", name=op.f("uq_frozen_reports_day_rules")),
        sa.ForeignKeyConstraint(["author_id"], ["accounts.id"], name=op.f("fk_frozen_reports_author_id_accounts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_frozen_reports")),
    )
    for statement in _guards():
        op.execute(statement)


def downgrade() -> None:
    """Go one step back."""
    op.drop_table(TABLE)
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP FUNCTION {TABLE}_keep()")


def _guards() -> list[str]:
    if op.get_bind().dialect.name == "sqlite":
        return [
            f"CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            for verb in ("UPDATE", "DELETE")
        ]
    return [
        f"CREATE FUNCTION {TABLE}_keep() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE} "
        f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_keep()",
        f"CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_keep()",
    ]
