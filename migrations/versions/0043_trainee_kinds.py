"""The kind of trainee of each enrolment, for the yearly pedagogical and financial report."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0043_trainee_kinds"
down_revision = "0042_specialities"
branch_labels = None
depends_on = None

KINDS = "'private', 'apprentice', 'jobseeker', 'individual', 'other'"


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("enrolments") as table:
        table.add_column(sa.Column("trainee_kind", sa.String(32), nullable=True))
        table.create_check_constraint(op.f("ck_enrolments_traineekind"), f"trainee_kind IN ({KINDS})")


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("enrolments") as table:
        table.drop_constraint(op.f("ck_enrolments_traineekind"), type_="check")
        table.drop_column("trainee_kind")
