"""One step of a session's life: looked up in its table, guarded, written down, carried out, told.

Guards and effects are named in campus/lifecycles/course_session.py; `session_lives` says what they do. Whoever takes a
step holds the lock of the session's seats, so that nobody joins a session while it is being given up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from campus.lifecycles import COURSE_SESSION, Impossible, Transition
from campus.models import Account, CourseSession, CourseSessionState, Role
from campus.queries.live_index import get_ready
from campus.services import session_mails
from campus.services.course_sessions import SessionCannotDoThat, write_changes
from campus.services.seats import lock


@dataclass(frozen=True)
class Change:
    """A step being taken."""

    actor: Account | None
    course_session: CourseSession
    row: Transition
    reason: str


Act = Callable[[Change], None]
GUARDS: dict[str, Act] = {"": lambda _change: None}
EFFECTS: dict[str, Act] = {}


def guard(name: str) -> Callable[[Act], Act]:
    """Register what a condition of the table asks; it raises a Refused."""

    def remember(act: Act) -> Act:
        GUARDS[name] = act
        return act

    return remember


def effect(name: str) -> Callable[[Act], Act]:
    """Register what an effect of the table does, once the new state is written."""

    def remember(act: Act) -> Act:
        EFFECTS[name] = act
        return act

    return remember


def take(
    actor: Account | None, verb: str, course_session: CourseSession, *, reason: str = "", **changes: Any
) -> CourseSession:
    """Take one step: looked up, guarded, written down, carried out, and told to everyone concerned."""
    lock(course_session.id)
    get_ready()
    before = course_session.state
    try:
        row = COURSE_SESSION.step(verb, before.value, _who(actor))
    except Impossible as impossible:
        raise SessionCannotDoThat from impossible
    change = Change(actor, course_session, row, reason.strip())
    GUARDS[row.guard](change)
    letters = session_mails.prepare(row.mail, course_session, reason=change.reason) if row.mail else None
    news = {name: [getattr(course_session, name), value] for name, value in changes.items()}
    after = CourseSessionState(row.ends)
    write_changes(actor, course_session, row.audit, reason=change.reason, state=[before, after], **news)
    for name in row.effects:
        EFFECTS[name](change)
    if letters:
        letters.send()
    return course_session


def _who(actor: Account | None) -> str:
    if actor is None:
        return "service"
    return "staff" if actor.role is Role.STAFF else "nobody"
