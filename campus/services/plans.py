"""Plans of sessions: asked for, changed by hand with their effect told at once, each move taken back at will."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from campus import clock, db
from campus.errors import Refused
from campus.models import Account, PlannedSession, PlanState, Room, SessionPlan
from campus.planning.check import Broken, check
from campus.planning.compare import Change, compare
from campus.planning.values import Campus, Session
from campus.queries.plans import planned_sessions
from campus.services import audit
from campus.services.plan_standing import Reading, as_read, put, seated_anew, write

NOTICE = timedelta(days=14)  # nobody is called to a session that starts sooner
MOST_MOVES = 50


class PlanIsNotADraft(Refused):
    """Only a draft can be changed or published."""


class PlanBreaksRules(Refused):
    """The plan would put somebody or something in two places, or people where they cannot be: `broken` says what."""

    def __init__(self, broken: Sequence[Broken]) -> None:
        super().__init__()
        self.broken = broken


class NothingToTakeBack(Refused):
    """No move by hand is left to take back."""


@dataclass(frozen=True)
class Where:
    """Where a session of a plan is put: week, room, trainer."""

    week: int
    room: Room
    trainer: Account


@dataclass(frozen=True)
class Effect:
    """What a change by hand does: posts covered more or less, demand by demand, and the rules that are then broken."""

    committed: int
    declared: int
    changes: Sequence[Change]
    broken: Sequence[Broken]


def ask_plan(actor: Account, after: SessionPlan | None = None, *, movable: bool = False) -> SessionPlan:
    """Ask for a plan of the year to come; after another plan, what is locked in it stays.

    With `movable`, sessions that are announced may move, at a cost, as they may after a plan in which they could.
    """
    soonest = clock.today() + NOTICE
    monday = soonest + timedelta(days=-soonest.weekday() % 7)
    plan = SessionPlan(author=actor, first_day=after.first_day if after else monday)
    plan.movable = after.movable if after else movable
    db.session.add(plan)
    db.session.flush()
    if after is not None:
        for each in planned_sessions(after):
            if each.locked:
                db.session.add(_copied(each, plan))
    audit.record(actor, "plan_asked", plan)
    db.session.flush()
    return plan


def _copied(each: PlannedSession, plan: SessionPlan) -> PlannedSession:
    names = (
        "course_id",
        "course_session_id",
        "room_id",
        "trainer_id",
        "week",
        "starts_on",
        "ends_on",
        "posts",
        "locked",
    )
    return PlannedSession(plan=plan, **{name: getattr(each, name) for name in names})


def stop_plan(actor: Account, plan: SessionPlan) -> None:
    """Give up a search that waits or runs; the search sees it within a second or two."""
    if plan.state not in {PlanState.QUEUED, PlanState.SEARCHING}:
        raise PlanIsNotADraft
    plan.state, plan.lease_until = PlanState.STOPPED, None
    audit.record(actor, "plan_stopped", plan)
    db.session.flush()


def lock_planned(actor: Account, planned: PlannedSession, *, locked: bool) -> PlannedSession:
    """Keep a session where it is in the next search, or let it go."""
    check_draft(planned.plan)
    planned.locked = locked
    audit.record(actor, "planned_session_locked" if locked else "planned_session_unlocked", planned)
    db.session.flush()
    return planned


def effect_of_move(planned: PlannedSession, where: Where) -> Effect:
    """Say what putting a session elsewhere would change; nothing is written."""
    check_draft(planned.plan)
    before = as_read(planned.plan)
    return _effect(before, _moved(before, planned, where))


def move_planned(actor: Account, planned: PlannedSession, where: Where) -> Effect:
    """Put a session elsewhere, seat everybody anew, and say what that changes; a broken rule is told, not refused."""
    check_draft(planned.plan)
    before = as_read(planned.plan)
    after = _moved(before, planned, where)
    _remember(planned)
    _put(planned, after)
    planned.locked = True
    audit.record(actor, "planned_session_moved", planned, week=where.week)
    return _effect(before, after)


def take_move_back(actor: Account, plan: SessionPlan) -> tuple[PlannedSession, Effect]:
    """Put the session that was moved last back where it was, and say what that changes."""
    check_draft(plan)
    before, moves = as_read(plan), list(plan.moves.get("done", ()))
    by_key = {str(row.id): row for row in before.rows}
    while moves:
        last: dict[str, Any] = moves.pop()
        planned = by_key.get(last["id"])
        if planned is not None:
            break
    else:
        raise NothingToTakeBack
    old = replace(_session(before, planned), start=last["week"], room=last["room"], trainer=last["trainer"])
    after = _with(before, planned, old)
    plan.moves = {"done": moves}
    _put(planned, after)
    planned.locked = last["locked"]
    audit.record(actor, "planned_session_move_taken_back", planned, week=last["week"])
    return planned, _effect(before, after)


def _remember(planned: PlannedSession) -> None:
    where = {"week": planned.week, "room": planned.room_id, "trainer": planned.trainer_id}
    done = [*planned.plan.moves.get("done", ()), audit.plain({"id": planned.id, "locked": planned.locked, **where})]
    planned.plan.moves = {"done": done[-MOST_MOVES:]}


def _moved(read: Reading, planned: PlannedSession, where: Where) -> Reading:
    moved = replace(_session(read, planned), start=where.week, room=str(where.room.id), trainer=str(where.trainer.id))
    return _with(read, planned, moved)


def _session(read: Reading, planned: PlannedSession) -> Session:
    if planned not in read.rows:
        raise PlanBreaksRules([Broken("unknown", (str(planned.course_id),))])
    return read.sessions[read.rows.index(planned)]


def _with(read: Reading, planned: PlannedSession, moved: Session) -> Reading:
    """Seat everybody anew, with one session elsewhere."""
    _check_weeks(read.campus, moved)
    sessions = [moved if row is planned else each for row, each in zip(read.rows, read.sessions, strict=True)]
    return seated_anew(read, sessions)


def _check_weeks(campus: Campus, session: Session) -> None:
    if not campus.taught(campus.course_of[session.course], session.start):
        raise PlanBreaksRules([Broken("horizon", (session.course,), session.start, allowed=campus.weeks - 1)])


def _put(planned: PlannedSession, after: Reading) -> None:
    put(planned, after.campus, _session(after, planned))
    write(planned.plan, after)
    db.session.flush()
    db.session.refresh(planned, ["room", "trainer"])


def _effect(before: Reading, after: Reading) -> Effect:
    found = compare(after.campus, before.plan, after.plan)
    gained, more = (found.gained(committed=signed) for signed in (True, False))
    return Effect(gained, more, found.changes, check(after.campus, after.plan))


def check_draft(plan: SessionPlan) -> None:
    """Refuse what is not a draft."""
    if plan.state != PlanState.DRAFT:
        raise PlanIsNotADraft
