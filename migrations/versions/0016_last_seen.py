"""When somebody was last seen, and told that their account is unused."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0016_last_seen"
down_revision = "0020_frozen_reports"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)
LAST_USED = """
UPDATE accounts SET last_seen_at = COALESCE(
    (SELECT MAX(last_used_at) FROM account_sessions WHERE account_sessions.account_id = accounts.id), updated_at
)
"""


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("accounts") as table:
        table.add_column(sa.Column("last_seen_at", INSTANT, nullable=True))
        table.add_column(sa.Column("inactive_told_at", INSTANT, nullable=True))
    op.execute(LAST_USED)
    with op.batch_alter_table("accounts") as table:
        table.alter_column("last_seen_at", existing_type=INSTANT, nullable=False)
    op.create_index("ix_accounts_last_seen_at", "accounts", ["last_seen_at"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_accounts_last_seen_at", table_name="accounts")
    with op.batch_alter_table("accounts") as table:
        table.drop_column("inactive_told_at")
        table.drop_column("last_seen_at")
