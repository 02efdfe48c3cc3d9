"""Plans of sessions: asked for, searched beside the requests, changed by hand, published as sessions."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from campus import clock, db
from campus.errors import Refused
from campus.models import Account, PlannedSession, PlanState, Room, SessionPlan
from campus.planning.check import Broken, check
from campus.planning.reasons import left_out
from campus.planning.search import Outcome
from campus.planning.seating import seat
from campus.planning.values import Campus, Plan, Session, Worth, worth
from campus.queries.plan_inputs import WEEK, campus_from
from campus.queries.plans import next_in_line, planned_sessions
from campus.services import audit
from campus.services.course_sessions import SessionDetails, add_session
from campus.services.slots import SlotPlan, plan_slots

NOTICE = timedelta(days=14)  # nobody is called to a session that starts sooner
FRIDAY = timedelta(days=4)


class PlanIsNotADraft(Refused):
    """Only a draft can be changed or published."""


class PlanBreaksRules(Refused):
    """The plan would put somebody or something in two places, or people where they cannot be: `broken` says what."""

    def __init__(self, broken: Sequence[Broken]) -> None:
        super().__init__()
        self.broken = broken


@dataclass(frozen=True)
class Where:
    """Where a session of a plan is put: week, room, trainer."""

    week: int
    room: Room
    trainer: Account


@dataclass(frozen=True)
class Effect:
    """What a change by hand does: posts covered more or less, and the rules that the plan now breaks."""

    committed: int
    declared: int
    broken: Sequence[Broken]


def ask_plan(actor: Account, after: SessionPlan | None = None) -> SessionPlan:
    """Ask for a plan of the year to come; after another plan, what is locked in it stays."""
    soonest = clock.today() + NOTICE
    monday = soonest + timedelta(days=-soonest.weekday() % 7)
    plan = SessionPlan(author=actor, first_day=after.first_day if after else monday)
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
    names = ("course_id", "room_id", "trainer_id", "week", "starts_on", "ends_on", "posts", "locked")
    return PlannedSession(plan=plan, **{name: getattr(each, name) for name in names})


def stop_plan(actor: Account, plan: SessionPlan) -> None:
    """Give up a search that waits or runs; the search sees it within a second or two."""
    if plan.state not in {PlanState.QUEUED, PlanState.SEARCHING}:
        raise PlanIsNotADraft
    plan.state = PlanState.STOPPED
    audit.record(actor, "plan_stopped", plan)
    db.session.flush()


def begin_search() -> tuple[uuid.UUID, Campus] | None:
    """Take the plan that has waited longest, and read the campus for it."""
    plan = next_in_line()
    if plan is None:
        return None
    plan.state, plan.started_at = PlanState.SEARCHING, clock.now()
    db.session.flush()
    return plan.id, campus_from(plan.first_day, plan.weeks, planned_sessions(plan))


def note_progress(plan_id: uuid.UUID, percent: int) -> None:
    """Write down how far a search is."""
    plan = db.session.get(SessionPlan, plan_id)
    if plan is not None and plan.state == PlanState.SEARCHING:
        plan.progress = min(max(percent, 0), 99)
        db.session.flush()


def note_failure(plan_id: uuid.UUID) -> None:
    """Write down that a search died; somebody may ask again."""
    db.session.get_one(SessionPlan, plan_id).state = PlanState.FAILED
    db.session.flush()


def store_plan(plan_id: uuid.UUID, campus: Campus, found: Outcome) -> None:
    """Keep what a search found as a draft, with its report; not when somebody gave it up meanwhile."""
    plan = db.session.get_one(SessionPlan, plan_id)
    if plan.state != PlanState.SEARCHING:
        return
    kept = {str(each.id): each for each in planned_sessions(plan)}
    for session in found.plan.sessions:
        if session.published in kept:
            seated = kept[session.published]
            seated.posts = dict(Counter(seated.posts) + Counter(_posts(session)))
        else:
            db.session.add(_row(plan, campus, session))
    plan.state, plan.progress = PlanState.DRAFT, 100
    db.session.flush()
    today, _rows, sound = as_read(plan)
    plan.report = {**_report(found), **_standing(today, sound)}
    db.session.flush()


def _row(plan: SessionPlan, campus: Campus, session: Session) -> PlannedSession:
    weeks = campus.taught(campus.course_of[session.course], session.start)
    return PlannedSession(
        plan=plan,
        course_id=uuid.UUID(session.course),
        room_id=uuid.UUID(session.room),
        trainer_id=uuid.UUID(session.trainer),
        week=session.start,
        starts_on=plan.first_day + session.start * WEEK,
        ends_on=plan.first_day + weeks[-1] * WEEK + FRIDAY,
        posts=_posts(session),
    )


def _posts(session: Session) -> dict[str, Any]:
    return dict(session.posts)


def _report(found: Outcome) -> dict[str, Any]:
    return {
        "stages": [{**asdict(each), "gap": each.gap} for each in found.stages],
        "seed": found.seed,
        "seconds": round(found.seconds, 1),
        "replaced": found.replaced,
    }


def _standing(campus: Campus, plan: Plan) -> dict[str, Any]:
    """Say where a plan stands: posts covered of those asked, what is left out, what is broken."""
    reached = worth(campus, plan)
    asked = [sum(each.posts for each in campus.demands if each.committed is signed) for signed in (True, False)]
    out = [{**asdict(each), "people": each.people} for each in left_out(campus, plan)]
    broken = [asdict(each) for each in check(campus, plan)]
    covered = [reached.committed, reached.declared]
    return audit.plain({"covered": covered, "asked": asked, "left_out": out, "broken": broken})


def as_read(plan: SessionPlan) -> tuple[Campus, list[PlannedSession], Plan]:
    """Read a draft back as the planning knows it, with the campus of today."""
    rows = list(planned_sessions(plan))
    campus = campus_from(plan.first_day, plan.weeks)
    sessions = [
        Session(str(row.course_id), row.week, str(row.room_id), str(row.trainer_id), _known(campus, row))
        for row in rows
        if str(row.course_id) in campus.course_of
    ]
    return campus, [row for row in rows if str(row.course_id) in campus.course_of], Plan(tuple(sessions))


def _known(campus: Campus, row: PlannedSession) -> tuple[tuple[str, int], ...]:
    return tuple((key, count) for key, count in row.posts.items() if key in campus.demand_of)


def lock_planned(actor: Account, planned: PlannedSession, *, locked: bool) -> PlannedSession:
    """Keep a session where it is in the next search, or let it go."""
    _check_draft(planned.plan)
    planned.locked = locked
    audit.record(actor, "planned_session_locked" if locked else "planned_session_unlocked", planned)
    db.session.flush()
    return planned


def move_planned(actor: Account, planned: PlannedSession, where: Where) -> Effect:
    """Put a session elsewhere, seat everybody anew, and say what that changes; a broken rule is told, not refused."""
    _check_draft(planned.plan)
    campus, rows, before = as_read(planned.plan)
    moved = [
        _moved(session, where) if row is planned else session
        for row, session in zip(rows, before.sessions, strict=True)
    ]
    place = rows.index(planned)
    _check_weeks(campus, moved[place])
    after = _seated(campus, moved)
    for row, session in zip(rows, after, strict=True):
        row.posts = _posts(session)
    weeks = campus.taught(campus.course_of[moved[place].course], where.week)
    planned.week, planned.room, planned.trainer, planned.locked = where.week, where.room, where.trainer, True
    planned.starts_on = planned.plan.first_day + where.week * WEEK
    planned.ends_on = planned.plan.first_day + weeks[-1] * WEEK + FRIDAY
    planned.plan.report = {**planned.plan.report, **_standing(campus, Plan(tuple(after)))}
    audit.record(actor, "planned_session_moved", planned, week=where.week)
    db.session.flush()
    return _effect(campus, before=worth(campus, before), after=Plan(tuple(after)))


def _moved(session: Session, where: Where) -> Session:
    return replace(session, start=where.week, room=str(where.room.id), trainer=str(where.trainer.id))


def _check_weeks(campus: Campus, session: Session) -> None:
    if not campus.taught(campus.course_of[session.course], session.start):
        raise PlanBreaksRules([Broken("horizon", (session.course,), session.start, allowed=campus.weeks - 1)])


def _seated(campus: Campus, sessions: Sequence[Session]) -> list[Session]:
    """Seat everybody anew, in the order in which the sessions came."""
    named = [replace(each, published=None, posts=()) for each in sessions]
    by_place = {(each.course, each.start, each.room, each.trainer): each for each in seat(campus, named).sessions}
    return [by_place[each.course, each.start, each.room, each.trainer] for each in named]


def _effect(campus: Campus, *, before: Worth, after: Plan) -> Effect:
    now = worth(campus, after)
    return Effect(now.committed - before.committed, now.declared - before.declared, check(campus, after))


def publish_plan(actor: Account, plan: SessionPlan) -> int:
    """Make the sessions of a draft, with their half-days, and count them; nothing is made while a rule is broken."""
    _check_draft(plan)
    campus, rows, sound = as_read(plan)
    broken = check(campus, sound)
    if broken:
        raise PlanBreaksRules(broken)
    for row in rows:
        details = _details(campus, row)
        row.course_session = add_session(actor, row.course, details)
        slots = SlotPlan(row.starts_on, row.ends_on, room=row.room, trainer=row.trainer)
        plan_slots(actor, row.course_session, slots)
    plan.state = PlanState.PUBLISHED
    audit.record(actor, "plan_published", plan, sessions=len(rows))
    db.session.flush()
    return len(rows)


def _details(campus: Campus, row: PlannedSession) -> SessionDetails:
    course = campus.course_of[str(row.course_id)]
    return SessionDetails(
        seats_min=course.seats_min,
        seats_max=min(course.seats_max, row.room.capacity),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        place=row.room.place or row.room.name,
        commune_code=row.room.commune_code,
    )


def _check_draft(plan: SessionPlan) -> None:
    if plan.state != PlanState.DRAFT:
        raise PlanIsNotADraft
