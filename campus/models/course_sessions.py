"""Course sessions: a course with dates, a place and seats."""

from __future__ import annotations

import enum
import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus.models.base import NOTHING_PERSONAL, Base, RandomKey, Timestamps
from campus.models.courses import Course
from campus.models.territory import Commune


class CourseSessionState(enum.StrEnum):
    """Where a course session stands. Full is read off its seats."""

    PREPARATION = "preparation"
    OPEN = "open"
    CONFIRMED = "confirmed"
    RUNNING = "running"
    FINISHED = "finished"
    CLOSED = "closed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class CourseSession(RandomKey, Timestamps, Base):
    """A course with dates (perhaps not known yet), a place and seats that are never oversold."""

    __tablename__ = "course_sessions"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR starts_on IS NOT NULL AND ends_on >= starts_on", name="dates"),
        CheckConstraint("seats_min >= 1 AND seats_max >= seats_min", name="seats"),
        CheckConstraint("seats_taken >= 0 AND seats_taken <= seats_max", name="seats_taken"),
        CheckConstraint("last_rank >= 0", name="last_rank"),
        CheckConstraint(
            "registration_deadline IS NULL OR starts_on IS NULL OR registration_deadline <= starts_on", name="deadline"
        ),
    )
    __personal__ = NOTHING_PERSONAL

    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id"), index=True)
    starts_on: Mapped[date | None] = mapped_column(index=True)
    ends_on: Mapped[date | None]
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"), index=True)
    place: Mapped[str] = mapped_column(String(200), default="")
    directions: Mapped[str] = mapped_column(Text, default="")
    seats_min: Mapped[int] = mapped_column(default=1)
    seats_max: Mapped[int]
    seats_taken: Mapped[int] = mapped_column(default=0)
    last_rank: Mapped[int] = mapped_column(default=0)
    registration_deadline: Mapped[date | None]
    decides_on: Mapped[date | None]
    state: Mapped[CourseSessionState] = mapped_column(default=CourseSessionState.PREPARATION, index=True)
    version: Mapped[int] = mapped_column(default=1)

    course: Mapped[Course] = relationship()
    commune: Mapped[Commune | None] = relationship()

    @property
    def seats_left(self) -> int:
        """Count the seats that nobody holds."""
        return self.seats_max - self.seats_taken

    @property
    def is_full(self) -> bool:
        """Tell whether people may still join, but only the waiting list."""
        joinable = self.state in (CourseSessionState.OPEN, CourseSessionState.CONFIRMED)
        return joinable and self.seats_left == 0

    @property
    def has_enough(self) -> bool:
        """Tell whether the rule that was announced says go."""
        return self.seats_taken >= self.seats_min
