"""One step of an application: looked up in the table, guarded, carried out, told, written down.

The table (campus/lifecycles/enrolment.py) names guards and effects; here those names meet what they do. A guard may
decide and reserve in one statement, as seats must. An effect marked `first` prepares the row itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from campus import db
from campus.errors import Refused
from campus.lifecycles import ENROLMENT, Impossible, Transition
from campus.lifecycles.enrolment import LEARNT, OVER
from campus.lifecycles.machine import NEW
from campus.models import Account, Enrolment, EnrolmentState, Role, random_id
from campus.services import audit, enrolment_mails

WHO = {Role.STAFF: "staff", Role.TRAINER: "trainer", Role.EMPLOYER: "firm"}


class EnrolmentIsOver(Refused):
    """The application was already decided or withdrawn."""


class ReasonIsMissing(Refused):
    """What one decides against somebody, or changes for them, is explained."""


@dataclass
class Step:
    """A step being taken."""

    actor: Account | None
    enrolment: Enrolment
    row: Transition
    before: str
    reason: str


Act = Callable[[Step], None]
GUARDS: dict[str, Act] = {"": lambda _step: None}
EFFECTS: dict[str, Act] = {}
FIRST: set[str] = set()


def guard(name: str) -> Callable[[Act], Act]:
    """Register what a condition of the table asks; it raises a Refused."""

    def remember(act: Act) -> Act:
        GUARDS[name] = act
        return act

    return remember


def effect(name: str, *, first: bool = False) -> Callable[[Act], Act]:
    """Register what an effect of the table does, before the row is written or after."""

    def remember(act: Act) -> Act:
        EFFECTS[name] = act
        if first:
            FIRST.add(name)
        return act

    return remember


def who(actor: Account | None, enrolment: Enrolment) -> str:
    """Say as whom somebody acts on an application, in the words of the table."""
    if actor is None:
        return "service"
    if actor.id == (enrolment.account_id or enrolment.account.id):
        return "person"
    return WHO.get(actor.role, "nobody")


def take(actor: Account | None, verb: str, enrolment: Enrolment, *, reason: str = "", **details: Any) -> Enrolment:
    """Take a step with an application that is there or about to be; the caller holds the session's seats."""
    step = _look_up(actor, verb, enrolment, reason=reason.strip())
    GUARDS[step.row.guard](step)
    enrolment.state = EnrolmentState(step.row.ends)
    if step.reason:
        enrolment.reason = step.reason
    after = [each for each in step.row.effects if each not in FIRST]
    for name in step.row.effects:
        if name in FIRST:
            EFFECTS[name](step)
    if not step.before:
        enrolment.id = random_id()
        db.session.add(enrolment)
    db.session.flush()
    _write_down(step, details)
    for name in after:
        EFFECTS[name](step)
    if step.row.mail:
        enrolment_mails.tell(step.row.mail, enrolment, before=step.before)
    return enrolment


def _look_up(actor: Account | None, verb: str, enrolment: Enrolment, *, reason: str) -> Step:
    before = enrolment.state.value if enrolment.state else NEW
    try:
        row = ENROLMENT.step(verb, before, who(actor, enrolment))
    except Impossible as impossible:
        if before in OVER or before in LEARNT:
            raise EnrolmentIsOver from impossible
        raise
    return Step(actor, enrolment, row, before, reason)


def _write_down(step: Step, details: dict[str, Any]) -> None:
    enrolment = step.enrolment
    told = {"rank": enrolment.rank, "reason": step.reason, **details}
    audit.record(
        step.actor,
        f"enrolment.{step.row.audit}",
        enrolment,
        before=step.before,
        **{name: value for name, value in told.items() if value not in (None, "")},
    )


@guard("reason")
def _reason(step: Step) -> None:
    if not step.reason:
        raise ReasonIsMissing
