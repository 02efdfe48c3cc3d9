"""What becomes of those whose seat is sure: called up, there, done, gone."""

from __future__ import annotations

from campus.models import Account, Enrolment, EnrolmentState
from campus.services import papers_due  # noqa: F401 (it registers what calling up and finishing bring)
from campus.services.offers import hold
from campus.services.steps import take

S = EnrolmentState


def call_up(staff: Account | None, enrolment: Enrolment) -> Enrolment:
    """Call the person to the first day."""
    return _once(staff, "call_up", enrolment, end=S.CALLED_UP)


def note_present(actor: Account, enrolment: Enrolment) -> Enrolment:
    """Write down that the person has come."""
    return _once(actor, "attend", enrolment, end=S.ATTENDED)


def note_absent(actor: Account, enrolment: Enrolment) -> Enrolment:
    """Write down that the person never came; the seat is passed on while somebody can still take it."""
    return _once(actor, "miss", enrolment, end=S.ABSENT)


def complete(actor: Account, enrolment: Enrolment, *, wholly: bool = True) -> Enrolment:
    """Write down that the person has finished, with all or a part of what the course brings."""
    verb, end = ("complete", S.COMPLETED) if wholly else ("complete_part", S.COMPLETED_PART)
    return _once(actor, verb, enrolment, end=end)


def drop_out(actor: Account, enrolment: Enrolment, reason: str) -> Enrolment:
    """Write down that the person has stopped on the way, and why."""
    return _once(actor, "drop_out", enrolment, end=S.DROPPED_OUT, reason=reason)


def _once(
    actor: Account | None, verb: str, enrolment: Enrolment, *, end: EnrolmentState, reason: str = ""
) -> Enrolment:
    hold(enrolment)
    if enrolment.state == end:
        return enrolment
    return take(actor, verb, enrolment, reason=reason)
