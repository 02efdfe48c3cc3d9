"""The speciality of a course, by the national nomenclature (NSF)."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0042_specialities"
down_revision = "0041_movable_plans"
branch_labels = None
depends_on = None

DIGITS = ", ".join(f"'{each}'" for each in "0123456789")
LETTERS = ", ".join(f"'{each}'" for each in "abcdefghijklmnopqrstuvwxyz")
SHAPE = (
    "nsf_code = '' OR (substr(nsf_code, 1, 1) IN ('1', '2', '3', '4') "
    f"AND substr(nsf_code, 2, 1) IN ({DIGITS}) AND substr(nsf_code, 3, 1) IN ({DIGITS}) "
    f"AND substr(nsf_code, 4) IN ('', {LETTERS}))"
)


def upgrade() -> None:
    """Go one step forward."""
    with op.batch_alter_table("courses") as table:
        table.add_column(sa.Column("nsf_code", sa.String(4), nullable=False, server_default=""))
        table.create_check_constraint(op.f("ck_courses_nsf_code"), SHAPE)
    with op.batch_alter_table("courses") as table:
        table.alter_column("nsf_code", server_default=None)


def downgrade() -> None:
    """Go one step back."""
    with op.batch_alter_table("courses") as table:
        table.drop_constraint(op.f("ck_courses_nsf_code"), type_="check")
        table.drop_column("nsf_code")
