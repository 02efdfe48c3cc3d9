"""Seats: one statement decides and reserves, so that no seat is ever given twice.

Whoever changes seats first locks the course session's row: on PostgreSQL with `FOR NO KEY UPDATE`, on SQLite with the
writer's lock that the request already holds. The lock comes before the decision because PostgreSQL re-reads only the
locked row after a wait, not the subquery that asks whether somebody waits. The sessions of an admission round are
locked together, always in one order: a seat that comes free in one may move people through all of them.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, exists, select, update
from sqlalchemy.engine import Result

from campus import db
from campus.changes import note
from campus.errors import Refused
from campus.models import WAITING, ChangeKind, CourseSession, CourseSessionState, Enrolment, RoundSession

TAKES_APPLICATIONS = (CourseSessionState.OPEN, CourseSessionState.CONFIRMED)


class SessionIsClosed(Refused):
    """The course session takes no applications."""


def lock(course_session_id: uuid.UUID) -> CourseSession:
    """Let nobody else change the seats of this course session until the transaction ends; give it fresh."""
    return lock_all([course_session_id])[course_session_id]


def lock_all(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, CourseSession]:
    """Lock several course sessions, and those decided in the same rounds, always in one order; give them fresh."""
    mine = select(RoundSession.round_id).where(RoundSession.course_session_id.in_(ids), RoundSession.live)
    together = select(RoundSession.course_session_id).where(RoundSession.round_id.in_(mine), RoundSession.live)
    locked = db.session.scalars(
        select(CourseSession)
        .where(CourseSession.id.in_(ids) | CourseSession.id.in_(together))
        .order_by(CourseSession.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return {each.id: each for each in locked}


def take_seat(course_session_id: uuid.UUID) -> bool:
    """Take a free seat for a newcomer, who never passes those who wait."""
    waiting = exists().where(Enrolment.course_session_id == course_session_id, Enrolment.state.in_(WAITING))
    return _take(course_session_id, ~waiting)


def take_seat_for_next(course_session_id: uuid.UUID) -> bool:
    """Take a free seat for the first of the waiting list."""
    return _take(course_session_id)


def _take(course_session_id: uuid.UUID, *conditions: ColumnElement[bool]) -> bool:
    taken = _change(
        course_session_id,
        CourseSession.seats_taken < CourseSession.seats_max,
        *conditions,
        seats_taken=CourseSession.seats_taken + 1,
    )
    return _noted(taken)


def take_seats(course_session_id: uuid.UUID, count: int) -> bool:
    """Take several free seats for a firm, which never passes those who wait either."""
    waiting = exists().where(Enrolment.course_session_id == course_session_id, Enrolment.state.in_(WAITING))
    enough = CourseSession.seats_taken + count <= CourseSession.seats_max
    taken = _change(course_session_id, enough, ~waiting, seats_taken=CourseSession.seats_taken + count)
    return _noted(taken)


def _noted(taken: Result[Any]) -> bool:
    """Tell whether seats were taken, and note it for those who keep the course in memory."""
    course_session = taken.scalar_one_or_none()
    if course_session is None:
        return False
    note(db.session(), ChangeKind.COURSE, [course_session.course_id])
    return True


def next_rank(course_session_id: uuid.UUID) -> int:
    """Give the next rank of the waiting list: 1, 2, 3... without a gap."""
    ranked = _change(course_session_id, last_rank=CourseSession.last_rank + 1).scalar_one_or_none()
    if ranked is None:
        raise SessionIsClosed
    return int(ranked.last_rank)


def release_seat(course_session_id: uuid.UUID, count: int = 1) -> None:
    """Give a seat or several back, whatever the state of the course session."""
    released = db.session.execute(
        update(CourseSession)
        .where(CourseSession.id == course_session_id)
        .values(seats_taken=CourseSession.seats_taken - count)
        .returning(CourseSession.course_id)
        .execution_options(synchronize_session=False)
    )
    note(db.session(), ChangeKind.COURSE, released.scalars())


def _change(course_session_id: uuid.UUID, *conditions: ColumnElement[bool], **values: Any) -> Result[Any]:
    return db.session.execute(
        update(CourseSession)
        .where(CourseSession.id == course_session_id, CourseSession.state.in_(TAKES_APPLICATIONS), *conditions)
        .values(**values)
        .returning(CourseSession)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
