"""Which courses bring a person forward: what each adds to what they can do, and the local posts it leads to."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import select

from campus import clock, db
from campus.matching.advised import Sought, additions
from campus.matching.answers import CourseGain, Verdict
from campus.matching.judge import judge_course_for_profile
from campus.matching.values import CourseView, Profile
from campus.models import Course, CourseSession, Occupation
from campus.queries import judging
from campus.queries.demand_public import posts_by_occupation, rounded
from campus.queries.live_index import live
from campus.queries.live_loading import in_parts

SHOWN = 10


@dataclass(frozen=True)
class LocalPosts:
    """An occupation and how many posts, about, wait for people near Chartres."""

    occupation: Occupation
    posts: int


@dataclass(frozen=True)
class Advice:
    """A course, what it adds to the person, the posts it leads to, and its next session with a free seat."""

    course: CourseView
    gain: CourseGain
    posts: tuple[LocalPosts, ...]
    next_session: CourseSession | None

    @property
    def entry(self) -> Verdict:
        """Tell whether the person may enter with what they know; not known where they have not said."""
        return self.gain.entry.verdict


class Standing(NamedTuple):
    """Where a course stands for a person; what it names first counts first."""

    enters: int
    sure: int
    most: int
    posts: int
    leads_to_aim: bool
    course_id: uuid.UUID

    @property
    def order(self) -> tuple[Any, ...]:
        """Rank it: the values of `ORDER`, but the last."""
        return tuple(value(self) for value in ORDER.values() if value is not None)


# What ranks the courses advised, the lower the better; the page that explains it is written from these names.
# Titles are read last, and only where all before them is equal.
ORDER: dict[str, Callable[[Standing], Any] | None] = {
    "aim": lambda one: not one.leads_to_aim,
    "enters": lambda one: one.enters,
    "levels": lambda one: -one.most,
    "levels_sure": lambda one: -one.sure,
    "posts": lambda one: -one.posts,
    "title": None,
}


def advice_for(levels: Mapping[int, int], aim: Occupation | None) -> list[Advice]:
    """List the courses that may add something to these levels, best first: to an aim, or to what firms look for."""
    told = {key: rounded(posts) for key, posts in posts_by_occupation().items()}
    with live() as index:
        sought = Sought([aim.id], index.sheet(aim.id)) if aim else Sought(list(told))
        found = additions(index.courses.store, levels, sought, weights=told)
        ids = [uuid.UUID(str(index.courses.store.ids.id_of(row))) for row in found.rows.tolist()]
    numbers = (column.tolist() for column in (found.enters, found.sure, found.most, found.weight, found.leads))
    rows = zip(*numbers, ids, strict=True)
    standings = [Standing(*row[:4], aim is not None and bool(row[4]), row[5]) for row in rows]
    return _shown(_first(standings), levels, told)


def _first(standings: list[Standing]) -> list[uuid.UUID]:
    """Keep the first; of equals, those first in the alphabet."""
    orders = {each.course_id: each.order for each in standings}
    last = sorted(orders.values())[:SHOWN][-1:]
    running = [key for key, order in orders.items() if [order] <= last]
    read = (select(Course.id, Course.title).where(Course.id.in_(part)) for part in in_parts(running))
    titles = {row.id: row.title for query in read for row in db.session.execute(query)}
    return sorted(running, key=lambda key: (orders[key], titles[key], key))[:SHOWN]


def _shown(ids: list[uuid.UUID], levels: Mapping[int, int], told: Mapping[int, int]) -> list[Advice]:
    views = {view.id: view for view in judging.course_views(ids, {}, dated=False)}
    posts = _local_posts({int(str(key)) for view in views.values() for key in view.occupation_ids}, told)
    sessions = judging.sessions_to_come(ids)
    return [_advice(views[str(key)], levels, posts=posts, coming=sessions.get(key, [])) for key in ids]


def gain_of(course_id: uuid.UUID, levels: Mapping[int, int]) -> CourseGain:
    """Say what one course adds to these levels, skill by skill."""
    (view,) = judging.course_views([course_id], {}, dated=False)
    return judge_course_for_profile(view, Profile(dict(levels)))


def _local_posts(ids: set[int], told: Mapping[int, int]) -> dict[int, LocalPosts]:
    rows = db.session.scalars(select(Occupation).where(Occupation.id.in_(ids & told.keys())))
    return {row.id: LocalPosts(row, told[row.id]) for row in rows}


def _advice(
    view: CourseView, levels: Mapping[int, int], *, posts: Mapping[int, LocalPosts], coming: list[CourseSession]
) -> Advice:
    local = [posts[int(str(key))] for key in view.occupation_ids if key in posts]
    return Advice(
        course=view,
        gain=judge_course_for_profile(view, Profile(dict(levels))),
        posts=tuple(sorted(local, key=lambda each: (-each.posts, each.occupation.code))),
        next_session=next((each for each in coming if _may_be_joined(each)), None),
    )


def _may_be_joined(session: CourseSession) -> bool:
    last_day = session.registration_deadline or session.starts_on
    open_ = session.state in judging.TAKES_PEOPLE and session.seats_left > 0
    return open_ and (last_day is None or last_day >= clock.today())
