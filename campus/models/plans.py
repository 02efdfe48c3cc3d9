"""Plans of sessions: drafts that a search proposes and a planner changes, until one is published."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey, Timestamps
from campus.models.course_sessions import CourseSession
from campus.models.courses import Course
from campus.models.rooms import Room

PLANNED = "as long as the plan"


class PlanState(enum.StrEnum):
    """Where a plan stands."""

    QUEUED = "queued"
    SEARCHING = "searching"
    DRAFT = "draft"
    PUBLISHED = "published"
    STOPPED = "stopped"
    FAILED = "failed"


class SessionPlan(RandomKey, Timestamps, Base):
    """A plan of sessions over some weeks from a Monday; `report` is what the search said of it.

    Whoever searches holds it until `lease_until`; `moves` keeps where sessions were before they were moved by hand.
    `movable` says that sessions announced already may move, at a cost.
    """

    __tablename__ = "session_plans"
    __table_args__ = (
        CheckConstraint("weeks BETWEEN 1 AND 104", name="weeks"),
        CheckConstraint("progress BETWEEN 0 AND 100", name="progress"),
    )
    __personal__ = {"author_id": Personal("know who asked for the plan", PLANNED)}

    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[PlanState] = mapped_column(default=PlanState.QUEUED, index=True)
    first_day: Mapped[date]
    weeks: Mapped[int] = mapped_column(default=52)
    progress: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime | None]
    lease_until: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)
    moves: Mapped[dict[str, Any]] = mapped_column(default=dict)

    movable: Mapped[bool] = mapped_column(default=False)

    author: Mapped[Account] = relationship()


class PlannedSession(RandomKey, Base):
    """One session of a plan: week, room, trainer, posts by need.

    `course_session` is the session that it is once published; in a draft, the announced one that may move.
    """

    __tablename__ = "planned_sessions"
    __table_args__ = (
        CheckConstraint("week >= 0", name="week"),
        CheckConstraint("ends_on >= starts_on", name="dates"),
    )
    __personal__ = {"trainer_id": Personal("know who would teach when", PLANNED)}

    plan_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("session_plans.id"), index=True)
    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id"))
    room_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rooms.id"))
    trainer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    course_session_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("course_sessions.id"))
    week: Mapped[int]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    posts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    locked: Mapped[bool] = mapped_column(default=False)

    plan: Mapped[SessionPlan] = relationship()
    course: Mapped[Course] = relationship()
    room: Mapped[Room] = relationship()
    trainer: Mapped[Account] = relationship()
    course_session: Mapped[CourseSession | None] = relationship()

    @property
    def moves_by(self) -> timedelta:
        """Say by how much an announced session moves; nothing when it stays in its week."""
        before = self.course_session.starts_on if self.course_session else None
        return self.starts_on - (before - timedelta(days=before.weekday())) if before else timedelta(0)

    @property
    def people(self) -> int:
        """Count the posts that the session covers."""
        return sum(self.posts.values())
