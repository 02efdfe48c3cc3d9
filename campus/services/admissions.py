"""What staff decide about an application: admit, refuse, move to another session of the course."""

from __future__ import annotations

from campus import clock, db
from campus.errors import Refused
from campus.models import ACTIVE, Account, CourseSession, Enrolment, EnrolmentState
from campus.queries.enrolments import active_enrolment
from campus.services import audit, enrolment_mails, seats
from campus.services.enrolments import EnrolmentIsOver, check_takes_applications, hold, leave


class StillWaiting(Refused):
    """Nobody is admitted past the waiting list."""


class AlreadyAdmitted(Refused):
    """A person who was admitted is not refused afterwards."""


class ReasonIsMissing(Refused):
    """A refusal or a move is explained to the person."""


class OtherCourse(Refused):
    """A move stays within the sessions of one course."""


class AlreadyThere(Refused):
    """The person already has an application to that course session."""


class NoSeatThere(Refused):
    """The other course session has no free seat, or people wait for it."""


def admit(staff: Account, enrolment: Enrolment) -> Enrolment:
    """Admit a person who holds a seat; they keep it."""
    hold(enrolment)
    if enrolment.state == EnrolmentState.ADMITTED:
        return enrolment
    if enrolment.state == EnrolmentState.WAITLISTED:
        raise StillWaiting
    if enrolment.state != EnrolmentState.APPLIED:
        raise EnrolmentIsOver
    enrolment.state = EnrolmentState.ADMITTED
    sign(staff, enrolment)
    audit.record(staff, "enrolment.admitted", enrolment)
    enrolment_mails.tell("admitted", enrolment)
    return enrolment


def refuse(staff: Account, enrolment: Enrolment, reason: str) -> Enrolment:
    """Refuse an application with a reason that the person reads; its seat is passed on."""
    if not reason.strip():
        raise ReasonIsMissing
    hold(enrolment)
    if enrolment.state == EnrolmentState.REFUSED:
        return enrolment
    if enrolment.state == EnrolmentState.ADMITTED:
        raise AlreadyAdmitted
    if enrolment.state not in ACTIVE:
        raise EnrolmentIsOver
    sign(staff, enrolment)
    leave(staff, enrolment, EnrolmentState.REFUSED, reason=reason.strip())
    enrolment_mails.tell("refused", enrolment)
    return enrolment


def move(staff: Account, enrolment: Enrolment, target: CourseSession, *, reason: str) -> Enrolment:
    """Move a person to a free seat of another session of the course; the seat left is passed on."""
    if not reason.strip():
        raise ReasonIsMissing
    for course_session_id in sorted([enrolment.course_session_id, target.id]):
        seats.lock(course_session_id)
    hold(enrolment)
    check_can_move(enrolment, target)
    if not seats.take_seat(target.id):
        raise NoSeatThere
    admitted = enrolment.state == EnrolmentState.ADMITTED
    made = Enrolment(
        course_session=target,
        account=enrolment.account,
        state=EnrolmentState.ADMITTED if admitted else EnrolmentState.APPLIED,
    )
    db.session.add(made)
    sign(staff, enrolment)
    leave(staff, enrolment, EnrolmentState.REDIRECTED, reason=reason.strip())
    audit.record(staff, "enrolment.moved", made, moved_from=enrolment.id, reason=reason.strip())
    enrolment_mails.tell("moved", made)
    return made


def check_can_move(enrolment: Enrolment, target: CourseSession) -> None:
    """Refuse a move to another course, to where the person already is, or out of time."""
    if enrolment.state not in ACTIVE:
        raise EnrolmentIsOver
    if target.course_id != enrolment.course_session.course_id:
        raise OtherCourse
    if active_enrolment(enrolment.account, target) is not None:
        raise AlreadyThere
    check_takes_applications(target)


def sign(staff: Account, enrolment: Enrolment) -> None:
    """Write down who decided, and when."""
    enrolment.decided_by_id, enrolment.decided_at = staff.id, clock.now()
    db.session.flush()
