"""Seats offered until a deadline, and the whole life of an enrolment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0002_offers"
down_revision = "0001"
branch_labels = None
depends_on = None

OLD = ("applied", "waitlisted", "admitted", "refused", "withdrawn", "redirected")
NEW = (
    "interested", "waitlisted", "applied", "positioning", "admitted", "offered", "confirmed", "called_up", "attended",
    "completed", "completed_part", "dropped_out", "absent", "declined", "expired", "withdrawn", "refused", "redirected",
)
OLD_ACTIVE = sa.text("state IN ('applied', 'waitlisted', 'admitted')")
NEW_ACTIVE = sa.text(
    "state IN ('interested', 'waitlisted', 'applied', 'positioning', 'admitted', 'offered', 'confirmed', 'called_up', "
    "'attended')"
)
OLD_PURPOSES = ("reset_password", "confirm_address", "invitation", "renew_need")
# What an older version understands of what this one writes.
BACK = {
    "waitlisted": ("interested",),
    "applied": ("positioning",),
    "admitted": ("offered", "confirmed", "called_up", "attended", "completed", "completed_part"),
    "withdrawn": ("dropped_out", "absent", "declined", "expired"),
}


def _check(column: str, values: tuple[str, ...]) -> str:
    return f"{column} IN ({', '.join(repr(each) for each in values)})"


def upgrade() -> None:
    """Go one step forward."""
    op.drop_index("uq_enrolments_active", table_name="enrolments")
    op.drop_index("ix_enrolments_course_session_id_state", table_name="enrolments")
    with op.batch_alter_table("enrolments") as table:
        table.add_column(sa.Column("priority", sa.Integer(), nullable=False, server_default="2"))
        table.add_column(sa.Column("need_post_id", sa.Uuid(), nullable=True))
        table.add_column(sa.Column("offered_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("offer_until", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True))
        table.create_foreign_key(op.f("fk_enrolments_need_post_id_need_posts"), "need_posts", ["need_post_id"], ["id"])
        table.drop_constraint(op.f("ck_enrolments_enrolmentstate"), type_="check")
        table.drop_constraint(op.f("ck_enrolments_waiting_has_rank"), type_="check")
        table.create_check_constraint(op.f("ck_enrolments_enrolmentstate"), _check("state", NEW))
        table.create_check_constraint(op.f("ck_enrolments_priority"), "priority BETWEEN 0 AND 2")
        table.create_check_constraint(
            op.f("ck_enrolments_waiting_has_rank"), "state NOT IN ('waitlisted', 'interested') OR rank IS NOT NULL"
        )
        table.create_check_constraint(
            op.f("ck_enrolments_offer_has_deadline"), "state <> 'offered' OR offer_until IS NOT NULL"
        )
    with op.batch_alter_table("enrolments") as table:
        table.alter_column("priority", server_default=None)
    # Those who were admitted had been told that the seat was theirs: nobody is asked twice.
    op.execute("UPDATE enrolments SET state = 'confirmed' WHERE state = 'admitted'")
    op.create_index("ix_enrolments_need_post_id", "enrolments", ["need_post_id"])
    op.create_index(
        "ix_enrolments_course_session_id_state", "enrolments", ["course_session_id", "state", "priority", "rank"]
    )
    op.create_index("ix_enrolments_state_offer_until", "enrolments", ["state", "offer_until"])
    _unique_while(NEW_ACTIVE)
    _allow_purposes((*OLD_PURPOSES, "answer_offer"))


def downgrade() -> None:
    """Go one step back."""
    op.execute("DELETE FROM one_time_links WHERE purpose = 'answer_offer'")
    _allow_purposes(OLD_PURPOSES)
    for name in ("uq_enrolments_active", "ix_enrolments_state_offer_until", "ix_enrolments_course_session_id_state"):
        op.drop_index(name, table_name="enrolments")
    op.drop_index("ix_enrolments_need_post_id", table_name="enrolments")
    enrolments = sa.table("enrolments", sa.column("state", sa.String))
    for known, later in BACK.items():
        op.execute(enrolments.update().where(enrolments.c.state.in_(later)).values(state=known))
    with op.batch_alter_table("enrolments") as table:
        for name in ("enrolmentstate", "waiting_has_rank", "priority", "offer_has_deadline"):
            table.drop_constraint(op.f(f"ck_enrolments_{name}"), type_="check")
        table.drop_constraint(op.f("fk_enrolments_need_post_id_need_posts"), type_="foreignkey")
        for name in ("reminded_at", "offer_until", "offered_at", "need_post_id", "priority"):
            table.drop_column(name)
        table.create_check_constraint(op.f("ck_enrolments_enrolmentstate"), _check("state", OLD))
        table.create_check_constraint(
            op.f("ck_enrolments_waiting_has_rank"), "state <> 'waitlisted' OR rank IS NOT NULL"
        )
    op.create_index("ix_enrolments_course_session_id_state", "enrolments", ["course_session_id", "state"])
    _unique_while(OLD_ACTIVE)


def _unique_while(active: sa.TextClause) -> None:
    op.create_index(
        "uq_enrolments_active",
        "enrolments",
        ["course_session_id", "account_id"],
        unique=True,
        sqlite_where=active,
        postgresql_where=active,
    )


def _allow_purposes(values: tuple[str, ...]) -> None:
    with op.batch_alter_table("one_time_links") as table:
        table.drop_constraint(op.f("ck_one_time_links_linkpurpose"), type_="check")
        table.create_check_constraint(op.f("ck_one_time_links_linkpurpose"), _check("purpose", values))
