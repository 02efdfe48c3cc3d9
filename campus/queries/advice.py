"""Which courses bring a person forward: what each adds to what they can do, and the local posts it leads to."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select

from campus import clock, db
from campus.matching.answers import CourseGain, Verdict
from campus.matching.judge import judge_course_for_profile
from campus.matching.values import CourseView, Profile
from campus.models import (
    Course,
    CourseOccupation,
    CourseOutcome,
    CourseSession,
    CourseState,
    Occupation,
    OccupationSkill,
)
from campus.queries import judging
from campus.queries.demand_public import posts_by_occupation, rounded

MOST_JUDGED, SHOWN = 60, 10


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
    leads_to_aim: bool
    next_session: CourseSession | None

    @property
    def enters(self) -> bool:
        """Tell whether the person may enter with what they know."""
        return self.gain.entry.verdict == Verdict.YES

    @property
    def order(self) -> tuple[Any, ...]:
        """Rank it: the values of `ORDER`."""
        return tuple(value(self) for value in ORDER.values())


# What ranks the courses advised, the lower the better; the page that explains it is written from these names.
ORDER: dict[str, Callable[[Advice], Any]] = {
    "aim": lambda advice: not advice.leads_to_aim,
    "enters": lambda advice: not advice.enters,
    "levels": lambda advice: -advice.gain.levels,
    "posts": lambda advice: -sum(each.posts for each in advice.posts),
    "title": lambda advice: advice.course.title,
}


def advice_for(levels: Mapping[int, int], aim: Occupation | None) -> list[Advice]:
    """List the courses that add something to these levels, best first."""
    ids = list(db.session.scalars(_candidates(aim).limit(MOST_JUDGED)))
    views = judging.course_views(ids, {})
    posts = _local_posts({key for view in views for key in view.occupation_ids})
    sessions = judging.sessions_to_come(ids)
    judged = [_advice(view, levels, aim, posts=posts, sessions=sessions) for view in views]
    return sorted((each for each in judged if each.gain.levels), key=lambda each: each.order)[:SHOWN]


def gain_of(course_id: uuid.UUID, levels: Mapping[int, int]) -> CourseGain:
    """Say what one course adds to these levels, skill by skill."""
    (view,) = judging.course_views([course_id], {})
    return judge_course_for_profile(view, Profile(dict(levels)))


def _candidates(aim: Occupation | None) -> Select[tuple[uuid.UUID]]:
    """Ask for the courses that lead to an aim or teach skills of its sheet; without one, to what firms look for."""
    published = select(Course.id).where(Course.state == CourseState.PUBLISHED)
    if aim is None:
        sought = {key for key, posts in posts_by_occupation().items() if rounded(posts)}
        leading = select(CourseOccupation.course_id).where(CourseOccupation.occupation_id.in_(sought))
        return published.where(Course.id.in_(leading)).order_by(Course.published_at.desc(), Course.id)
    leading = select(CourseOccupation.course_id).where(CourseOccupation.occupation_id == aim.id)
    sheet = select(OccupationSkill.skill_id).where(OccupationSkill.occupation_id == aim.id)
    taught = (
        select(func.count())
        .where(CourseOutcome.course_id == Course.id, CourseOutcome.skill_id.in_(sheet))
        .scalar_subquery()
    )
    first = Course.id.in_(leading).desc()
    return published.where(or_(Course.id.in_(leading), taught > 0)).order_by(first, taught.desc(), Course.id)


def _local_posts(ids: set[int]) -> dict[int, LocalPosts]:
    told = {key: rounded(posts) for key, posts in posts_by_occupation(ids).items() if rounded(posts)}
    rows = db.session.scalars(select(Occupation).where(Occupation.id.in_(told)))
    return {row.id: LocalPosts(row, told[row.id]) for row in rows}


def _advice(
    view: CourseView,
    levels: Mapping[int, int],
    aim: Occupation | None,
    *,
    posts: Mapping[int, LocalPosts],
    sessions: Mapping[uuid.UUID, list[CourseSession]],
) -> Advice:
    local = [posts[int(str(key))] for key in view.occupation_ids if key in posts]
    coming = sessions.get(uuid.UUID(str(view.id)), [])
    return Advice(
        course=view,
        gain=judge_course_for_profile(view, Profile(dict(levels))),
        posts=tuple(sorted(local, key=lambda each: (-each.posts, each.occupation.code))),
        leads_to_aim=aim is not None and aim.id in view.occupation_ids,
        next_session=next((each for each in coming if _may_be_joined(each)), None),
    )


def _may_be_joined(session: CourseSession) -> bool:
    last_day = session.registration_deadline or session.starts_on
    open_ = session.state in judging.TAKES_PEOPLE and session.seats_left > 0
    return open_ and (last_day is None or last_day >= clock.today())
