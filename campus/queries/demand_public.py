"""Local demand as everybody may read it: rounded, and hidden where it is so small that a firm could be read off."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select

from campus import db
from campus.models import Course, CourseOccupation, CourseSession, CourseState, Need, NeedState, Occupation
from campus.queries.course_sessions import joinable

ROUNDING = 5
SMALLEST = 5
FULL_TENTHS = 10
SEATS_LEFT = CourseSession.seats_max - CourseSession.seats_taken
NO_SESSION: tuple[None, None, int] = (None, None, 0)


@dataclass(frozen=True, slots=True)
class HiringOccupation:
    """An occupation that firms look for: posts rounded, the share of them with a seat, the next course session."""

    occupation_id: int
    label: str
    posts: int
    tenths: int
    course_id: uuid.UUID | None
    starts_on: date | None
    seats_left: int


def rounded(posts: int) -> int:
    """Round a number of posts so that no firm is recognised in it; 0 when it is too small to be told."""
    return (posts + ROUNDING // 2) // ROUNDING * ROUNDING if posts >= SMALLEST else 0


def posts_by_occupation(occupation_ids: Collection[int] | None = None) -> dict[int, int]:
    """Add up the posts of the published needs, by occupation; exact, for the staff and for rounding."""
    query = select(Need.occupation_id, func.sum(Need.posts)).where(
        Need.state == NeedState.PUBLISHED, Need.occupation_id.is_not(None)
    )
    if occupation_ids is not None:
        query = query.where(Need.occupation_id.in_(occupation_ids))
    return {key: posts for key, posts in db.session.execute(query.group_by(Need.occupation_id)) if key is not None}


def demand_for(course: Course) -> list[tuple[Occupation, int]]:
    """List the occupations of a course with the rounded posts to fill, the most sought first, hidden ones left out."""
    posts = posts_by_occupation([each.id for each in course.occupations])
    told = [(each, rounded(posts.get(each.id, 0))) for each in course.occupations]
    return sorted(((each, count) for each, count in told if count), key=lambda pair: (-pair[1], pair[0].code))


def occupations_hiring(on: date, *, limit: int = 5) -> list[HiringOccupation]:
    """List the occupations with the most posts to fill, and the next session of a course that leads there."""
    posts = {key: count for key, count in posts_by_occupation().items() if rounded(count)}
    most = sorted(posts, key=lambda key: (-posts[key], key))[:limit]
    labels = {each.id: each.label for each in db.session.scalars(select(Occupation).where(Occupation.id.in_(most)))}
    seats, next_ones = _seats_leading_to(most, on), _next_leading_to(most, on)
    return [
        HiringOccupation(
            key,
            labels[key],
            rounded(posts[key]),
            min(FULL_TENTHS, seats.get(key, 0) * FULL_TENTHS // posts[key]),
            *next_ones.get(key, NO_SESSION),
        )
        for key in most
    ]


def _leading_to(ids: Collection[int], on: date) -> list[ColumnElement[bool]]:
    return [CourseOccupation.occupation_id.in_(ids), Course.state == CourseState.PUBLISHED, joinable(on)]


def _seats_leading_to(ids: Collection[int], on: date) -> dict[int, int]:
    """Add up the seats left in the sessions of the courses that lead to each occupation."""
    rows = db.session.execute(
        select(CourseOccupation.occupation_id, func.sum(SEATS_LEFT))
        .join(Course, Course.id == CourseOccupation.course_id)
        .join(CourseSession, CourseSession.course_id == Course.id)
        .where(*_leading_to(ids, on))
        .group_by(CourseOccupation.occupation_id)
    )
    return dict(rows.all())


def _next_leading_to(ids: Collection[int], on: date) -> dict[int, tuple[uuid.UUID, date | None, int]]:
    """Give the next session with a seat of a course that leads to each occupation: course, day, seats left."""
    order = (CourseSession.starts_on.is_(None), CourseSession.starts_on, CourseSession.id)
    place = func.row_number().over(partition_by=CourseOccupation.occupation_id, order_by=order).label("place")
    ranked = (
        select(
            CourseOccupation.occupation_id, Course.id, CourseSession.starts_on, SEATS_LEFT.label("seats_left"), place
        )
        .join(Course, Course.id == CourseOccupation.course_id)
        .join(CourseSession, CourseSession.course_id == Course.id)
        .where(*_leading_to(ids, on), SEATS_LEFT > 0)
        .subquery()
    )
    shown = (ranked.c.occupation_id, ranked.c.id, ranked.c.starts_on, ranked.c.seats_left)
    rows = db.session.execute(select(*shown).where(ranked.c.place == 1))
    return {key: (course_id, day, left) for key, course_id, day, left in rows}
