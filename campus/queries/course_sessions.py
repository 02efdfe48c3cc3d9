"""Questions about course sessions."""

from __future__ import annotations

import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from campus import db
from campus.models import WAITING, AuditEvent, Course, CourseSession, CourseSessionState, CourseState, Enrolment
from campus.queries.paging import page_size

JOINABLE = (CourseSessionState.OPEN, CourseSessionState.CONFIRMED)
OVER = (CourseSessionState.FINISHED, CourseSessionState.CLOSED, CourseSessionState.CANCELLED)


@dataclass(frozen=True, slots=True)
class Dated:
    """When a session starts, if that is known, and the seats that nobody holds."""

    starts_on: date | None
    seats_left: int


def joinable(on: date) -> ColumnElement[bool]:
    """Say which sessions a person may still ask to join on a day."""
    return (
        CourseSession.state.in_(JOINABLE)
        & or_(CourseSession.starts_on.is_(None), CourseSession.starts_on >= on)
        & or_(CourseSession.registration_deadline.is_(None), CourseSession.registration_deadline >= on)
    )


def dates_by_course(on: date) -> dict[uuid.UUID, list[Dated]]:
    """List, for every course, the sessions that may be joined: first those with a date, the soonest first."""
    rows = db.session.execute(
        select(
            CourseSession.course_id, CourseSession.starts_on, CourseSession.seats_max - CourseSession.seats_taken
        ).where(joinable(on))
    )
    found: dict[uuid.UUID, list[Dated]] = defaultdict(list)
    for course_id, starts_on, seats_left in rows:
        found[course_id].append(Dated(starts_on, seats_left))
    for dates in found.values():
        dates.sort(key=lambda each: each.starts_on or date.max)
    return found


def sessions_to_join(course: Course, on: date) -> list[CourseSession]:
    """List the sessions of a course that may be joined, the soonest first."""
    found = db.session.scalars(
        select(CourseSession)
        .options(joinedload(CourseSession.commune))
        .where(CourseSession.course_id == course.id, joinable(on))
        .order_by(CourseSession.starts_on.is_(None), CourseSession.starts_on, CourseSession.id)
    )
    return list(found)


def sessions_of(course: Course) -> list[CourseSession]:
    """List all sessions of a course for the staff, the latest first, those without a date on top."""
    found = db.session.scalars(
        select(CourseSession)
        .options(joinedload(CourseSession.commune))
        .where(CourseSession.course_id == course.id)
        .order_by(CourseSession.starts_on.is_not(None), CourseSession.starts_on.desc(), CourseSession.id)
    )
    return list(found)


def course_session_by_id(course_session_id: uuid.UUID) -> CourseSession | None:
    """Find a session with its course and place, for the staff."""
    return db.session.scalar(
        select(CourseSession)
        .options(joinedload(CourseSession.course), joinedload(CourseSession.commune))
        .where(CourseSession.id == course_session_id)
    )


def session_to_join(course_session_id: uuid.UUID, on: date) -> CourseSession | None:
    """Find a session of a published course that may be joined."""
    return db.session.scalar(
        select(CourseSession)
        .join(CourseSession.course)
        .options(contains_eager(CourseSession.course))
        .where(CourseSession.id == course_session_id, Course.state == CourseState.PUBLISHED, joinable(on))
    )


def people_waiting(course_session: CourseSession) -> int:
    """Count the people on the waiting list of a session."""
    return (
        db.session.scalar(
            select(func.count(Enrolment.id)).where(
                Enrolment.course_session_id == course_session.id, Enrolment.state.in_(WAITING)
            )
        )
        or 0
    )


def session_counts() -> dict[CourseSessionState, int]:
    """Count the sessions by state."""
    rows = db.session.execute(
        select(CourseSession.state, func.count(CourseSession.id).label("count")).group_by(CourseSession.state)
    )
    return {row.state: row.count for row in rows}


def sessions_in(state: CourseSessionState | None, page: int) -> list[CourseSession]:
    """List one page of the sessions in a state (or of those not over), the soonest first."""
    asked: Select[tuple[CourseSession]] = (
        select(CourseSession)
        .options(joinedload(CourseSession.course), joinedload(CourseSession.commune))
        .order_by(CourseSession.starts_on.is_not(None), CourseSession.starts_on, CourseSession.id)
    )
    wanted = CourseSession.state == state if state else CourseSession.state.not_in(OVER)
    return list(db.session.scalars(asked.where(wanted).limit(page_size()).offset((page - 1) * page_size())))


def sessions_to_decide(on: date) -> list[CourseSession]:
    """List the open sessions whose day of decision has come, the oldest first."""
    return _by_day(CourseSession.state == CourseSessionState.OPEN, CourseSession.decides_on <= on)


def sessions_to_call_up(until: date) -> list[CourseSession]:
    """List the confirmed sessions that begin by a day."""
    return _by_day(CourseSession.state == CourseSessionState.CONFIRMED, CourseSession.starts_on <= until)


def sessions_to_finish(on: date) -> list[CourseSession]:
    """List the running sessions whose last day is past."""
    ends = func.coalesce(CourseSession.ends_on, CourseSession.starts_on)
    return _by_day(CourseSession.state == CourseSessionState.RUNNING, ends < on)


def _by_day(*conditions: ColumnElement[bool]) -> list[CourseSession]:
    """Locks are taken in the order of keys, so that two clocks never wait for each other."""
    found = select(CourseSession).options(joinedload(CourseSession.course)).where(*conditions)
    return list(db.session.scalars(found.order_by(CourseSession.id)))


def later_sessions(course_session: CourseSession, on: date) -> list[CourseSession]:
    """List the other sessions of the course that may be joined and have their dates, the soonest first."""
    found = db.session.scalars(
        select(CourseSession)
        .where(
            CourseSession.course_id == course_session.course_id,
            CourseSession.id != course_session.id,
            CourseSession.starts_on > on,
            joinable(on),
        )
        .order_by(CourseSession.starts_on, CourseSession.id)
    )
    return list(found)


def history_of_session(course_session: CourseSession, most: int = 30) -> list[AuditEvent]:
    """List what happened last to a session, the newest first."""
    found = db.session.scalars(
        select(AuditEvent)
        .options(joinedload(AuditEvent.actor))
        .where(AuditEvent.subject_kind == CourseSession.__tablename__, AuditEvent.subject_id == str(course_session.id))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(most)
    )
    return list(found)
