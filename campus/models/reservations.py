"""Seats that a firm keeps in a course session, and for which it names people until a date."""

from __future__ import annotations

import enum
import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey, Timestamps
from campus.models.course_sessions import CourseSession
from campus.models.needs import Need
from campus.models.organisations import Organisation


class ReservationState(enum.StrEnum):
    """Where a reservation stands: seats without a name, a name on each, or given back."""

    OPEN = "open"
    USED = "used"
    RETURNED = "returned"


class SeatReservation(RandomKey, Timestamps, Base):
    """Some seats of a session for one firm; those without a name go back to everybody after a date."""

    __tablename__ = "seat_reservations"
    __table_args__ = (
        CheckConstraint("seats >= 1", name="seats"),
        CheckConstraint("unnamed >= 0 AND unnamed <= seats", name="unnamed"),
        CheckConstraint("state <> 'used' OR unnamed = 0", name="used"),
        Index("ix_seat_reservations_state_names_until", "state", "names_until"),
    )
    __personal__ = {"author_id": Personal("know who speaks for the firm", "as long as the reservation")}

    course_session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("course_sessions.id"), index=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    need_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("needs.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    seats: Mapped[int]
    unnamed: Mapped[int]
    names_until: Mapped[date]
    state: Mapped[ReservationState] = mapped_column(default=ReservationState.OPEN)

    course_session: Mapped[CourseSession] = relationship()
    organisation: Mapped[Organisation] = relationship()
    need: Mapped[Need | None] = relationship()
    author: Mapped[Account] = relationship()
