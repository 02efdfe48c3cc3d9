"""Rooms, trainers, half-day slots, attendance, results and checklists of course sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0006_session_life"
down_revision = "0005_enrolment_order"
branch_labels = None
depends_on = None

STATES = (
    "interested", "waitlisted", "applied", "positioning", "admitted", "offered", "confirmed", "called_up", "attended",
    "completed", "completed_part", "dropped_out", "absent", "declined", "expired", "withdrawn", "refused", "redirected",
)
PURPOSES = ("reset_password", "confirm_address", "invitation", "renew_need", "answer_offer")
CHECKLIST = (
    "agreements", "room", "call_up", "materials", "sheets", "attendance", "results", "certificates", "invoices",
)
LIVE = sa.text("cancelled_at IS NULL")
UNSETTLED = sa.text("settled_at IS NULL")
STAMPS = ("created_at", "updated_at")


def upgrade() -> None:
    """Go one step forward."""
    _rooms()
    _trainers()
    _slots()
    _attendances()
    _results()
    _checklist()
    _allow("enrolments", "state", "enrolmentstate", (*STATES, "called_off"))
    _allow("one_time_links", "purpose", "linkpurpose", (*PURPOSES, "six_months"))


def downgrade() -> None:
    """Go one step back; those whose session was called off count as moved, the nearest that an older version knows."""
    op.execute("DELETE FROM one_time_links WHERE purpose = 'six_months'")
    op.execute("UPDATE enrolments SET state = 'redirected' WHERE state = 'called_off'")
    _allow("one_time_links", "purpose", "linkpurpose", PURPOSES)
    _allow("enrolments", "state", "enrolmentstate", STATES)
    for table in (
        "checklist_items", "six_months_answers", "satisfactions", "skill_results", "attendances", "slots",
        "unavailabilities", "trainer_skills", "room_equipment", "rooms",
    ):
        op.drop_table(table)


def _allow(table: str, column: str, name: str, values: tuple[str, ...]) -> None:
    listed = ", ".join(repr(each) for each in values)
    with op.batch_alter_table(table) as changed:
        changed.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        changed.create_check_constraint(op.f(f"ck_{table}_{name}"), f"{column} IN ({listed})")


def _rooms() -> None:
    _make(
        "rooms",
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("commune_code", sa.String(5), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        *_stamps(),
        sa.CheckConstraint("capacity >= 1", name=op.f("ck_rooms_capacity")),
        sa.CheckConstraint("name <> ''", name=op.f("ck_rooms_name")),
        sa.UniqueConstraint("name", name=op.f("uq_rooms_name")),
        sa.ForeignKeyConstraint(["commune_code"], ["communes.code"], name=op.f("fk_rooms_commune_code_communes")),
        indexed=("commune_code",),
    )
    _make(
        "room_equipment",
        sa.Column("room_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_room_equipment_name")),
        sa.UniqueConstraint("room_id", "name", name=op.f("uq_room_equipment_room_id_name")),
        _key("room_equipment", "room_id", "rooms"),
    )


def _trainers() -> None:
    _make(
        "trainer_skills",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        *_stamps(),
        sa.UniqueConstraint("account_id", "skill_id", name=op.f("uq_trainer_skills_account_id_skill_id")),
        _key("trainer_skills", "account_id", "accounts"),
        _key("trainer_skills", "skill_id", "skills"),
        indexed=("skill_id",),
    )
    _make(
        "unavailabilities",
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("trainer_id", sa.Uuid(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        *_stamps(),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_unavailabilities_dates")),
        sa.CheckConstraint("(room_id IS NULL) <> (trainer_id IS NULL)", name=op.f("ck_unavailabilities_of_one")),
        _key("unavailabilities", "room_id", "rooms"),
        _key("unavailabilities", "trainer_id", "accounts"),
        indexed=("room_id", "trainer_id"),
    )


def _slots() -> None:
    _make(
        "slots",
        sa.Column("course_session_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("half", _values("half", ("morning", "afternoon")), nullable=False),
        sa.Column("begins", sa.Time(), nullable=False),
        sa.Column("ends", sa.Time(), nullable=False),
        sa.Column("room_id", sa.Uuid(), nullable=True),
        sa.Column("trainer_id", sa.Uuid(), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        *_stamps(),
        sa.CheckConstraint("ends > begins", name=op.f("ck_slots_times")),
        _key("slots", "course_session_id", "course_sessions"),
        _key("slots", "room_id", "rooms"),
        _key("slots", "trainer_id", "accounts"),
        indexed=("course_session_id", "room_id", "trainer_id"),
    )
    op.create_index("ix_slots_day_course_session_id", "slots", ["day", "course_session_id"])
    for column in ("course_session_id", "room_id", "trainer_id"):
        op.create_index(
            f"uq_slots_{column}_day_half",
            "slots",
            [column, "day", "half"],
            unique=True,
            sqlite_where=LIVE,
            postgresql_where=LIVE,
        )


def _attendances() -> None:
    _make(
        "attendances",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("slot_id", sa.Uuid(), nullable=False),
        sa.Column("state", _values("attendancestate", ("present", "late", "absent", "excused")), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("mode", _values("attendancemode", ("phone", "qr", "paper")), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("minutes BETWEEN 0 AND 720", name=op.f("ck_attendances_minutes")),
        sa.CheckConstraint("(state IN ('present', 'late')) = (minutes > 0)", name=op.f("ck_attendances_there")),
        sa.UniqueConstraint("enrolment_id", "slot_id", name=op.f("uq_attendances_enrolment_id_slot_id")),
        _key("attendances", "enrolment_id", "enrolments"),
        _key("attendances", "slot_id", "slots"),
        _key("attendances", "recorded_by_id", "accounts"),
        indexed=("slot_id", "batch_id"),
    )
    op.create_index(
        "ix_attendances_unsettled",
        "attendances",
        ["signed_at"],
        sqlite_where=UNSETTLED,
        postgresql_where=UNSETTLED,
    )


def _results() -> None:
    _make(
        "skill_results",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("skill_id", sa.Integer(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("assessor_id", sa.Uuid(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_skill_results_level")),
        sa.UniqueConstraint("enrolment_id", "skill_id", name=op.f("uq_skill_results_enrolment_id_skill_id")),
        _key("skill_results", "enrolment_id", "enrolments"),
        _key("skill_results", "skill_id", "skills"),
        _key("skill_results", "assessor_id", "accounts"),
        indexed=("skill_id",),
    )
    _make(
        "satisfactions",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("comment", sa.Text(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 1 AND 5", name=op.f("ck_satisfactions_score")),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_satisfactions_enrolment_id")),
        _key("satisfactions", "enrolment_id", "enrolments"),
    )
    work, used = ("expected_post", "same_trade", "other", "none"), ("daily", "sometimes", "never")
    _make(
        "six_months_answers",
        sa.Column("enrolment_id", sa.Uuid(), nullable=False),
        sa.Column("work", _values("worksince", work), nullable=False),
        sa.Column("used", _values("skillsused", used), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("enrolment_id", name=op.f("uq_six_months_answers_enrolment_id")),
        _key("six_months_answers", "enrolment_id", "enrolments"),
    )


def _checklist() -> None:
    _make(
        "checklist_items",
        sa.Column("course_session_id", sa.Uuid(), nullable=False),
        sa.Column("kind", _values("checklistkind", CHECKLIST), nullable=False),
        sa.Column("anchor", _values("anchor", ("start", "end")), nullable=False),
        sa.Column("due_offset", sa.Integer(), nullable=False),
        sa.Column("holder_id", sa.Uuid(), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name=op.f("ck_checklist_items_done")),
        sa.UniqueConstraint("course_session_id", "kind", name=op.f("uq_checklist_items_course_session_id_kind")),
        _key("checklist_items", "course_session_id", "course_sessions"),
        _key("checklist_items", "holder_id", "accounts"),
        _key("checklist_items", "done_by_id", "accounts"),
    )


def _make(table: str, *parts: sa.schema.SchemaItem, indexed: tuple[str, ...] = ()) -> None:
    op.create_table(
        table, sa.Column("id", sa.Uuid(), nullable=False), *parts, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))
    )
    for column in indexed:
        op.create_index(f"ix_{table}_{column}", table, [column])


def _stamps() -> list[sa.Column[object]]:
    return [sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in STAMPS]


def _values(name: str, values: tuple[str, ...]) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{target}.id"], name=op.f(f"fk_{table}_{column}_{target}"))
