"""Local demand as everybody may read it: rounded, and hidden where it is so small that a firm could be read off."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import func, select

from campus import db
from campus.models import (
    Course,
    CourseOccupation,
    CourseSession,
    CourseState,
    Need,
    NeedState,
    Occupation,
    Organisation,
)
from campus.queries.course_sessions import joinable
from campus.queries.firms import count_firms
from campus.reports.hiding import FEWEST_FIRMS, FEWEST_POSTS

ROUNDING = 5
FULL_TENTHS = 10
SEATS_LEFT = CourseSession.seats_max - CourseSession.seats_taken


class _Ahead(NamedTuple):
    """The seats left in the sessions to come, and the next of these: its course, its day, its own seats."""

    seats: int = 0
    course_id: uuid.UUID | None = None
    starts_on: date | None = None
    seats_left: int = 0


NO_SESSION = _Ahead()


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
    return (posts + ROUNDING // 2) // ROUNDING * ROUNDING if posts >= FEWEST_POSTS else 0


def posts_by_occupation(occupation_ids: Collection[int] | None = None) -> dict[int, int]:
    """Add up the posts of the published needs, by occupation, where enough posts and firms are; exact, for rounding."""
    posts = func.sum(Need.posts)
    query = (
        select(Need.occupation_id, posts)
        .join(Organisation, Organisation.id == Need.organisation_id)
        .where(Need.state == NeedState.PUBLISHED, Need.occupation_id.is_not(None))
        .having(posts >= FEWEST_POSTS, count_firms() >= FEWEST_FIRMS)
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
    posts = posts_by_occupation()
    most = sorted(posts, key=lambda key: (-posts[key], key))[:limit]
    labels = {each.id: each.label for each in db.session.scalars(select(Occupation).where(Occupation.id.in_(most)))}
    sessions = _sessions_leading_to(most, on)
    return [_hiring(key, labels[key], posts[key], ahead=sessions.get(key, NO_SESSION)) for key in most]


def _hiring(key: int, label: str, posts: int, *, ahead: _Ahead) -> HiringOccupation:
    tenths = min(FULL_TENTHS, ahead.seats * FULL_TENTHS // posts)
    return HiringOccupation(key, label, rounded(posts), tenths, ahead.course_id, ahead.starts_on, ahead.seats_left)


def _sessions_leading_to(ids: Collection[int], on: date) -> dict[int, _Ahead]:
    """Give, for each occupation, the seats left in all sessions of courses that lead there, and the next of these."""
    key, order = CourseOccupation.occupation_id, (CourseSession.starts_on.is_(None), CourseSession.starts_on)
    place = func.row_number().over(partition_by=key, order_by=(*order, CourseSession.id)).label("place")
    seats = func.sum(SEATS_LEFT).over(partition_by=key).label("seats")
    ranked = (
        select(key, seats, Course.id, CourseSession.starts_on, SEATS_LEFT.label("seats_left"), place)
        .join(Course, Course.id == CourseOccupation.course_id)
        .join(CourseSession, CourseSession.course_id == Course.id)
        .where(key.in_(ids), Course.state == CourseState.PUBLISHED, joinable(on), SEATS_LEFT > 0)
        .subquery()
    )
    rows = db.session.execute(select(ranked).where(ranked.c.place == 1))
    return {row.occupation_id: _Ahead(row.seats, row.id, row.starts_on, row.seats_left) for row in rows}
