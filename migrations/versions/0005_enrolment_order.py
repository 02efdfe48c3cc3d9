"""The order in which staff read applications."""

from __future__ import annotations

from alembic import op


revision = "0005_enrolment_order"
down_revision = "0004_reservations"
branch_labels = None
depends_on = None

NAME = "ix_enrolments_state_created_at"


def upgrade() -> None:
    """Go one step forward."""
    op.create_index(NAME, "enrolments", ["state", "created_at", "id"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index(NAME, "enrolments")
