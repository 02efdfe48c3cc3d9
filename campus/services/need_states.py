"""The lives of a need: the table in campus/lifecycles/need.py says which change is possible, and where it leads."""

from __future__ import annotations

from typing import Any

from campus import clock, db
from campus.errors import Refused
from campus.lifecycles import NEED, Impossible
from campus.lifecycles.machine import SAME
from campus.models import Account, AuditEvent, Need, NeedState, Role
from campus.services import audit


class NeedHasMovedOn(Refused):
    """The need is no longer in a state from which this change is possible."""


WHO = {Role.STAFF: "staff", Role.EMPLOYER: "firm"}


def may(action: str, need: Need) -> bool:
    """Tell whether a change is possible from where the need stands."""
    return need.state in NEED.starts_of(action)


def move(
    actor: Account | None, action: str, need: Need, /, *, to: NeedState | None = None, **details: Any
) -> AuditEvent:
    """Change a need's state as the table allows, and record it with what was before and after."""
    before = need.state
    who = "service" if actor is None else WHO.get(actor.role, "nobody")
    try:
        row = NEED.step(action, before.value, who)
    except Impossible as impossible:
        raise NeedHasMovedOn from impossible
    need.state = (to or before) if row.ends == SAME else NeedState(row.ends)
    need.updated_at = clock.now()
    event = audit.record(actor, action, need, before=before.value, after=need.state.value, **details)
    db.session.flush()
    return event
