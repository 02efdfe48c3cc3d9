"""Which firm of a pool got no seats when its session opened, why, and when staff saw to it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0044_pool_seats"
down_revision = "0043_trainee_kinds"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("pool_members") as table:
        table.add_column(sa.Column("not_reserved", sa.String(64), server_default="", nullable=False))
        table.add_column(sa.Column("handled_at", INSTANT, nullable=True))
        table.create_check_constraint(op.f("ck_pool_members_handled"), "handled_at IS NULL OR not_reserved <> ''")


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("pool_members") as table:
        table.drop_constraint(op.f("ck_pool_members_handled"), type_="check")
        table.drop_column("handled_at")
        table.drop_column("not_reserved")
