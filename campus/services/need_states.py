"""The lives of a need: one table says which change is possible from where, and where it leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from campus import clock, db
from campus.errors import Refused
from campus.models import Account, AuditEvent, Need, NeedState
from campus.services import audit


class NeedHasMovedOn(Refused):
    """The need is no longer in a state from which this change is possible."""


@dataclass(frozen=True)
class Change:
    """What a change is possible from, and where it leads; None: the state stays, or is the one from before."""

    starts: frozenset[NeedState]
    ends: NeedState | None


S = NeedState
CHANGES = {
    "publish": Change(frozenset({S.IN_MODERATION, S.TO_CLARIFY}), S.PUBLISHED),
    "ask_precision": Change(frozenset({S.IN_MODERATION, S.PUBLISHED}), S.TO_CLARIFY),
    "refuse": Change(frozenset({S.IN_MODERATION, S.TO_CLARIFY}), S.REFUSED),
    "revise": Change(frozenset({S.IN_MODERATION, S.PUBLISHED}), None),
    "answer": Change(frozenset({S.TO_CLARIFY}), S.IN_MODERATION),
    "withdraw": Change(frozenset({S.IN_MODERATION, S.TO_CLARIFY, S.PUBLISHED, S.EXPIRED}), S.WITHDRAWN),
    "restore": Change(frozenset({S.WITHDRAWN}), None),
    "renew": Change(frozenset({S.PUBLISHED, S.EXPIRED}), S.PUBLISHED),
    "expire": Change(frozenset({S.PUBLISHED, S.TO_CLARIFY}), S.EXPIRED),
}


def may(action: str, need: Need) -> bool:
    """Tell whether a change is possible from where the need stands."""
    return need.state in CHANGES[action].starts


def move(
    actor: Account | None, action: str, need: Need, /, *, to: NeedState | None = None, **details: Any
) -> AuditEvent:
    """Change a need's state as the table allows, and record it with what was before and after."""
    if not may(action, need):
        raise NeedHasMovedOn
    before = need.state
    need.state = CHANGES[action].ends or to or before
    need.updated_at = clock.now()
    event = audit.record(actor, action, need, before=before.value, after=need.state.value, **details)
    db.session.flush()
    return event
