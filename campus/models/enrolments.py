"""Enrolments: a trainee and a course session; and what trainees say they can do."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey, Timestamps
from campus.models.course_sessions import CourseSession
from campus.models.skills import Skill

CANDIDATE = "2 years after the last contact"


class EnrolmentState(enum.StrEnum):
    """Where an application stands. Applied and admitted hold a seat; waitlisted holds a rank."""

    APPLIED = "applied"
    WAITLISTED = "waitlisted"
    ADMITTED = "admitted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    REDIRECTED = "redirected"


HOLDS_SEAT = frozenset({EnrolmentState.APPLIED, EnrolmentState.ADMITTED})
ACTIVE = HOLDS_SEAT | {EnrolmentState.WAITLISTED}
_ACTIVE_SQL = text("state IN ('applied', 'waitlisted', 'admitted')")


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
        CheckConstraint("state <> 'waitlisted' OR rank IS NOT NULL", name="waiting_has_rank"),
        Index("ix_enrolments_course_session_id_state", "course_session_id", "state"),
    )
    __personal__ = {
        "account_id": Personal("manage the application", CANDIDATE),
        "reason": Personal("explain the decision to the person", CANDIDATE),
    }

    course_session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("course_sessions.id"))
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    state: Mapped[EnrolmentState]
    rank: Mapped[int | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]

    course_session: Mapped[CourseSession] = relationship()
    account: Mapped[Account] = relationship(foreign_keys=[account_id])


class TraineeSkill(RandomKey, Base):
    """What a trainee says they can do."""

    __tablename__ = "trainee_skills"
    __table_args__ = (
        UniqueConstraint("account_id", "skill_id"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level"),
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
