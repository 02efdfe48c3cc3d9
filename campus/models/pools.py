"""Pools: needs of several firms put together so that a session of a course opens."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, Numeric, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey, Timestamps
from campus.models.course_sessions import CourseSession
from campus.models.courses import Course
from campus.models.needs import Need
from campus.models.organisations import Organisation


class PoolState(enum.StrEnum):
    """Where a pool stands. Put off is no state of its own: it is open again, with a later deadline."""

    OPEN = "open"
    REACHED = "reached"
    PLANNED = "planned"
    CLOSED = "closed"


class PoolMemberState(enum.StrEnum):
    """What a firm answered."""

    INVITED = "invited"
    JOINED = "joined"
    LEFT = "left"


class Pool(RandomKey, Timestamps, Base):
    """A course, the least posts, the last day to join, and the rule: it opens, is put off once, or closes."""

    __tablename__ = "pools"
    __table_args__ = (
        CheckConstraint("minimum >= 1 AND seats_max >= minimum", name="seats"),
        CheckConstraint("put_off_days >= 1", name="put_off_days"),
        CheckConstraint("starts_on IS NULL OR starts_on > deadline", name="starts_on"),
        CheckConstraint("ends_on IS NULL OR starts_on IS NOT NULL AND ends_on >= starts_on", name="dates"),
        CheckConstraint("cost IS NULL OR cost >= 0", name="cost"),
        CheckConstraint("(state = 'planned') = (course_session_id IS NOT NULL)", name="planned"),
        Index("ix_pools_state_deadline", "state", "deadline"),
    )
    __personal__ = {"author_id": Personal("know who composed the pool", "as long as the pool")}

    reference: Mapped[str] = mapped_column(String(16), unique=True)
    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[PoolState] = mapped_column(default=PoolState.OPEN)
    minimum: Mapped[int]
    seats_max: Mapped[int]
    deadline: Mapped[date]
    put_off_days: Mapped[int] = mapped_column(default=30)
    put_off_at: Mapped[datetime | None]
    starts_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(String(200), default="")
    cost: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))
    reason: Mapped[str] = mapped_column(Text, default="")
    course_session_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("course_sessions.id"))

    course: Mapped[Course] = relationship()
    author: Mapped[Account] = relationship()
    course_session: Mapped[CourseSession | None] = relationship()
    members: Mapped[list[PoolMember]] = relationship(order_by="PoolMember.invited_at", back_populates="pool")


class PoolMember(RandomKey, Base):
    """One need in a pool: invited, joined with so many posts, or out; and whether its firm agreed to be named.

    `not_reserved` names the rule that kept its seats from being reserved when the session opened; staff then handle it.
    """

    __tablename__ = "pool_members"
    __table_args__ = (
        UniqueConstraint("pool_id", "need_id"),
        CheckConstraint("posts >= 0", name="posts"),
        CheckConstraint("(state = 'joined') = (posts > 0)", name="joined"),
        CheckConstraint("handled_at IS NULL OR not_reserved <> ''", name="handled"),
    )
    __personal__ = {"author_id": Personal("know who speaks for the firm", "as long as the pool")}

    pool_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pools.id"))
    need_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("needs.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[PoolMemberState] = mapped_column(default=PoolMemberState.INVITED)
    posts: Mapped[int] = mapped_column(default=0)
    invited_at: Mapped[datetime] = mapped_column(default=clock.now)
    answered_at: Mapped[datetime | None]
    agreed_at: Mapped[datetime | None]
    not_reserved: Mapped[str] = mapped_column(String(64), default="", server_default="")
    handled_at: Mapped[datetime | None]

    pool: Mapped[Pool] = relationship(back_populates="members")
    need: Mapped[Need] = relationship()
    organisation: Mapped[Organisation] = relationship()
    author: Mapped[Account] = relationship()
