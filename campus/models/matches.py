"""Matches: what the judge said of a need and a course, and what people said of it."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.models.base import NOTHING_PERSONAL, Base, Personal, RandomKey, Timestamps
from campus.models.course_sessions import CourseSession
from campus.models.courses import Course
from campus.models.needs import Need
from campus.models.skills import Skill


class Match(RandomKey, Base):
    """A need and a course, with gates, coverage, gaps and reasons; position 1 is the best answer."""

    __tablename__ = "matches"
    __table_args__ = (UniqueConstraint("need_id", "course_id"), CheckConstraint("position >= 1", name="position"))
    __personal__ = NOTHING_PERSONAL

    need_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("needs.id"))
    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id"), index=True)
    course_session_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("course_sessions.id"), index=True)
    position: Mapped[int]
    gates_open: Mapped[bool]
    essential_met: Mapped[int]
    essential_partial: Mapped[int]
    essential_missing: Mapped[int]
    explanation: Mapped[dict[str, Any]]
    rules_version: Mapped[str] = mapped_column(String(16))
    computed_at: Mapped[datetime] = mapped_column(default=clock.now)

    course: Mapped[Course] = relationship()
    course_session: Mapped[CourseSession | None] = relationship()


class NeedAnswer(Base):
    """What the judge said of a need as a whole: pathway, what stays uncovered, what is missing to judge."""

    __tablename__ = "need_answers"
    __personal__ = NOTHING_PERSONAL

    need_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("needs.id"), primary_key=True)
    answer: Mapped[dict[str, Any]]
    # What the answer names and where the last of its list stands: by it one knows which course can change it.
    standing: Mapped[dict[str, Any] | None]
    rules_version: Mapped[str] = mapped_column(String(16))
    referential_version: Mapped[str] = mapped_column(String(32), default="")
    computed_at: Mapped[datetime] = mapped_column(default=clock.now)


class FeedbackReason(enum.StrEnum):
    """Why a course is not an answer, in the firm's eyes."""

    OTHER_TRADE = "other_trade"
    TOO_LONG = "too_long"
    TOO_LATE = "too_late"
    TOO_FAR = "too_far"
    LEVEL_TOO_LOW = "level_too_low"
    LEVEL_TOO_HIGH = "level_too_high"
    OTHER = "other"


class MatchFeedback(RandomKey, Base):
    """What a firm said against a match, with the features it had that day."""

    __tablename__ = "match_feedback"
    __table_args__ = (
        Index(
            "uq_match_feedback_active",
            "need_id",
            "course_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )
    __personal__ = {"account_id": Personal("answer the person who said it", "as long as the need")}

    need_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("needs.id"))
    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id"), index=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    reason: Mapped[FeedbackReason]
    comment: Mapped[str] = mapped_column(Text, default="")
    features: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    withdrawn_at: Mapped[datetime | None]

    need: Mapped[Need] = relationship()
    course: Mapped[Course] = relationship()


class CourseRequestState(enum.StrEnum):
    """What became of a request for a course."""

    OPEN = "open"
    ANSWERED = "answered"
    REFUSED = "refused"


class CourseRequest(RandomKey, Timestamps, Base):
    """A firm asks the campus for a course on skills that nothing covers."""

    __tablename__ = "course_requests"
    __table_args__ = (
        Index(
            "uq_course_requests_open",
            "need_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )
    __personal__ = {"author_id": Personal("answer the person who asked", "as long as the need")}

    need_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("needs.id"))
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    message: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[CourseRequestState] = mapped_column(default=CourseRequestState.OPEN, index=True)
    answer: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]

    need: Mapped[Need] = relationship()
    skills: Mapped[list[CourseRequestSkill]] = relationship(cascade="all, delete-orphan")


class CourseRequestSkill(RandomKey, Base):
    """A skill that the firm asks the campus to teach, and to which level."""

    __tablename__ = "course_request_skills"
    __table_args__ = (
        UniqueConstraint("course_request_id", "skill_id"),
        CheckConstraint("level IS NULL OR level BETWEEN 1 AND 4", name="level"),
    )
    __personal__ = NOTHING_PERSONAL

    course_request_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("course_requests.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), index=True)
    level: Mapped[int | None]

    skill: Mapped[Skill] = relationship()
