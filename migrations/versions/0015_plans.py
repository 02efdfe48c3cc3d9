"""Plans of sessions and the sessions in them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0015_plans"
down_revision = "0014_pools"
branch_labels = None
depends_on = None

STATES = ("queued", "searching", "draft", "published", "stopped", "failed")
STATE = sa.Enum(*STATES, name="planstate", native_enum=False, create_constraint=True, length=32)
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "session_plans",
        sa.Column("author_id", sa.Uuid(), nullable=False),
        sa.Column("state", STATE, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=True),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint("weeks BETWEEN 1 AND 104", name=op.f("ck_session_plans_weeks")),
        sa.CheckConstraint("progress BETWEEN 0 AND 100", name=op.f("ck_session_plans_progress")),
        _key("session_plans", "author_id", "accounts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_plans")),
    )
    op.create_index("ix_session_plans_state", "session_plans", ["state"])
    _planned_sessions()


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _planned_sessions() -> None:
    table = "planned_sessions"
    others = {"plan_id": "session_plans", "course_id": "courses", "room_id": "rooms", "trainer_id": "accounts"}
    op.create_table(
        table,
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in others),
        sa.Column("course_session_id", sa.Uuid(), nullable=True),
        sa.Column("week", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("starts_on", "ends_on")),
        sa.Column("posts", sa.JSON(), nullable=False),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("week >= 0", name=op.f("ck_planned_sessions_week")),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_planned_sessions_dates")),
        *(_key(table, name, other) for name, other in others.items()),
        _key(table, "course_session_id", "course_sessions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_planned_sessions")),
    )
    op.create_index("ix_planned_sessions_plan_id", table, ["plan_id"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_table("planned_sessions")
    op.drop_table("session_plans")
