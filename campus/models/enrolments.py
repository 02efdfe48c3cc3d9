"""Enrolments: a trainee and a course session; and what trainees say they can do."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.lifecycles import enrolment as lifecycle
from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey, Timestamps
from campus.models.course_sessions import CourseSession
from campus.models.needs import NeedPost
from campus.models.reservations import SeatReservation
from campus.models.skills import Skill

CANDIDATE = "2 years after the last contact"


class EnrolmentState(enum.StrEnum):
    """Where an application stands; how one state leads to another is in campus/lifecycles/enrolment.py."""

    INTERESTED = "interested"
    WAITLISTED = "waitlisted"
    APPLIED = "applied"
    POSITIONING = "positioning"
    ADMITTED = "admitted"
    OFFERED = "offered"
    CONFIRMED = "confirmed"
    CALLED_UP = "called_up"
    ATTENDED = "attended"
    COMPLETED = "completed"
    COMPLETED_PART = "completed_part"
    DROPPED_OUT = "dropped_out"
    ABSENT = "absent"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    REDIRECTED = "redirected"
    CALLED_OFF = "called_off"


class TraineeKind(enum.StrEnum):
    """What kind of trainee somebody is, by frame F 1 of the yearly pedagogical and financial report."""

    PRIVATE = "private"
    APPRENTICE = "apprentice"
    JOBSEEKER = "jobseeker"
    INDIVIDUAL = "individual"
    OTHER = "other"


class Priority(enum.IntEnum):
    """Who comes first on a waiting list; within one priority the rank, that is the order of arrival."""

    EXCEPTION = 0
    COMMITTED_POST = 1
    ARRIVAL = 2


WAITING = frozenset(map(EnrolmentState, lifecycle.WAITING))
HOLDS_SEAT = frozenset(map(EnrolmentState, (*lifecycle.HOLDING, *lifecycle.LEARNT)))
ACTIVE = WAITING | frozenset(map(EnrolmentState, lifecycle.HOLDING))
_ACTIVE_SQL = text(
    "state IN ('interested', 'waitlisted', 'applied', 'positioning', 'admitted', 'offered', 'confirmed', 'called_up', "
    "'attended')"
)


class Enrolment(RandomKey, Timestamps, Base):
    """A person's application to a course session, from the first click to the decision."""

    __tablename__ = "enrolments"
    __table_args__ = (
        Index(
            "uq_enrolments_active",
            "course_session_id",
            "account_id",
            unique=True,
            sqlite_where=_ACTIVE_SQL,
            postgresql_where=_ACTIVE_SQL,
        ),
        UniqueConstraint("course_session_id", "rank"),
        CheckConstraint("rank IS NULL OR rank >= 1", name="rank"),
        CheckConstraint("priority BETWEEN 0 AND 2", name="priority"),
        CheckConstraint("state NOT IN ('waitlisted', 'interested') OR rank IS NOT NULL", name="waiting_has_rank"),
        CheckConstraint("state <> 'offered' OR offer_until IS NOT NULL", name="offer_has_deadline"),
        Index("ix_enrolments_course_session_id_state", "course_session_id", "state", "priority", "rank"),
        Index("ix_enrolments_state_offer_until", "state", "offer_until"),
        Index("ix_enrolments_state_created_at", "state", "created_at", "id"),
    )
    __personal__ = {
        "account_id": Personal("manage the application", CANDIDATE),
        "reason": Personal("explain the decision to the person", CANDIDATE),
        "trainee_kind": Personal("count trainees by kind for the State", "as long as the enrolment, without a name"),
    }

    course_session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("course_sessions.id"))
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    state: Mapped[EnrolmentState]
    rank: Mapped[int | None]
    priority: Mapped[int] = mapped_column(default=Priority.ARRIVAL.value)
    reservation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("seat_reservations.id"), index=True)
    need_post_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("need_posts.id"), index=True)
    trainee_kind: Mapped[TraineeKind | None]
    offered_at: Mapped[datetime | None]
    offer_until: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]

    course_session: Mapped[CourseSession] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    reservation: Mapped[SeatReservation | None] = relationship()
    need_post: Mapped[NeedPost | None] = relationship()


class TraineeSkill(RandomKey, Base):
    """What a trainee says they can do, from 1 to 4, or cannot do yet (0); of other skills nothing is known."""

    __tablename__ = "trainee_skills"
    __table_args__ = (
        UniqueConstraint("account_id", "skill_id"),
        CheckConstraint("level BETWEEN 0 AND 4", name="level"),
    )
    __personal__ = {
        "account_id": Personal("show what a course would add", CANDIDATE),
        "level": Personal("show what a course would add", CANDIDATE),
    }

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), index=True)
    level: Mapped[int]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, onupdate=clock.now)

    skill: Mapped[Skill] = relationship()
