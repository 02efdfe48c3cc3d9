"""The search of a plan as a job of its own: taken up under a lease, told how far it is, kept, given back, given up."""

from __future__ import annotations

import uuid
from collections import Counter
from dataclasses import asdict
from datetime import timedelta
from typing import Any

from campus import clock, db
from campus.models import PlannedSession, PlanState, SessionPlan
from campus.planning.search import Outcome
from campus.planning.values import Campus
from campus.queries.plan_demands import Horizon, outside
from campus.queries.plan_inputs import campus_from
from campus.queries.plans import next_in_line, planned_sessions
from campus.services import audit
from campus.services.plan_standing import as_read, put, standing

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3


def begin_search() -> tuple[uuid.UUID, Campus] | None:
    """Take the plan that has waited longest, or one whose searcher has gone silent, and read the campus for it.

    A plan on which three searchers have died is said to have failed.
    """
    plan = next_in_line(clock.now())
    if plan is None:
        return None
    if plan.attempts >= MOST_ATTEMPTS:
        note_failure(plan.id)
        return None
    plan.state, plan.started_at, plan.progress = PlanState.SEARCHING, clock.now(), 0
    plan.lease_until, plan.attempts = clock.now() + LEASE, plan.attempts + 1
    db.session.flush()
    movable = None if plan.movable else ()
    return plan.id, campus_from(plan.first_day, plan.weeks, planned_sessions(plan), movable=movable)


def note_progress(plan_id: uuid.UUID, percent: int) -> bool:
    """Write down how far a search is and that its searcher lives; tell whether it is to go on."""
    plan = db.session.get(SessionPlan, plan_id)
    if plan is None or plan.state != PlanState.SEARCHING:
        return False
    plan.progress, plan.lease_until = min(max(percent, 0), 99), clock.now() + LEASE
    db.session.flush()
    return True


def give_back(plan_id: uuid.UUID) -> None:
    """Let another searcher take up a search that stops because its own process does."""
    plan = db.session.get_one(SessionPlan, plan_id)
    if plan.state == PlanState.SEARCHING:
        plan.state, plan.lease_until, plan.attempts = PlanState.QUEUED, None, plan.attempts - 1
    db.session.flush()


def note_failure(plan_id: uuid.UUID) -> None:
    """Write down that a search died; somebody may ask again."""
    plan = db.session.get_one(SessionPlan, plan_id)
    plan.state, plan.lease_until = PlanState.FAILED, None
    db.session.flush()


def store_plan(plan_id: uuid.UUID, found: Outcome, campus: Campus) -> None:
    """Keep what a search found as a draft, with its report; not when somebody gave it up meanwhile."""
    plan = db.session.get_one(SessionPlan, plan_id)
    if plan.state != PlanState.SEARCHING:
        return
    kept = {str(each.id): each for each in planned_sessions(plan)}
    for session in found.plan.sessions:
        if session.published in kept:
            seated = kept[session.published]
            seated.posts = dict(Counter(seated.posts) + Counter(dict(session.posts)))
        else:
            row = PlannedSession(plan=plan, posts=dict(session.posts))
            row.course_session_id = uuid.UUID(session.published) if session.published else None
            put(row, campus, session)
            db.session.add(row)
    plan.state, plan.progress, plan.lease_until = PlanState.DRAFT, 100, None
    left = asdict(outside(Horizon(plan.first_day, plan.weeks), set(campus.course_of)))
    seated = [list(each) for each in found.plan.seated]
    plan.report = {**_report(found), "outside": audit.plain(left), "seated": seated}
    db.session.flush()
    plan.report = {**plan.report, **standing(as_read(plan))}
    db.session.flush()


def _report(found: Outcome) -> dict[str, Any]:
    return {
        "stages": [{**asdict(each), "gap": each.gap} for each in found.stages],
        "seed": found.seed,
        "seconds": round(found.seconds, 1),
        "replaced": found.replaced,
    }
