"""What the staff do with course sessions: add, move, open, confirm, close, cancel."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from campus import clock, db
from campus.errors import Refused
from campus.lifecycles import COURSE_SESSION
from campus.models import Account, Course, CourseSession, CourseSessionState, CourseState
from campus.queries.catalogue_index import REVISION
from campus.queries.course_sessions import OVER, people_waiting
from campus.queries.offers import people_in
from campus.services import audit
from campus.services.courses import differences
from campus.services.enrolments import ask_interested
from campus.services.matches import match_course
from campus.services.offers import offer_next
from campus.services.revisions import bump
from campus.services.seats import lock


class SeatsBelowTaken(Refused):
    """Seats that people hold would disappear; `taken` says how many they are, `people` who."""


class SessionChangedMeanwhile(Refused):
    """Somebody else saved the session since the page was opened."""


class SessionCannotDoThat(Refused):
    """The session is not in a state that allows this."""


class SessionIsNotOver(Refused):
    """The last day of the session has not passed."""


class SessionHasPeople(Refused):
    """People hold seats or wait: they must be answered before the session is cancelled."""


class CourseIsNotPublished(Refused):
    """Nobody can find the session of a course that is not in the catalogue."""


class CertificationIsOver(Refused):
    """The session would start after the certification's end."""


@dataclass(frozen=True)
class SessionDetails:
    """All that one may say of a session; dates that are not known yet are None."""

    seats_min: int
    seats_max: int
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    commune_code: str | None = None
    registration_deadline: date | None = None
    decides_on: date | None = None


def details_of(course_session: CourseSession) -> SessionDetails:
    """Say what a session is, in the words of its form."""
    return SessionDetails(**{name: getattr(course_session, name) for name in SessionDetails.__dataclass_fields__})


def add_session(actor: Account, course: Course, details: SessionDetails) -> CourseSession:
    """Prepare a session of a course; people may join once it is opened."""
    _check_certification(course, details.starts_on)
    course_session = CourseSession(course=course, **asdict(details))
    db.session.add(course_session)
    db.session.flush()
    audit.record(actor, "session_added", course_session, **asdict(details))
    _tell(course)
    return course_session


def move_session(
    actor: Account, course_session: CourseSession, details: SessionDetails, *, version: int
) -> CourseSession:
    """Change dates, place or seats, never below the seats that people hold."""
    _lock(course_session)
    if course_session.version != version:
        raise SessionChangedMeanwhile
    if course_session.state in OVER:
        raise SessionCannotDoThat
    if details.seats_max < course_session.seats_taken:
        names = ", ".join(each.account.display_name for each in people_in(course_session))
        raise SeatsBelowTaken(taken=course_session.seats_taken, people=names)
    _check_certification(course_session.course, details.starts_on)
    changes = differences(details_of(course_session), details)
    if changes:
        _write(actor, course_session, "session_moved", **changes)
    if "starts_on" in changes and details.starts_on is not None:
        ask_interested(course_session)
    if "seats_max" in changes:
        offer_next(course_session)
    return course_session


def open_session(actor: Account, course_session: CourseSession) -> CourseSession:
    """Let people ask for a seat."""
    _lock(course_session)
    _allow("open", course_session)
    if course_session.course.state != CourseState.PUBLISHED:
        raise CourseIsNotPublished
    return _turn(actor, course_session, CourseSessionState.OPEN)


def confirm_session(actor: Account, course_session: CourseSession) -> CourseSession:
    """Say that the session will take place."""
    _lock(course_session)
    _allow("confirm", course_session)
    return _turn(actor, course_session, CourseSessionState.CONFIRMED)


def close_session(actor: Account, course_session: CourseSession) -> CourseSession:
    """Put away a session that is over."""
    _lock(course_session)
    _allow("close", course_session)
    if course_session.ends_on is None or course_session.ends_on >= clock.today():
        raise SessionIsNotOver
    return _turn(actor, course_session, CourseSessionState.CLOSED)


def cancel_session(actor: Account, course_session: CourseSession) -> CourseSession:
    """Give a session up, once nobody holds a seat or waits for one."""
    _lock(course_session)
    _allow("cancel", course_session)
    people = course_session.seats_taken + people_waiting(course_session)
    if people:
        raise SessionHasPeople(people=people)
    return _turn(actor, course_session, CourseSessionState.CANCELLED)


def _lock(course_session: CourseSession) -> None:
    """Read the session again and keep others from changing it until the end of the transaction."""
    lock(course_session.id)


def _allow(verb: str, course_session: CourseSession) -> None:
    if COURSE_SESSION.find(verb, course_session.state.value) is None:
        raise SessionCannotDoThat


def _check_certification(course: Course, starts_on: date | None) -> None:
    ends_on = course.certification_ends_on
    if ends_on and starts_on and starts_on > ends_on:
        raise CertificationIsOver


def _turn(actor: Account, course_session: CourseSession, state: CourseSessionState) -> CourseSession:
    return _write(actor, course_session, "session_" + state.value, state=[course_session.state, state])


def _write(actor: Account, course_session: CourseSession, action: str, **changes: list[object]) -> CourseSession:
    for name, (_before, after) in changes.items():
        setattr(course_session, name, after)
    course_session.version += 1
    course_session.updated_at = clock.now()
    db.session.flush()
    audit.record(actor, action, course_session, **changes)
    _tell(course_session.course)
    return course_session


def _tell(course: Course) -> None:
    """Let those know who depend on the session."""
    bump(REVISION)
    match_course(course, reshaped=False)
