"""The rows that a figure of the demand opens: needs with their posts of each step, sessions with their people."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import ColumnElement, Select, and_, func, literal_column, or_, select
from sqlalchemy.orm import joinedload

from campus import clock, db
from campus.models import (
    Commune,
    Course,
    CourseOccupation,
    CourseOutcome,
    CourseSession,
    CourseState,
    Need,
    NeedSkill,
    Occupation,
)
from campus.planning.facts import KEY, STEPS
from campus.planning.quarters import LATER, QUARTERS_SHOWN, UNDATED, Quarter, quarters
from campus.planning.ranges import Range, learnt
from campus.queries.demand import NO_LEVEL, By, Step, labels_of, missing
from campus.queries.demand_facts import COUNTED_NEEDS, DEADLINE, PLANNED, facts, people_in_training
from campus.queries.report_cube import FAMILY

Posts = Mapping[str, int]


@dataclass(frozen=True)
class Behind:
    """Which rows a figure opens: what it is about, perhaps a level, a quarter, an area; posts of a step."""

    by: By
    key: int | str
    level: int | None = None
    quarter: str = ""
    area: str = ""
    step: Step = Step.DECLARED


@dataclass(frozen=True)
class Found:
    """What is behind a figure: needs with their posts of each step, sessions and their people, what is missing."""

    needs: Mapping[uuid.UUID, Posts]
    sessions: Mapping[uuid.UUID, int]
    people: Mapping[uuid.UUID, int]
    missing: Range

    @property
    def steps(self) -> Posts:
        """Add up the posts of each step."""
        return {step: sum(each[step] for each in self.needs.values()) for step in STEPS}

    @property
    def seats(self) -> int:
        """Add up the seats."""
        return sum(self.sessions.values())


def behind_of(behind: Behind, *, today: date | None = None) -> Found:
    """Find all that is behind a figure."""
    every = posts_behind(replace(behind, step=Step.DECLARED), today=today)
    sessions = sessions_behind(behind, today=today)
    counted = people_in_training()
    shares, _evidence = learnt(facts().past.head)
    steps = {step: sum(each[step] for each in every.values()) for step in STEPS}
    return Found(
        needs={key: posts for key, posts in every.items() if posts[behind.step]},
        sessions=sessions,
        people={key: counted.get(key.bytes, 0) for key in sessions},
        missing=missing([steps], np.array([sum(sessions.values())]), shares)[0],
    )


def label_of(behind: Behind) -> str | None:
    """Name what a figure is about; None when there is no such thing."""
    return labels_of(behind.by, [behind.key]).get(behind.key) if behind.key else None


def posts_behind(behind: Behind, *, today: date | None = None) -> dict[uuid.UUID, Posts]:
    """Give the needs whose posts a figure adds up and their posts of each step, the nearest date first."""
    columns = quarters(today or clock.today())
    query = select(Need.id).where(Need.state.in_(COUNTED_NEEDS), _in_column(columns, behind.quarter, DEADLINE))
    found = db.session.scalars(about(query, behind).order_by(DEADLINE, Need.reference)).all()
    steps = _steps_of(found)
    return {key: posts for key, posts in steps.items() if posts[behind.step]}


def about(query: Select[tuple[uuid.UUID]], behind: Behind) -> Select[tuple[uuid.UUID]]:
    """Keep the needs that a figure is about; without a key only the area narrows them."""
    if not behind.key:
        pass
    elif behind.by is By.SKILL:
        query = query.join(NeedSkill, NeedSkill.need_id == Need.id).where(NeedSkill.skill_id == behind.key)
        if behind.level is not None:
            query = query.where(_asked_level() == behind.level)
    elif behind.by is By.OCCUPATION:
        query = query.where(Need.occupation_id == behind.key)
    elif behind.by is By.FAMILY:
        query = query.join(Occupation, Occupation.id == Need.occupation_id).where(behind.key == FAMILY)
    for area in filter(None, (behind.area, behind.key if behind.by is By.AREA else "")):
        query = query.where(Need.commune_code.in_(_communes(str(area))))
    return query


def _communes(area: str) -> Select[tuple[str]]:
    return select(Commune.code).where(Commune.area_code == area)


def _asked_level() -> ColumnElement[int]:
    return func.coalesce(NeedSkill.level, literal_column(str(NO_LEVEL)))


def _steps_of(needs: Sequence[uuid.UUID]) -> dict[uuid.UUID, Posts]:
    """Give the posts of each step of these needs, of those that count."""
    head = facts().needs.head
    if not needs or not len(head):
        return {}
    wanted, order = np.array([key.bytes for key in needs], KEY), np.argsort(head["key"])
    near = order[np.minimum(np.searchsorted(head["key"], wanted, sorter=order), len(head) - 1)]
    found = zip(needs, (head["key"][near] == wanted).tolist(), head[list(STEPS)][near].tolist(), strict=True)
    return {key: dict(zip(STEPS, posts, strict=True)) for key, there, posts in found if there}


def needs_with(ids: Sequence[uuid.UUID]) -> list[Need]:
    """Read these needs and their firms, in this order."""
    query = select(Need).options(joinedload(Need.organisation)).where(Need.id.in_(ids))
    found = {need.id: need for need in db.session.scalars(query)}
    return [found[key] for key in ids if key in found]


def sessions_behind(behind: Behind, *, today: date | None = None) -> dict[uuid.UUID, int]:
    """Give the course sessions whose seats a figure adds up and their seats, the nearest date first."""
    columns = quarters(today or clock.today())
    query = (
        select(CourseSession.id, CourseSession.seats_max)
        .join(Course, Course.id == CourseSession.course_id)
        .where(Course.state == CourseState.PUBLISHED, CourseSession.state.in_(PLANNED))
        .where(_in_column(columns, behind.quarter, CourseSession.ends_on), *served(behind))
    )
    return dict(db.session.execute(query.order_by(CourseSession.ends_on, CourseSession.id)).all())


def sessions_with(ids: Sequence[uuid.UUID]) -> list[CourseSession]:
    """Read these sessions and their courses, in this order."""
    query = select(CourseSession).options(joinedload(CourseSession.course)).where(CourseSession.id.in_(ids))
    found = {each.id: each for each in db.session.scalars(query)}
    return [found[key] for key in ids if key in found]


def served(behind: Behind) -> list[Any]:
    """Say which sessions serve what a figure is about."""
    areas = filter(None, (behind.area, behind.key if behind.by is By.AREA else ""))
    found: list[Any] = [CourseSession.commune_code.in_(_communes(str(area))) for area in areas]
    if not behind.key:
        return found
    if behind.by is By.SKILL:
        reached = CourseOutcome.exit_level >= (behind.level or NO_LEVEL)
        taught = select(CourseOutcome.course_id).where(CourseOutcome.skill_id == behind.key, reached)
        found.append(Course.id.in_(taught))
    elif behind.by is not By.AREA:
        leads = select(CourseOccupation.course_id).join(Occupation, Occupation.id == CourseOccupation.occupation_id)
        same = behind.key == FAMILY if behind.by is By.FAMILY else Occupation.id == behind.key
        found.append(Course.id.in_(leads.where(same)))
    return found


def _in_column(columns: tuple[Quarter, ...], code: str, day: ColumnElement[date]) -> ColumnElement[bool]:
    """Keep the rows of one column; the first holds the past too, an unknown code keeps all."""
    quarter = next((each for each in columns if each.code == code), None)
    if quarter is None:
        return or_(day.is_(None), day.is_not(None))
    if quarter == UNDATED:
        return day.is_(None)
    if quarter == LATER:
        return day >= columns[QUARTERS_SHOWN - 1].following().first_day
    end = day < quarter.following().first_day
    return end if quarter == columns[0] else and_(day >= quarter.first_day, end)
