"""Questions about calendars: the half-days of a session, and those that a person has to be at."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.addresses import address
from campus.exchange.ics import Appointment
from campus.models import (
    HOLDS_SEAT,
    Account,
    CalendarFeed,
    CourseSession,
    CourseSessionState,
    Enrolment,
    EnrolmentState,
    Role,
    Slot,
)
from campus.queries.accounts import digest

SURE = tuple(
    HOLDS_SEAT - {EnrolmentState.APPLIED, EnrolmentState.POSITIONING, EnrolmentState.ADMITTED, EnrolmentState.OFFERED}
)


def feed_of(account: Account) -> CalendarFeed | None:
    """Find a person's private calendar, if they made one."""
    return db.session.scalar(select(CalendarFeed).where(CalendarFeed.account_id == account.id))


def feed_behind(token: str) -> CalendarFeed | None:
    """Find the calendar of a secret address; a revoked one is not there, nor that of a closed account."""
    return db.session.scalar(
        select(CalendarFeed)
        .join(CalendarFeed.account)
        .options(joinedload(CalendarFeed.account))
        .where(CalendarFeed.token_digest == digest(token), Account.disabled_at.is_(None))
    )


def appointments_of(account: Account, locale: str) -> list[Appointment]:
    """List what a person has to be at: a trainee's sessions with a sure seat, a trainer's half-days."""
    if account.role is Role.TRAINER:
        return _of_slots(_slots(Slot.trainer_id == account.id), locale)
    mine = select(Enrolment.course_session_id).where(Enrolment.account_id == account.id, Enrolment.state.in_(SURE))
    sessions = db.session.scalars(_sessions().where(CourseSession.id.in_(mine))).all()
    return _of_sessions(sessions, locale)


def appointments_in(course_session: CourseSession, locale: str) -> list[Appointment]:
    """List the half-days of a session, or its days while no half-day is planned."""
    return _of_sessions([course_session], locale)


def _sessions() -> Select[tuple[CourseSession]]:
    return select(CourseSession).options(joinedload(CourseSession.course), joinedload(CourseSession.commune))


def _slots(condition: ColumnElement[bool]) -> Sequence[Slot]:
    session = joinedload(Slot.course_session)
    heads = (session.joinedload(CourseSession.course), session.joinedload(CourseSession.commune))
    return db.session.scalars(
        select(Slot).options(joinedload(Slot.room), *heads).where(condition).order_by(Slot.day, Slot.begins, Slot.id)
    ).all()


def _of_sessions(sessions: Sequence[CourseSession], locale: str) -> list[Appointment]:
    slots = _slots(Slot.course_session_id.in_([each.id for each in sessions]))
    planned = {each.course_session_id for each in slots}
    whole = [_whole(each, locale) for each in sessions if each.starts_on and each.id not in planned]
    return [*whole, *_of_slots(slots, locale)]


def _of_slots(slots: Sequence[Slot], locale: str) -> list[Appointment]:
    return [
        Appointment(
            uid=f"slot-{each.id}@campus.invalid",
            begins=each.begins_at,
            ends=each.ends_at,
            summary=each.course_session.course.title,
            sequence=max(0, round((each.updated_at - each.created_at).total_seconds())),
            changed_at=each.updated_at,
            place=", ".join(filter(None, (each.room.name if each.room else "", place_of(each.course_session)))),
            text=each.course_session.directions,
            address=_course(each.course_session, locale),
            cancelled=each.cancelled_at is not None or _is_off(each.course_session),
        )
        for each in slots
    ]


def _whole(session: CourseSession, locale: str) -> Appointment:
    assert session.starts_on is not None  # noqa: S101 (only sessions with dates come here)
    return Appointment(
        uid=f"session-{session.id}@campus.invalid",
        begins=session.starts_on,
        ends=session.ends_on or session.starts_on,
        summary=session.course.title,
        sequence=session.version,
        changed_at=session.updated_at,
        place=place_of(session),
        text=session.directions,
        address=_course(session, locale),
        cancelled=_is_off(session),
    )


def place_of(session: CourseSession) -> str:
    """Write where a session takes place."""
    return ", ".join(filter(None, (session.place, session.commune.name if session.commune else "")))


def _course(session: CourseSession, locale: str) -> str:
    return address("public.catalogue.show", locale, course_id=session.course_id)


def _is_off(session: CourseSession) -> bool:
    return session.state in {CourseSessionState.CANCELLED, CourseSessionState.POSTPONED}
