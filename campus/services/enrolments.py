"""Applying to a course session, and withdrawing. What staff decide is in `admissions`."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from campus import clock, db
from campus.errors import Refused
from campus.models import ACTIVE, HOLDS_SEAT, Account, CourseSession, CourseState, Enrolment, EnrolmentState
from campus.queries.enrolments import active_enrolment, next_waiting
from campus.services import audit, enrolment_mails, seats
from campus.services.seats import SessionIsClosed


class DeadlineIsPast(Refused):
    """The last day to apply has gone by."""


class EnrolmentIsOver(Refused):
    """The application was already decided or withdrawn."""


def apply(account: Account, course_session: CourseSession) -> Enrolment:
    """Hold a seat for the person, or a place on the waiting list; twice the same wish is one application."""
    known = active_enrolment(account, course_session)
    if known is not None:
        return known
    check_takes_applications(course_session)
    try:
        with db.session.begin_nested():
            made = _enter(account, course_session)
    except IntegrityError:
        known = active_enrolment(account, course_session)
        if known is None:
            raise
        return known
    audit.record(account, "enrolment.applied", made, state=made.state, rank=made.rank)
    enrolment_mails.tell("received" if made.rank is None else "waitlisted", made)
    return made


def check_takes_applications(course_session: CourseSession) -> None:
    """Refuse when the course session, its course or the calendar takes no more applications."""
    published = course_session.course.state == CourseState.PUBLISHED
    if course_session.state not in seats.TAKES_APPLICATIONS or not published:
        raise SessionIsClosed
    last_day = course_session.registration_deadline or course_session.starts_on
    if last_day is not None and last_day < clock.today():
        raise DeadlineIsPast


def _enter(account: Account, course_session: CourseSession) -> Enrolment:
    rank = seats.take_place(course_session.id)
    state = EnrolmentState.APPLIED if rank is None else EnrolmentState.WAITLISTED
    made = Enrolment(course_session=course_session, account=account, state=state, rank=rank)
    db.session.add(made)
    db.session.flush()
    return made


def withdraw(account: Account, enrolment: Enrolment) -> Enrolment:
    """Withdraw an application; its seat goes at once to the first who waits."""
    hold(enrolment)
    if enrolment.state == EnrolmentState.WITHDRAWN:
        return enrolment
    if enrolment.state not in ACTIVE:
        raise EnrolmentIsOver
    leave(account, enrolment, EnrolmentState.WITHDRAWN)
    enrolment_mails.tell("withdrawn", enrolment)
    return enrolment


def hold(enrolment: Enrolment) -> None:
    """Lock the seats of the course session, then read the application as it stands now."""
    seats.lock(enrolment.course_session_id)
    db.session.refresh(enrolment)


def leave(actor: Account, enrolment: Enrolment, state: EnrolmentState, *, reason: str = "") -> None:
    """Take an application that is held out of the running, and pass its seat on."""
    before = enrolment.state
    enrolment.state, enrolment.reason = state, reason
    db.session.flush()
    audit.record(actor, f"enrolment.{state.value}", enrolment, before=before, reason=reason)
    if before in HOLDS_SEAT:
        seats.release_seat(enrolment.course_session_id)
        promote_waiting(enrolment.course_session)


def promote_waiting(course_session: CourseSession) -> list[Enrolment]:
    """Give the free seats to those who wait, lowest rank first."""
    seats.lock(course_session.id)
    promoted = []
    while (first := next_waiting(course_session)) and seats.take_seat_for_next(course_session.id):
        first.state = EnrolmentState.APPLIED
        db.session.flush()
        audit.record(None, "enrolment.promoted", first, rank=first.rank)
        enrolment_mails.tell("promoted", first)
        promoted.append(first)
    return promoted
