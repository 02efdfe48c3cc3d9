"""What staff decide about an application: place, admit, refuse, move to another session, let one go first."""

from __future__ import annotations

from campus import clock, db
from campus.errors import Refused
from campus.lifecycles import Impossible
from campus.models import ACTIVE, WAITING, Account, CourseSession, Enrolment, EnrolmentState, NeedPost, Priority
from campus.queries.enrolments import active_enrolment, position_of
from campus.services import audit, enrolment_mails, ledger, seats
from campus.services.enrolments import EnrolmentIsOver, check_takes_applications
from campus.services.offers import NoFreeSeat, catch_up, deadline, hold
from campus.services.steps import ReasonIsMissing, Step, effect, take


class StillWaiting(Refused):
    """Nobody is admitted past the waiting list."""


class AlreadyAdmitted(Refused):
    """A person who was admitted is not refused afterwards."""


class OtherCourse(Refused):
    """A move stays within the sessions of one course."""


class AlreadyThere(Refused):
    """The person already has an application to that course session."""


class NoSeatThere(Refused):
    """The other course session has no free seat, or people wait for it."""


class DoesNotWait(Refused):
    """Only somebody who waits has a rank."""


ARRIVES = {
    "offered": "arrive_offered",
    "admitted": "arrive_offered",
    "confirmed": "arrive_confirmed",
    "called_up": "arrive_confirmed",
}


def ask_positioning(staff: Account, enrolment: Enrolment) -> Enrolment:
    """Ask the person to come and show their level before the campus answers; the seat stays held."""
    hold(enrolment)
    if enrolment.state == EnrolmentState.POSITIONING:
        return enrolment
    return take(staff, "position", enrolment)


def admit(staff: Account, enrolment: Enrolment) -> Enrolment:
    """Admit a person who holds a seat: it is offered until a deadline."""
    hold(enrolment)
    if enrolment.state in {EnrolmentState.ADMITTED, EnrolmentState.OFFERED, EnrolmentState.CONFIRMED}:
        return enrolment
    if enrolment.state in WAITING:
        raise StillWaiting
    take(staff, "admit", enrolment)
    if deadline(enrolment.course_session) is None:
        enrolment_mails.tell("admitted", enrolment)
        return enrolment
    return take(None, "offer", enrolment)


def refuse(staff: Account, enrolment: Enrolment, reason: str) -> Enrolment:
    """Refuse an application with a reason that the person reads; its seat is passed on."""
    if not reason.strip():
        raise ReasonIsMissing
    hold(enrolment)
    if enrolment.state == EnrolmentState.REFUSED:
        return enrolment
    try:
        return take(staff, "refuse", enrolment, reason=reason)
    except Impossible as impossible:
        raise AlreadyAdmitted from impossible


def move(staff: Account, enrolment: Enrolment, target: CourseSession, *, reason: str) -> Enrolment:
    """Move a person to a free seat of another session of the course; the seat left is passed on."""
    if not reason.strip():
        raise ReasonIsMissing
    seats.lock_all([enrolment.course_session_id, target.id])
    catch_up(target)
    hold(enrolment)
    check_can_move(enrolment, target)
    made = Enrolment(course_session=target, account=enrolment.account, need_post_id=enrolment.need_post_id)
    made.trainee_kind = enrolment.trainee_kind
    try:
        take(staff, arrival(enrolment, target), made, moved_from=enrolment.id, reason=reason.strip())
    except NoFreeSeat as full:
        raise NoSeatThere from full
    take(staff, "redirect", enrolment, reason=reason)
    return made


def arrival(enrolment: Enrolment, target: CourseSession) -> str:
    """Choose how a person arrives: never with less than they had."""
    verb = ARRIVES.get(enrolment.state.value, "arrive")
    return "arrive_confirmed" if verb == "arrive_offered" and deadline(target) is None else verb


def check_can_move(enrolment: Enrolment, target: CourseSession) -> None:
    """Refuse a move to another course, to where the person already is, or out of time."""
    if enrolment.state not in ACTIVE:
        raise EnrolmentIsOver
    if enrolment.state == EnrolmentState.ATTENDED:
        raise Impossible(machine="enrolments", verb="redirect", state=enrolment.state.value)
    if target.course_id != enrolment.course_session.course_id:
        raise OtherCourse
    if active_enrolment(enrolment.account, target) is not None:
        raise AlreadyThere
    check_takes_applications(target)


def tie_to_post(staff: Account, enrolment: Enrolment, post: NeedPost, *, reason: str) -> Enrolment:
    """Tie an application to a committed post: by the rule, it goes before those who wait without one."""
    hold(enrolment)
    if enrolment.state not in ACTIVE:
        raise EnrolmentIsOver
    if enrolment.need_post_id == post.id:
        return enrolment
    ledger.note_lost(staff, enrolment, ledger.OTHER_POST)
    enrolment.need_post_id = post.id
    db.session.flush()
    audit.record(staff, "enrolment.tied", enrolment, need_post_id=post.id, reason=reason.strip())
    ledger.propose(staff, enrolment)
    if enrolment.state in WAITING and enrolment.priority > Priority.COMMITTED_POST:
        _pass(staff, enrolment, Priority.COMMITTED_POST, reason=reason)
    return enrolment


def let_first(staff: Account, enrolment: Enrolment, *, reason: str) -> Enrolment:
    """Put somebody who waits before the others, against the rule: signed, with its reason, and shown to them."""
    hold(enrolment)
    if enrolment.state not in WAITING:
        raise DoesNotWait
    if enrolment.priority > Priority.EXCEPTION:
        _pass(staff, enrolment, Priority.EXCEPTION, reason=reason)
    return enrolment


def _pass(staff: Account, enrolment: Enrolment, priority: Priority, *, reason: str) -> None:
    """Let somebody pass others on the list, and write down who did it, why, and how many were passed."""
    if not reason.strip():
        raise ReasonIsMissing
    before = position_of(enrolment)
    enrolment.priority = priority.value
    db.session.flush()
    after = position_of(enrolment)
    session = enrolment.course_session
    written = {"reason": reason.strip(), "before": before, "after": after, "enrolment_id": enrolment.id}
    audit.record(staff, "rank_exception", session, **written)
    audit.record(staff, "enrolment.passed", enrolment, **written)


@effect("sign", first=True)
def _sign(step: Step) -> None:
    if step.actor is not None:
        step.enrolment.decided_by_id, step.enrolment.decided_at = step.actor.id, clock.now()
