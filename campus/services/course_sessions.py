"""What the staff say of a course session: its dates, its place, its seats. Its life is in `session_lives`."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from campus import clock, db
from campus.errors import Refused
from campus.models import HOLDS_SEAT, Account, Course, CourseSession
from campus.queries.catalogue_index import REVISION
from campus.queries.course_sessions import OVER
from campus.queries.live_index import get_ready
from campus.queries.offers import people_in
from campus.queries.reservations import reservations_in
from campus.services import audit, session_changes
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
    directions: str = ""
    commune_code: str | None = None
    registration_deadline: date | None = None
    decides_on: date | None = None


def details_of(course_session: CourseSession) -> SessionDetails:
    """Say what a session is, in the words of its form."""
    return SessionDetails(**{name: getattr(course_session, name) for name in SessionDetails.__dataclass_fields__})


def add_session(actor: Account, course: Course, details: SessionDetails) -> CourseSession:
    """Prepare a session of a course; people may join once it is opened."""
    get_ready()
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
    lock(course_session.id)
    get_ready()
    if course_session.version != version:
        raise SessionChangedMeanwhile
    if course_session.state in OVER:
        raise SessionCannotDoThat
    if details.seats_max < course_session.seats_taken:
        raise SeatsBelowTaken(taken=course_session.seats_taken, people=", ".join(_holders(course_session)))
    _check_certification(course_session.course, details.starts_on)
    changes = differences(details_of(course_session), details)
    if changes:
        session_changes.watch(course_session)
        write_changes(actor, course_session, "session_moved", **changes)
    if "starts_on" in changes and details.starts_on is not None:
        ask_interested(course_session)
    if "seats_max" in changes:
        offer_next(course_session)
    return course_session


def _holders(course_session: CourseSession) -> list[str]:
    """Name who holds the seats: people, then firms with how many seats they have reserved without a name."""
    people = [each.account.display_name for each in people_in(course_session) if each.state in HOLDS_SEAT]
    firms = [f"{each.organisation.name} ({each.unnamed})" for each in reservations_in(course_session)]
    return [*people, *firms]


def _check_certification(course: Course, starts_on: date | None) -> None:
    ends_on = course.certification_ends_on
    if ends_on and starts_on and starts_on > ends_on:
        raise CertificationIsOver


def write_changes(
    actor: Account | None, course_session: CourseSession, action: str, *, reason: str = "", **changes: list[object]
) -> CourseSession:
    """Change a session, count its version, write it down and tell those who depend on it."""
    for name, (_before, after) in changes.items():
        setattr(course_session, name, after)
    course_session.version += 1
    course_session.updated_at = clock.now()
    db.session.flush()
    said = {"reason": reason} if reason else {}
    audit.record(actor, action, course_session, **changes, **said)
    _tell(course_session.course)
    return course_session


def _tell(course: Course) -> None:
    """Let those know who depend on the session."""
    bump(REVISION)
    match_course(course)
