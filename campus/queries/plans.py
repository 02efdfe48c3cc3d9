"""Questions about plans of sessions, and the campus as the planning reads it."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campus import db
from campus.models import Course, PlannedSession, PlanState, SessionPlan

LISTED = 12


def plans() -> Sequence[SessionPlan]:
    """List the latest plans, the newest first."""
    query = select(SessionPlan).options(joinedload(SessionPlan.author))
    return db.session.scalars(query.order_by(SessionPlan.created_at.desc(), SessionPlan.id).limit(LISTED)).all()


def plan_by_id(plan_id: uuid.UUID) -> SessionPlan | None:
    """Find a plan for the staff."""
    return db.session.get(SessionPlan, plan_id)


def planned_sessions(plan: SessionPlan) -> Sequence[PlannedSession]:
    """List the sessions of a plan with all that a page says of them, by week and course."""
    query = select(PlannedSession).where(PlannedSession.plan_id == plan.id)
    with_all = query.options(
        joinedload(PlannedSession.course), joinedload(PlannedSession.room), joinedload(PlannedSession.trainer)
    )
    return db.session.scalars(with_all.order_by(PlannedSession.week, PlannedSession.id)).all()


def planned_session_by_id(planned_session_id: uuid.UUID) -> PlannedSession | None:
    """Find a session of a plan for the staff."""
    return db.session.scalar(
        select(PlannedSession)
        .where(PlannedSession.id == planned_session_id)
        .options(
            joinedload(PlannedSession.plan),
            joinedload(PlannedSession.course),
            joinedload(PlannedSession.room),
            joinedload(PlannedSession.trainer),
        )
    )


def next_in_line() -> SessionPlan | None:
    """Find the plan that has waited longest for its search."""
    waiting = select(SessionPlan).where(SessionPlan.state == PlanState.QUEUED)
    return db.session.scalar(waiting.order_by(SessionPlan.created_at, SessionPlan.id).limit(1))


def titles_of(courses: Collection[uuid.UUID]) -> dict[str, str]:
    """Give the titles of courses, by the key that a plan knows them by."""
    rows = db.session.execute(select(Course.id, Course.title).where(Course.id.in_(courses)))
    return {str(key): title for key, title in rows}
