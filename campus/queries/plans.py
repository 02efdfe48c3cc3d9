"""Questions about plans of sessions, and the campus as the planning reads it."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from campus import db
from campus.models import (
    Course,
    CourseEquipment,
    CourseOutcome,
    CourseSession,
    Need,
    PlannedSession,
    PlanState,
    Pool,
    SessionPlan,
    Skill,
    TrainerSkill,
)
from campus.queries.course_sessions import joinable
from campus.queries.plan_demands import pool_of

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
        joinedload(PlannedSession.course),
        joinedload(PlannedSession.room),
        joinedload(PlannedSession.trainer),
        joinedload(PlannedSession.course_session),
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
            joinedload(PlannedSession.course_session),
        )
    )


def next_in_line(now: datetime) -> SessionPlan | None:
    """Find the plan that has waited longest for its search, or for another one because its searcher is silent."""
    oldest = _waiting(now).order_by(SessionPlan.created_at, SessionPlan.id).limit(1)
    return db.session.scalar(oldest.with_for_update(skip_locked=True))


def _waiting(now: datetime) -> Select[tuple[SessionPlan]]:
    silent = (SessionPlan.state == PlanState.SEARCHING) & (SessionPlan.lease_until < now)
    return select(SessionPlan).where((SessionPlan.state == PlanState.QUEUED) | silent)


def is_search_due(now: datetime) -> bool:
    """Tell whether a plan waits for its search; asks for no lock."""
    return db.session.scalar(_waiting(now).with_only_columns(SessionPlan.id).limit(1)) is not None


def session_planned_for(pool: Pool, posts: int, on: date) -> CourseSession | None:
    """Find the session that a published plan made for a pool, still to come and with so many free seats."""
    query = (
        select(PlannedSession)
        .join(PlannedSession.course_session)
        .options(contains_eager(PlannedSession.course_session).joinedload(CourseSession.course))
        .where(
            PlannedSession.course_id == pool.course_id,
            joinable(on),
            CourseSession.starts_on > on,
            CourseSession.seats_max - CourseSession.seats_taken >= posts,
        )
        .order_by(CourseSession.starts_on, PlannedSession.id)
    )
    made_for = (each for each in db.session.scalars(query) if any(pool_of(key) == pool.id for key in each.posts))
    return next((each.course_session for each in made_for), None)


@dataclass(frozen=True)
class Wanted:
    """A course, what must stand in its room, and what its trainer must be let teach: the rarest skill first."""

    title: str
    equipment: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()


def courses_wanted(courses: Collection[uuid.UUID]) -> dict[str, Wanted]:
    """Say what courses want of a room and a trainer, by the key that a plan knows them by."""
    things: dict[uuid.UUID, list[str]] = defaultdict(list)
    equipment = select(CourseEquipment.course_id, CourseEquipment.name).where(CourseEquipment.course_id.in_(courses))
    for key, name in db.session.execute(equipment.order_by(CourseEquipment.name)):
        things[key].append(name)
    held = select(func.count()).where(TrainerSkill.skill_id == Skill.id).scalar_subquery()
    taught = select(CourseOutcome.course_id, Skill.label).join(Skill, Skill.id == CourseOutcome.skill_id)
    skills: dict[uuid.UUID, list[str]] = defaultdict(list)
    for key, label in db.session.execute(
        taught.where(CourseOutcome.course_id.in_(courses)).order_by(held, CourseOutcome.position, Skill.label)
    ):
        skills[key].append(label)
    rows = db.session.execute(select(Course.id, Course.title).where(Course.id.in_(courses)))
    return {str(key): Wanted(title, tuple(things[key]), tuple(skills[key])) for key, title in rows}


def needs_named(needs: Collection[uuid.UUID]) -> Sequence[Need]:
    """Find needs by their keys, those wanted first ahead."""
    return db.session.scalars(select(Need).where(Need.id.in_(needs)).order_by(Need.latest, Need.reference)).all()


def plan_by_text(key: str) -> SessionPlan | None:
    """Find a plan by its key as an address writes it; None when that is no key."""
    try:
        return plan_by_id(uuid.UUID(key))
    except ValueError:
        return None
