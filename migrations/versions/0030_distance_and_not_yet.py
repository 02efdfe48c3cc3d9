"""How far a need lets people go for a course, and skills that a trainee says they do not have yet."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0030_distance_and_not_yet"
down_revision = "0022_plan_inputs"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("needs") as table:
        table.add_column(sa.Column("max_km", sa.Integer(), nullable=True))
        table.create_check_constraint(op.f("ck_needs_max_km"), "max_km IS NULL OR max_km BETWEEN 1 AND 500")
    _allow("level BETWEEN 0 AND 4")


def downgrade() -> None:
    """Go one step back: what is not there yet is not told any more."""
    op.execute("DELETE FROM trainee_skills WHERE level = 0")
    _allow("level BETWEEN 1 AND 4")
    with op.batch_alter_table("needs") as table:
        table.drop_constraint(op.f("ck_needs_max_km"), type_="check")
        table.drop_column("max_km")


def _allow(levels: str) -> None:
    with op.batch_alter_table("trainee_skills") as table:
        table.drop_constraint(op.f("ck_trainee_skills_level"), type_="check")
        table.create_check_constraint(op.f("ck_trainee_skills_level"), levels)
