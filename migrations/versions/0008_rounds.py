"""Admission rounds: sessions decided together, people and their ranked wishes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op


revision = "0008_rounds"
down_revision = "0007_jobs"
branch_labels = None
depends_on = None

STATES = ("preparation", "open", "closed", "decided", "announced", "finished", "cancelled")
STATE = sa.Enum(*STATES, name="roundstate", native_enum=False, create_constraint=True, length=32)
MOMENTS = ("created_at", "updated_at")


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "admission_rounds",
        sa.Column("name", sa.String(120), nullable=False),
        *(sa.Column(name, sa.Date(), nullable=False) for name in ("opens_on", "closes_on", "decides_on")),
        sa.Column("criteria", sa.JSON(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        *(sa.Column(name, sa.String(64), nullable=False) for name in ("seed", "seed_digest")),
        sa.Column("state", STATE, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in ("decided_at", "announced_at")),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in MOMENTS),
        sa.CheckConstraint("opens_on <= closes_on AND closes_on < decides_on", name=op.f("ck_admission_rounds_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_admission_rounds")),
    )
    op.create_index("ix_admission_rounds_closes_on", "admission_rounds", ["closes_on"])
    op.create_index("ix_admission_rounds_state", "admission_rounds", ["state"])
    _round_sessions()
    _round_entries()
    _round_wishes()


def _key(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def _round_sessions() -> None:
    op.create_table(
        "round_sessions",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("round_id", "course_session_id")),
        sa.Column("live", sa.Boolean(), nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("seats", "last_rank")),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("seats >= 0 AND last_rank >= 0", name=op.f("ck_round_sessions_counts")),
        _key("round_sessions", "round_id", "admission_rounds"),
        _key("round_sessions", "course_session_id", "course_sessions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_sessions")),
        sa.UniqueConstraint(
            "round_id", "course_session_id", name=op.f("uq_round_sessions_round_id_course_session_id")
        ),
    )
    op.create_index("ix_round_sessions_course_session_id", "round_sessions", ["course_session_id"])
    op.create_index(
        "uq_round_sessions_live",
        "round_sessions",
        ["course_session_id"],
        unique=True,
        sqlite_where=sa.text("live"),
        postgresql_where=sa.text("live"),
    )


def _round_entries() -> None:
    op.create_table(
        "round_entries",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("round_id", "account_id")),
        sa.Column("met", sa.Integer(), nullable=True),
        sa.Column("enrolment_id", sa.Uuid(), nullable=True),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in MOMENTS),
        _key("round_entries", "round_id", "admission_rounds"),
        _key("round_entries", "account_id", "accounts"),
        _key("round_entries", "enrolment_id", "enrolments"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_entries")),
        sa.UniqueConstraint("round_id", "account_id", name=op.f("uq_round_entries_round_id_account_id")),
    )
    op.create_index("ix_round_entries_account_id", "round_entries", ["account_id"])
    op.create_index("ix_round_entries_enrolment_id", "round_entries", ["enrolment_id"])


def _round_wishes() -> None:
    op.create_table(
        "round_wishes",
        *(sa.Column(name, sa.Uuid(), nullable=False) for name in ("entry_id", "course_session_id")),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("position BETWEEN 1 AND 6", name=op.f("ck_round_wishes_position")),
        sa.CheckConstraint("rank IS NULL OR rank >= 1", name=op.f("ck_round_wishes_rank")),
        _key("round_wishes", "entry_id", "round_entries"),
        _key("round_wishes", "course_session_id", "course_sessions"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_round_wishes")),
        sa.UniqueConstraint("entry_id", "position", name=op.f("uq_round_wishes_entry_id_position")),
        sa.UniqueConstraint("entry_id", "course_session_id", name=op.f("uq_round_wishes_entry_id_course_session_id")),
    )
    op.create_index("ix_round_wishes_course_session_id_rank", "round_wishes", ["course_session_id", "rank"])


def downgrade() -> None:
    """Go one step back."""
    for table in ("round_wishes", "round_entries", "round_sessions", "admission_rounds"):
        op.drop_table(table)
