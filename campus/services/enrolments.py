"""Applying to a course session, and withdrawing. What staff decide is in `admissions`, offers in `offers`."""

from __future__ import annotations

from sqlalchemy.exc import IntegrityError

from campus import clock, db
from campus.errors import Refused
from campus.models import Account, CourseSession, CourseState, Enrolment, EnrolmentState
from campus.queries.enrolments import active_enrolment, interested_in, somebody_waits
from campus.queries.rounds import live_round_of
from campus.services import seats
from campus.services.offers import NoFreeSeat, catch_up, deadline, hold, offer_next
from campus.services.seats import SessionIsClosed
from campus.services.steps import EnrolmentIsOver, Step, effect, guard, take


class DeadlineIsPast(Refused):
    """The last day to apply has gone by."""


class DatesAreKnown(Refused):
    """One applies to a session with dates; interest is for those without."""


class SessionIsInRound(Refused):
    """An admission round decides who gets the seats; `name` and `day` say which, and until when one takes part."""


def apply(account: Account, course_session: CourseSession) -> Enrolment:
    """Hold a seat for the person, or a place on the waiting list; twice the same wish is one application."""
    known = active_enrolment(account, course_session)
    if known is not None:
        return known
    catch_up(course_session)
    check_takes_applications(course_session)
    try:
        with db.session.begin_nested():
            return _enter(account, course_session)
    except IntegrityError:
        known = active_enrolment(account, course_session)
        if known is None:
            raise
        return known


def check_takes_applications(course_session: CourseSession) -> None:
    """Refuse when the course session, its course or the calendar takes no more applications."""
    published = course_session.course.state == CourseState.PUBLISHED
    if course_session.state not in seats.TAKES_APPLICATIONS or not published:
        raise SessionIsClosed
    last_day = course_session.registration_deadline or course_session.starts_on
    if last_day is not None and last_day < clock.today():
        raise DeadlineIsPast
    within = live_round_of(course_session)
    if within is not None:
        raise SessionIsInRound(name=within.name, day=f"{within.closes_on:%d/%m/%Y}")


def _enter(account: Account, course_session: CourseSession) -> Enrolment:
    made = Enrolment(course_session=course_session, account=account)
    if course_session.starts_on is None:
        return take(account, "show_interest", made)
    try:
        return take(account, "apply", made)
    except NoFreeSeat:
        return take(account, "wait", made)


def withdraw(actor: Account | None, enrolment: Enrolment) -> Enrolment:
    """Withdraw an application; its seat is offered at once to the first who waits."""
    hold(enrolment)
    if enrolment.state == EnrolmentState.WITHDRAWN:
        return enrolment
    return take(actor, "withdraw", enrolment)


def ask_interested(course_session: CourseSession) -> list[Enrolment]:
    """Ask those who were interested, in order, once the session has dates: a seat as long as there are, then a rank."""
    seats.lock(course_session.id)
    return [_ask(each) for each in interested_in(course_session)]


def _ask(enrolment: Enrolment) -> Enrolment:
    try:
        return take(None, "ask" if deadline(enrolment.course_session) else "queue", enrolment)
    except NoFreeSeat:
        return take(None, "queue", enrolment)


@guard("no_dates")
def _no_dates(step: Step) -> None:
    if step.enrolment.course_session.starts_on is not None:
        raise DatesAreKnown


@guard("no_seat_for_a_newcomer")
def _no_seat_for_a_newcomer(step: Step) -> None:
    course_session = step.enrolment.course_session
    if course_session.seats_left > 0 and not somebody_waits(course_session):
        raise SessionIsClosed


@effect("take_rank", first=True)
def _take_rank(step: Step) -> None:
    step.enrolment.rank = seats.next_rank(step.enrolment.course_session.id)


__all__ = [
    "DatesAreKnown",
    "DeadlineIsPast",
    "EnrolmentIsOver",
    "SessionIsClosed",
    "SessionIsInRound",
    "apply",
    "ask_interested",
    "catch_up",
    "check_takes_applications",
    "hold",
    "offer_next",
    "withdraw",
]
