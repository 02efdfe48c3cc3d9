"""The demand quarter after quarter, past ones included: posts by their date, seats by the end of their session."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import joinedload

from campus import clock, db
from campus.models import Course, CourseSession, CourseSessionState, CourseState, Need, NeedState
from campus.planning.quarters import Quarter
from campus.queries.demand_behind import Behind, about, served
from campus.queries.demand_facts import DEADLINE, PLANNED

NEEDS = (NeedState.PUBLISHED, NeedState.COVERED, NeedState.EXPIRED)
SESSIONS = (*PLANNED, CourseSessionState.FINISHED, CourseSessionState.CLOSED)
COURSES = (CourseState.PUBLISHED, CourseState.SUSPENDED, CourseState.ARCHIVED)
BEFORE, SHOWN = 4, 8


class Point(NamedTuple):
    """One quarter: the posts whose date falls in it, and the seats of the sessions that end in it."""

    quarter: Quarter
    posts: int
    seats: int


def trend_quarters(today: date) -> tuple[Quarter, ...]:
    """List the quarters of the trend: a year back, this one, and what follows."""
    first = Quarter(today.year - BEFORE // 4, Quarter.of(today).number)
    shown = [first]
    while len(shown) < SHOWN:
        shown.append(shown[-1].following())
    return tuple(shown)


def trend(behind: Behind, *, today: date | None = None) -> list[Point]:
    """Add up posts and seats by quarter, of one row of the demand or (without a key) of all."""
    shown = trend_quarters(today or clock.today())
    span = replace(behind, quarter="")
    posts = _by_quarter(_needs(span, shown).with_only_columns(DEADLINE, func.sum(Need.posts)).group_by(DEADLINE))
    ends = CourseSession.ends_on
    seats = _by_quarter(
        _sessions(span, shown).with_only_columns(ends, func.sum(CourseSession.seats_max)).group_by(ends)
    )
    return [Point(each, posts[each], seats[each]) for each in shown]


def _by_quarter(query: Select[Any]) -> Counter[Quarter]:
    found: Counter[Quarter] = Counter()
    for day, amount in db.session.execute(query):
        found[Quarter.of(day)] += int(amount)
    return found


def _needs(behind: Behind, shown: Sequence[Quarter]) -> Select[tuple[uuid.UUID]]:
    query = select(Need.id).where(Need.state.in_(NEEDS), _within(DEADLINE, shown))
    return about(query, behind)


def _sessions(behind: Behind, shown: Sequence[Quarter]) -> Select[tuple[uuid.UUID]]:
    query = select(CourseSession.id).join(Course, Course.id == CourseSession.course_id)
    counted = Course.state.in_(COURSES) & CourseSession.state.in_(SESSIONS)
    return query.where(counted, _within(CourseSession.ends_on, shown), *served(behind))


def _within(day: ColumnElement[Any] | Any, shown: Sequence[Quarter]) -> ColumnElement[bool]:
    return (day >= shown[0].first_day) & (day < shown[-1].following().first_day)


def trend_needs(behind: Behind, quarter: Quarter, *, page: slice) -> tuple[Sequence[Need], int]:
    """List the needs behind a point of the trend, the nearest date first, and count them all."""
    ids = _needs(behind, [quarter])
    ordered = select(Need).where(Need.id.in_(ids)).options(joinedload(Need.organisation))
    part = ordered.order_by(DEADLINE, Need.reference).offset(page.start).limit(page.stop - page.start)
    return db.session.scalars(part).all(), _count(ids)


def trend_sessions(behind: Behind, quarter: Quarter, *, page: slice) -> tuple[Sequence[CourseSession], int]:
    """List the sessions behind a point of the trend, the first to end first, and count them all."""
    ids = _sessions(behind, [quarter])
    ordered = select(CourseSession).where(CourseSession.id.in_(ids)).options(joinedload(CourseSession.course))
    part = ordered.order_by(CourseSession.ends_on, CourseSession.id).offset(page.start).limit(page.stop - page.start)
    return db.session.scalars(part).all(), _count(ids)


def _count(ids: Select[tuple[uuid.UUID]]) -> int:
    return db.session.scalar(select(func.count()).select_from(ids.subquery())) or 0
