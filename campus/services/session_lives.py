"""The life of a course session: what people and the clock do with it, and what follows for people, seats and rooms."""

from __future__ import annotations

from datetime import date

from campus import clock
from campus.errors import Refused
from campus.models import Account, CourseSession, CourseSessionState, CourseState, Enrolment, EnrolmentState
from campus.queries.course_sessions import later_sessions, people_waiting
from campus.queries.enrolments import active_enrolment
from campus.queries.reservations import reservations_in
from campus.queries.session_people import still_active
from campus.queries.slots import slots_of
from campus.services import attendance, attending, checklists, papers_due, reservations, seats, steps
from campus.services.offers import NoFreeSeat, catch_up, deadline, offer_next
from campus.services.session_steps import Change, effect, guard, take
from campus.services.slots import cancel_slots
from campus.services.steps import ReasonIsMissing


class SessionIsNotOver(Refused):
    """The last day of the session has not passed."""


class SessionHasNotBegun(Refused):
    """The first day of the session has not come."""


class CourseIsNotPublished(Refused):
    """Nobody can find the session of a course that is not in the catalogue."""


class TooFewPeople(Refused):
    """The rule that was announced asks for `needed` people and `taken` seats are held: to go anyway needs a reason."""


def open_session(actor: Account, course_session: CourseSession) -> CourseSession:
    """Let people ask for a seat, for the first time or after the session was postponed."""
    verb = "reopen" if course_session.state is CourseSessionState.POSTPONED else "open"
    return take(actor, verb, course_session)


def confirm_session(actor: Account | None, course_session: CourseSession, *, reason: str = "") -> CourseSession:
    """Say that the session will take place: by the rule, or with a reason."""
    return take(actor, "confirm", course_session, reason=reason)


def start_session(actor: Account | None, course_session: CourseSession) -> CourseSession:
    """Let the session run, from its first day on."""
    return take(actor, "start", course_session)


def finish_session(actor: Account | None, course_session: CourseSession) -> CourseSession:
    """Say that the session is over, after its last day."""
    return take(actor, "finish", course_session)


def close_session(actor: Account, course_session: CourseSession) -> CourseSession:
    """Put away a session that is over."""
    return take(actor, "close", course_session)


def postpone_session(
    actor: Account,
    course_session: CourseSession,
    *,
    reason: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> CourseSession:
    """Put a session off, to other days or to days still to be found; people keep their seats and are told."""
    fresh = {"starts_on": starts_on, "ends_on": ends_on, "registration_deadline": None, "decides_on": None}
    return take(actor, "postpone", course_session, reason=reason, **fresh)


def cancel_session(actor: Account, course_session: CourseSession, *, reason: str = "") -> CourseSession:
    """Give a session up: all are told why, and offered the next one first."""
    return take(actor, "cancel", course_session, reason=reason)


@guard("course_is_published")
def _course_is_published(change: Change) -> None:
    if change.course_session.course.state != CourseState.PUBLISHED:
        raise CourseIsNotPublished


@guard("rule_or_reason")
def _rule_or_reason(change: Change) -> None:
    session = change.course_session
    if not session.has_enough and not change.reason:
        raise TooFewPeople(needed=session.seats_min, taken=session.seats_taken)


@guard("reason")
def _reason(change: Change) -> None:
    if not change.reason:
        raise ReasonIsMissing


@guard("reason_when_people")
def _reason_when_people(change: Change) -> None:
    session = change.course_session
    if not change.reason and (session.seats_taken or people_waiting(session)):
        raise ReasonIsMissing


@guard("first_day_has_come")
def _first_day_has_come(change: Change) -> None:
    starts_on = change.course_session.starts_on
    if starts_on is None or starts_on > clock.today():
        raise SessionHasNotBegun


@guard("last_day_is_past")
def _last_day_is_past(change: Change) -> None:
    last = change.course_session.ends_on or change.course_session.starts_on
    if last is None or last >= clock.today():
        raise SessionIsNotOver


@effect("make_checklist")
def _make_checklist(change: Change) -> None:
    checklists.make_checklist(change.course_session)


@effect("offer_free_seats")
def _offer_free_seats(change: Change) -> None:
    offer_next(change.course_session)


@effect("settle_attendance")
def _settle_attendance(change: Change) -> None:
    attendance.settle_session(change.course_session)


@effect("issue_proofs")
def _issue_proofs(change: Change) -> None:
    papers_due.ask_for_all_proofs(change.course_session)


@effect("free_half_days")
def _free_half_days(change: Change) -> None:
    """Free rooms and trainers of the half-days to come; those that took place stay as the proof."""
    coming = [each for each in slots_of(change.course_session) if each.day >= clock.today()]
    if change.actor is not None:
        cancel_slots(change.actor, change.course_session, coming)


@effect("offer_next_session")
def _offer_next_session(change: Change) -> None:
    """Offer the free seats of later sessions to those who had one here, then to those who waited."""
    targets = later_sessions(change.course_session, clock.today())
    for target in sorted(targets, key=lambda each: each.id):
        seats.lock(target.id)
    for each in still_active(change.course_session):
        if change.actor is not None and each.state != EnrolmentState.ATTENDED:
            _offer_one(change.actor, each, targets)


def _offer_one(staff: Account, enrolment: Enrolment, targets: list[CourseSession]) -> None:
    for target in targets:
        if active_enrolment(enrolment.account, target) is not None:
            return
        catch_up(target)
        if deadline(target) is None:
            continue
        made = Enrolment(course_session=target, account=enrolment.account, need_post_id=enrolment.need_post_id)
        made.trainee_kind = enrolment.trainee_kind
        try:
            steps.take(staff, "arrive_offered", made, moved_from=enrolment.id)
        except NoFreeSeat:
            continue
        return


@effect("call_people_off")
def _call_people_off(change: Change) -> None:
    """End every application, with the reason that the person reads; those who had begun stop here."""
    for each in still_active(change.course_session):
        if change.actor is not None and each.state == EnrolmentState.ATTENDED:
            attending.drop_out(change.actor, each, change.reason)
        else:
            steps.take(change.actor, "call_off", each, reason=change.reason)


@effect("return_reservations")
def _return_reservations(change: Change) -> None:
    for each in reservations_in(change.course_session):
        reservations.give_back(change.actor, each)
