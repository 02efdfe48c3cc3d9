"""Slots: the half-days of a course session. No room and no trainer is in two places: the database holds that."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey, Timestamps
from campus.models.course_sessions import CourseSession
from campus.models.rooms import Room

_LIVE = text("cancelled_at IS NULL")


class Half(enum.StrEnum):
    """Which half of a day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


HOURS = {Half.MORNING: (time(9), time(12, 30)), Half.AFTERNOON: (time(13, 30), time(17))}


def _one_place(column: str) -> Index:
    """Let something be taken once for each half-day, among the slots that were not cancelled."""
    return Index(
        f"uq_slots_{column}_day_half", column, "day", "half", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE
    )


class Slot(RandomKey, Timestamps, Base):
    """One half-day of a course session, perhaps with its room and its trainer; a cancelled one frees both."""

    __tablename__ = "slots"
    __table_args__ = (
        CheckConstraint("ends > begins", name="times"),
        _one_place("course_session_id"),
        _one_place("room_id"),
        _one_place("trainer_id"),
        Index("ix_slots_day_course_session_id", "day", "course_session_id"),
    )
    __personal__ = {"trainer_id": Personal("know who teaches when", "as long as the session's attendance sheets")}

    course_session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("course_sessions.id"), index=True)
    day: Mapped[date]
    half: Mapped[Half]
    begins: Mapped[time]
    ends: Mapped[time]
    room_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("rooms.id"), index=True)
    trainer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    cancelled_at: Mapped[datetime | None]

    course_session: Mapped[CourseSession] = relationship()
    room: Mapped[Room | None] = relationship()
    trainer: Mapped[Account | None] = relationship()

    @property
    def begins_at(self) -> datetime:
        """Give the instant at which the half-day begins."""
        return datetime.combine(self.day, self.begins, clock.PARIS)

    @property
    def ends_at(self) -> datetime:
        """Give the instant at which the half-day ends."""
        return datetime.combine(self.day, self.ends, clock.PARIS)

    @property
    def minutes(self) -> int:
        """Count the minutes that the half-day lasts."""
        return int((self.ends_at - self.begins_at).total_seconds() // 60)
