"""Questions about who was there: marks of a half-day, hours of a person, sheets that nobody filled in."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import contains_eager, joinedload

from campus import db
from campus.models import (
    Account,
    Attendance,
    AttendanceState,
    CourseSession,
    CourseSessionState,
    Enrolment,
    SeatReservation,
    Slot,
)
from campus.queries.session_people import EXPECTED
from campus.queries.slots import slot_query

TAUGHT = (CourseSessionState.CONFIRMED, CourseSessionState.RUNNING, CourseSessionState.FINISHED)


@dataclass(frozen=True, slots=True)
class Presence:
    """What a person has attended so far: minutes, half-days there, half-days away."""

    minutes: int = 0
    there: int = 0
    away: int = 0


@dataclass(frozen=True, slots=True)
class Sheet:
    """How a half-day's sheet stands: people there, late, away, and how many have a mark."""

    there: int = 0
    late: int = 0
    away: int = 0

    @property
    def marked(self) -> int:
        """Count the people who have a mark."""
        return self.there + self.late + self.away


def marks_of(slot: Slot) -> dict[uuid.UUID, Attendance]:
    """Give the mark of each enrolment on a half-day."""
    rows = db.session.scalars(select(Attendance).where(Attendance.slot_id == slot.id))
    return {each.enrolment_id: each for each in rows}


def marks_of_batch(slot: Slot, batch_id: uuid.UUID) -> Sequence[Attendance]:
    """List the marks of a half-day that were made together."""
    return db.session.scalars(
        select(Attendance).where(Attendance.slot_id == slot.id, Attendance.batch_id == batch_id)
    ).all()


def marks_by_slot(enrolment: Enrolment) -> dict[uuid.UUID, Attendance]:
    """Give the mark of one person on each half-day."""
    rows = db.session.scalars(select(Attendance).where(Attendance.enrolment_id == enrolment.id))
    return {each.slot_id: each for each in rows}


def unsettled(until: datetime, course_session: CourseSession | None = None) -> Sequence[Attendance]:
    """List the marks signed by an instant whose consequences are still to be drawn; each for one worker alone."""
    query = (
        select(Attendance)
        .join(Attendance.slot)
        .join(Attendance.enrolment)
        .options(
            contains_eager(Attendance.slot),
            contains_eager(Attendance.enrolment).options(
                joinedload(Enrolment.account),
                joinedload(Enrolment.course_session).joinedload(CourseSession.course),
                joinedload(Enrolment.reservation).joinedload(SeatReservation.author),
            ),
        )
        .where(Attendance.settled_at.is_(None), Attendance.signed_at <= until)
        .order_by(Slot.course_session_id, Attendance.signed_at, Attendance.id)
        .with_for_update(skip_locked=True, of=Attendance)
    )
    if course_session is not None:
        query = query.where(Slot.course_session_id == course_session.id)
    return db.session.scalars(query).all()


def presence_in(course_session: CourseSession) -> dict[uuid.UUID, Presence]:
    """Add up, for each enrolment of a session, what was attended."""
    return _presence(Slot.course_session_id == course_session.id)


def presences_of(account: Account) -> dict[uuid.UUID, Presence]:
    """Add up, for each enrolment of a person, what was attended."""
    return _presence(Attendance.enrolment_id.in_(select(Enrolment.id).where(Enrolment.account_id == account.id)))


def presences_for(reservation: SeatReservation) -> dict[uuid.UUID, Presence]:
    """Add up, for each person whom a firm sent, what was attended."""
    return _presence(
        Attendance.enrolment_id.in_(select(Enrolment.id).where(Enrolment.reservation_id == reservation.id))
    )


def presence_of(enrolment: Enrolment) -> Presence:
    """Add up what one person has attended."""
    return _presence(Attendance.enrolment_id == enrolment.id).get(enrolment.id, Presence())


def _presence(condition: object) -> dict[uuid.UUID, Presence]:
    there = Attendance.state.in_((AttendanceState.PRESENT, AttendanceState.LATE))
    rows = db.session.execute(
        select(
            Attendance.enrolment_id,
            func.sum(Attendance.minutes).label("minutes"),
            func.count().filter(there).label("there"),
            func.count().filter(~there).label("away"),
        )
        .join(Attendance.slot)
        .where(condition, Slot.cancelled_at.is_(None))  # type: ignore[arg-type]
        .group_by(Attendance.enrolment_id)
    )
    return {row.enrolment_id: Presence(row.minutes, row.there, row.away) for row in rows}


def sheets_of(slots: Collection[Slot]) -> dict[uuid.UUID, Sheet]:
    """Count the marks of each of these half-days."""
    if not slots:
        return {}
    late = Attendance.state == AttendanceState.LATE
    present = Attendance.state == AttendanceState.PRESENT
    rows = db.session.execute(
        select(
            Attendance.slot_id,
            func.count().filter(present).label("there"),
            func.count().filter(late).label("late"),
            func.count().label("marked"),
        )
        .where(Attendance.slot_id.in_([each.id for each in slots]))
        .group_by(Attendance.slot_id)
    )
    return {row.slot_id: Sheet(row.there, row.late, row.marked - row.there - row.late) for row in rows}


def sheets_missing(first: date, before: date) -> Sequence[Slot]:
    """List the half-days of some days that took place, as far as we know, and on whose sheet nobody stands."""
    marked = exists().where(Attendance.slot_id == Slot.id)
    expected = exists().where(Enrolment.course_session_id == Slot.course_session_id, Enrolment.state.in_(EXPECTED))
    return db.session.scalars(
        slot_query().where(Slot.day >= first, Slot.day < before, CourseSession.state.in_(TAUGHT), ~marked, expected)
    ).all()
