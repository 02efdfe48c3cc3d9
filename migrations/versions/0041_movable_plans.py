"""Plans in which announced sessions may move."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0041_movable_plans"
down_revision = "0040_signed_copies"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.add_column("session_plans", sa.Column("movable", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("session_plans") as table:
        table.alter_column("movable", server_default=None)


def downgrade() -> None:
    """Go one step back: an announced session that a draft could move is no part of it any more."""
    op.execute(
        "DELETE FROM planned_sessions WHERE course_session_id IS NOT NULL AND plan_id IN "
        "(SELECT id FROM session_plans WHERE state <> 'published')"
    )
    op.drop_column("session_plans", "movable")
