"""What reports count is noted when it is written, for the processes that keep its figures in memory."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0038_reported_changes"
down_revision = "0031_marks"
branch_labels = None
depends_on = None

KINDS = ("course", "need", "everything")


def upgrade() -> None:
    """Go one step forward."""
    _allow(*KINDS, "reported")


def downgrade() -> None:
    """Go one step back."""
    op.execute("DELETE FROM changes WHERE kind = 'reported'")
    _allow(*KINDS)


def _allow(*kinds: str) -> None:
    name = op.f("ck_changes_changekind")
    listed = ", ".join(f"'{each}'" for each in kinds)
    with op.batch_alter_table("changes", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, sa.text(f"kind IN ({listed})"))
