"""The rows that a figure of the demand opens: needs with their posts of each step, sessions with their people."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
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
from campus.planning.facts import STEPS
from campus.planning.quarters import LATER, QUARTERS_SHOWN, UNDATED, Quarter, quarters
from campus.planning.ranges import Range, learnt
from campus.queries.demand import NO_LEVEL, By, Step, labels_of, missing
from campus.queries.demand_facts import COUNTED_NEEDS, DEADLINE, PLANNED, facts, people_in_training

FAMILY = func.coalesce(func.nullif(Occupation.parent_code, ""), Occupation.code)
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
    sessions: Sequence[CourseSession]
    people: Mapping[uuid.UUID, int]
    missing: Range

    @property
    def steps(self) -> Posts:
        """Add up the posts of each step."""
        return {step: sum(each[step] for each in self.needs.values()) for step in STEPS}

    @property
    def seats(self) -> int:
        """Add up the seats."""
        return sum(each.seats_max for each in self.sessions)


def behind_of(behind: Behind, *, today: date | None = None) -> Found:
    """Find all that is behind a figure."""
    every = posts_behind(replace(behind, step=Step.DECLARED), today=today)
    sessions = sessions_behind(behind, today=today)
    counted = people_in_training([each.id for each in sessions])
    shares, _evidence = learnt(facts().past.head)
    steps = {step: sum(each[step] for each in every.values()) for step in STEPS}
    seats = np.array([sum(each.seats_max for each in sessions)])
    return Found(
        needs={key: posts for key, posts in every.items() if posts[behind.step]},
        sessions=sessions,
        people={each.id: counted.get(each.id.bytes, 0) for each in sessions},
        missing=missing([steps], seats, shares)[0],
    )


def label_of(behind: Behind) -> str | None:
    """Name what a figure is about; None when there is no such thing."""
    return labels_of(behind.by, [behind.key]).get(behind.key) if behind.key else None


def posts_behind(behind: Behind, *, today: date | None = None) -> dict[uuid.UUID, Posts]:
    """Give the needs whose posts a figure adds up and their posts of each step, the nearest date first."""
    columns = quarters(today or clock.today())
    query = select(Need.id).where(Need.state.in_(COUNTED_NEEDS), _in_column(columns, behind.quarter, DEADLINE))
    found = db.session.scalars(_about(query, behind).order_by(DEADLINE, Need.reference)).all()
    steps = _steps_of(found)
    return {key: steps[key] for key in found if steps[key][behind.step]}


def _about(query: Select[tuple[uuid.UUID]], behind: Behind) -> Select[tuple[uuid.UUID]]:
    if behind.by is By.SKILL:
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


def _steps_of(needs: Collection[uuid.UUID]) -> dict[uuid.UUID, Posts]:
    wanted = {key.bytes.rstrip(b"\0"): key for key in needs}
    head = facts().needs.head
    kept = [(wanted[row["key"]], row) for row in head if row["key"] in wanted] if wanted else []
    return {key: {step: int(row[step]) for step in STEPS} for key, row in kept}


def needs_with(ids: Sequence[uuid.UUID]) -> list[Need]:
    """Read these needs and their firms, in this order."""
    query = select(Need).options(joinedload(Need.organisation)).where(Need.id.in_(ids))
    found = {need.id: need for need in db.session.scalars(query)}
    return [found[key] for key in ids if key in found]


def sessions_behind(behind: Behind, *, today: date | None = None) -> list[CourseSession]:
    """List the course sessions whose seats a figure adds up, the nearest date first."""
    columns = quarters(today or clock.today())
    query = (
        select(CourseSession)
        .join(Course, Course.id == CourseSession.course_id)
        .options(joinedload(CourseSession.course))
        .where(Course.state == CourseState.PUBLISHED, CourseSession.state.in_(PLANNED))
        .where(_in_column(columns, behind.quarter, CourseSession.ends_on), *_served(behind))
    )
    return list(db.session.scalars(query.order_by(CourseSession.ends_on, CourseSession.id)))


def _served(behind: Behind) -> list[Any]:
    """Say which sessions serve what a figure is about."""
    areas = filter(None, (behind.area, behind.key if behind.by is By.AREA else ""))
    found: list[Any] = [CourseSession.commune_code.in_(_communes(str(area))) for area in areas]
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
