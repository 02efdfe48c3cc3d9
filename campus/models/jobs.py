"""Jobs: what must still be done for a change, written with it; and which moments of the clock have been seen to."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campus import clock
from campus.models.base import NOTHING_PERSONAL, Base, RandomKey


class JobState(enum.StrEnum):
    """Where a job stands."""

    QUEUED = "queued"
    DONE = "done"
    PARKED = "parked"


class Job(RandomKey, Base):
    """One call of one service, to be made after the transaction that wrote it; the payload names rows, not people."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("ix_jobs_state_due_at", "state", "due_at"),
    )
    __personal__ = NOTHING_PERSONAL

    kind: Mapped[str] = mapped_column(String(48))
    payload: Mapped[dict[str, Any]] = mapped_column(default=dict)
    once_key: Mapped[str | None] = mapped_column(String(160), unique=True)
    state: Mapped[JobState] = mapped_column(default=JobState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(default=clock.now)
    lease_until: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    done_at: Mapped[datetime | None]


class ScheduleRun(Base):
    """A moment of a schedule that has been seen to: the key lets only one worker see to it."""

    __tablename__ = "schedule_runs"
    __personal__ = NOTHING_PERSONAL

    name: Mapped[str] = mapped_column(String(48), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(primary_key=True)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)
