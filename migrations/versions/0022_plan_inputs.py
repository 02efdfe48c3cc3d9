"""How courses are taught, when the campus is closed; searches of plans that are leased, moves that are taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0022_plan_inputs"
down_revision = "0015_plans"
branch_labels = None
depends_on = None

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Go one step forward."""
    _teachings()
    op.create_table(
        "course_equipment",
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_course_equipment_name")),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f("fk_course_equipment_course_id_courses")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_course_equipment")),
        sa.UniqueConstraint("course_id", "name", name=op.f("uq_course_equipment_course_id_name")),
    )
    op.create_table(
        "campus_closures",
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_campus_closures_dates")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campus_closures")),
    )
    op.add_column("session_plans", sa.Column("lease_until", INSTANT, nullable=True))
    op.add_column("session_plans", sa.Column("attempts", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("session_plans", sa.Column("moves", sa.JSON(), nullable=False, server_default="{}"))
    with op.batch_alter_table("session_plans") as table:
        table.alter_column("attempts", server_default=None)
        table.alter_column("moves", server_default=None)


def _teachings() -> None:
    table = "course_teachings"
    rules = {
        "half_days": "half_days BETWEEN 1 AND 10",
        "every_weeks": "every_weeks BETWEEN 1 AND 4",
        "both_seats": "(seats_min IS NULL) = (seats_max IS NULL)",
        "seats": "seats_min IS NULL OR seats_min >= 1 AND seats_max >= seats_min",
        "cost": "cost IS NULL OR cost >= 0",
    }
    op.create_table(
        table,
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("half_days", sa.Integer(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("seats_min", sa.Integer(), nullable=True),
        sa.Column("seats_max", sa.Integer(), nullable=True),
        sa.Column("cost", sa.Numeric(10, 2), nullable=True),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("updated_at", INSTANT, nullable=False),
        *(sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}")) for name, rule in rules.items()),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name=op.f(f"fk_{table}_course_id_courses")),
        sa.PrimaryKeyConstraint("course_id", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("session_plans") as table:
        table.drop_column("moves")
        table.drop_column("attempts")
        table.drop_column("lease_until")
    op.drop_table("campus_closures")
    op.drop_table("course_equipment")
    op.drop_table("course_teachings")
