"""Taking a withdrawal back: for ten minutes, while the seat that was left is still free and nobody waits for it."""

from __future__ import annotations

from datetime import timedelta

from campus import clock
from campus.errors import Refused
from campus.lifecycles.enrolment import RESTORED, STILL_THERE
from campus.models import Account, AuditEvent, Enrolment, EnrolmentState
from campus.queries.enrolments import active_enrolment, last_withdrawal, somebody_waits
from campus.services import seats
from campus.services.offers import hold
from campus.services.steps import Step, guard, take

LASTS = timedelta(minutes=10)


class TooLateToComeBack(Refused):
    """Ten minutes have gone by, or it was not the person who withdrew."""


class SeatHasGone(Refused):
    """The seat went to somebody else, or back to the firm that had reserved it."""


def may_restore(person: Account, enrolment: Enrolment) -> bool:
    """Tell whether a withdrawal can still be taken back."""
    session = enrolment.course_session
    there = session.seats_left > 0 and session.state in seats.TAKES_APPLICATIONS and not somebody_waits(session)
    return there and _before(person, enrolment) in RESTORED and enrolment.reservation_id is None


def restore(person: Account, enrolment: Enrolment) -> Enrolment:
    """Give the person back the seat that they left less than ten minutes ago."""
    hold(enrolment)
    if active_enrolment(enrolment.account, enrolment.course_session) is not None:
        raise SeatHasGone
    before = _before(person, enrolment)
    if before not in RESTORED:
        raise TooLateToComeBack
    return take(person, f"restore_{before}", enrolment)


def _before(person: Account, enrolment: Enrolment) -> str:
    """Give the state that the person left less than ten minutes ago; nothing when it cannot be found again."""
    event: AuditEvent | None = last_withdrawal(enrolment) if enrolment.state == EnrolmentState.WITHDRAWN else None
    if event is None or event.actor_id != person.id or clock.now() - event.at > LASTS:
        return ""
    return str(event.details["before"])


@guard(STILL_THERE)
def _still_there(step: Step) -> None:
    if step.enrolment.reservation_id is not None or not seats.take_seat(step.enrolment.course_session_id):
        raise SeatHasGone
