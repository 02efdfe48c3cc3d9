"""Admission rounds: the sessions that are decided together, the people who take part, and their ranked wishes."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus.lifecycles import admission_round as lifecycle
from campus.models.accounts import Account
from campus.models.base import NOTHING_PERSONAL, Base, Personal, RandomKey, Timestamps
from campus.models.course_sessions import CourseSession
from campus.models.enrolments import CANDIDATE, Enrolment


class RoundState(enum.StrEnum):
    """Where a round stands; how one state leads to another is in campus/lifecycles/admission_round.py."""

    PREPARATION = "preparation"
    OPEN = "open"
    CLOSED = "closed"
    DECIDED = "decided"
    ANNOUNCED = "announced"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Criterion(enum.StrEnum):
    """What may put one person before another in a round, whatever the session."""

    EXPECTED_ON_POST = "expected_on_post"
    WAITED_BEFORE = "waited_before"
    NO_SEAT_YET = "no_seat_yet"


LIVE = frozenset(map(RoundState, lifecycle.LIVE))


class AdmissionRound(RandomKey, Timestamps, Base):
    """A round: its three days, its published criteria in order, its lottery (the seed is shown once it has served)."""

    __tablename__ = "admission_rounds"
    __table_args__ = (CheckConstraint("opens_on <= closes_on AND closes_on < decides_on", name="days"),)
    __personal__ = NOTHING_PERSONAL

    name: Mapped[str] = mapped_column(String(120))
    opens_on: Mapped[date]
    closes_on: Mapped[date] = mapped_column(index=True)
    decides_on: Mapped[date]
    criteria: Mapped[list[Any]] = mapped_column(default=list)
    rule: Mapped[str] = mapped_column(Text, default="")
    seed: Mapped[str] = mapped_column(String(64))
    seed_digest: Mapped[str] = mapped_column(String(64))
    state: Mapped[RoundState] = mapped_column(default=RoundState.PREPARATION, index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_at: Mapped[datetime | None]
    announced_at: Mapped[datetime | None]


class RoundSession(RandomKey, Base):
    """A course session in a round: the seats that the run gave out, and the last rank that got in so far."""

    __tablename__ = "round_sessions"
    __table_args__ = (
        UniqueConstraint("round_id", "course_session_id"),
        CheckConstraint("seats >= 0 AND last_rank >= 0", name="counts"),
        Index(
            "uq_round_sessions_live",
            "course_session_id",
            unique=True,
            sqlite_where=text("live"),
            postgresql_where=text("live"),
        ),
    )
    __personal__ = NOTHING_PERSONAL

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("admission_rounds.id"))
    course_session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("course_sessions.id"), index=True)
    live: Mapped[bool] = mapped_column(default=True)
    seats: Mapped[int] = mapped_column(default=0)
    last_rank: Mapped[int] = mapped_column(default=0)

    round: Mapped[AdmissionRound] = relationship()
    course_session: Mapped[CourseSession] = relationship()


class RoundEntry(RandomKey, Timestamps, Base):
    """A person who takes part in a round; `met` is the place of the wish that they hold, once it is decided."""

    __tablename__ = "round_entries"
    __table_args__ = (UniqueConstraint("round_id", "account_id"),)
    __personal__ = {"account_id": Personal("decide a round of admissions", CANDIDATE)}

    round_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("admission_rounds.id"))
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    met: Mapped[int | None]
    enrolment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("enrolments.id"), index=True)
    left_at: Mapped[datetime | None]

    round: Mapped[AdmissionRound] = relationship()
    account: Mapped[Account] = relationship()
    enrolment: Mapped[Enrolment | None] = relationship()
    wishes: Mapped[list[RoundWish]] = relationship(order_by="RoundWish.position", cascade="all, delete-orphan")


class RoundWish(RandomKey, Base):
    """One session that somebody wants, the dearest first; `rank` is their rank there, once people are ranked."""

    __tablename__ = "round_wishes"
    __table_args__ = (
        UniqueConstraint("entry_id", "position"),
        UniqueConstraint("entry_id", "course_session_id"),
        CheckConstraint("position BETWEEN 1 AND 6", name="position"),
        CheckConstraint("rank IS NULL OR rank >= 1", name="rank"),
        Index("ix_round_wishes_course_session_id_rank", "course_session_id", "rank"),
    )
    __personal__ = {"position": Personal("decide a round of admissions", CANDIDATE)}

    entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("round_entries.id"))
    course_session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("course_sessions.id"))
    position: Mapped[int]
    rank: Mapped[int | None]

    course_session: Mapped[CourseSession] = relationship()
