"""Seats that firms reserve and name later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0004_reservations"
down_revision = "0003_ledger"
branch_labels = None
depends_on = None

KEYS = {
    "course_session_id": "course_sessions",
    "organisation_id": "organisations",
    "need_id": "needs",
    "author_id": "accounts",
}


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "seat_reservations",
        *(sa.Column(name, sa.Uuid(), nullable=name == "need_id") for name in KEYS),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("unnamed", sa.Integer(), nullable=False),
        sa.Column("names_until", sa.Date(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "open", "used", "returned", name="reservationstate", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("seats >= 1", name=op.f("ck_seat_reservations_seats")),
        sa.CheckConstraint("unnamed >= 0 AND unnamed <= seats", name=op.f("ck_seat_reservations_unnamed")),
        sa.CheckConstraint("state <> 'used' OR unnamed = 0", name=op.f("ck_seat_reservations_used")),
        *(
            sa.ForeignKeyConstraint([name], [f"{table}.id"], name=op.f(f"fk_seat_reservations_{name}_{table}"))
            for name, table in KEYS.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seat_reservations")),
    )
    for name in ("course_session_id", "organisation_id", "need_id"):
        op.create_index(f"ix_seat_reservations_{name}", "seat_reservations", [name])
    op.create_index("ix_seat_reservations_state_names_until", "seat_reservations", ["state", "names_until"])
    with op.batch_alter_table("enrolments") as table:
        table.add_column(sa.Column("reservation_id", sa.Uuid(), nullable=True))
        table.create_foreign_key(
            op.f("fk_enrolments_reservation_id_seat_reservations"), "seat_reservations", ["reservation_id"], ["id"]
        )
    op.create_index("ix_enrolments_reservation_id", "enrolments", ["reservation_id"])


def downgrade() -> None:
    """Go one step back; seats without a name go back to their sessions."""
    op.execute(
        "UPDATE course_sessions SET seats_taken = seats_taken - (SELECT coalesce(sum(unnamed), 0) FROM seat_reservations "
        "WHERE course_session_id = course_sessions.id AND state = 'open')"
    )
    op.drop_index("ix_enrolments_reservation_id", table_name="enrolments")
    with op.batch_alter_table("enrolments") as table:
        table.drop_constraint(op.f("fk_enrolments_reservation_id_seat_reservations"), type_="foreignkey")
        table.drop_column("reservation_id")
    op.drop_table("seat_reservations")
