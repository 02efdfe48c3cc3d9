"""The other way round: the needs that wait for a course, and the needs that are like a need."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select

from campus import clock, db
from campus.matching.answers import Match
from campus.matching.judge import Judge
from campus.matching.likeness import Likeness, most_alike
from campus.matching.values import CourseView, NeedView
from campus.models import Course, Need, NeedSkill, Occupation, Organisation
from campus.queries import judging
from campus.queries.judging import RULES
from campus.queries.live_index import live
from campus.queries.live_loading import in_parts
from campus.queries.needs import OPEN

MOST_JUDGED, SHOWN = 120, 12
LEAST_ALIKE, MOST_ALIKE = 0.4, 6


@dataclass(frozen=True)
class NeedLine:
    """What a list shows of a need."""

    id: uuid.UUID
    reference: str
    title: str
    posts: int
    latest: date | None
    organisation_id: uuid.UUID
    site: str


@dataclass(frozen=True)
class WaitingNeed:
    """A need that a course would bring forward, and what the judge says of the two."""

    need: NeedLine
    match: Match


class Place(NamedTuple):
    """Where a need stands for a course; what it names first counts first."""

    closed: int
    met: int
    missing: int
    essential: int
    need: NeedView

    @property
    def order(self) -> tuple[Any, ...]:
        """Rank it: the values of `ORDER`, but the last."""
        return tuple(value(self) for value in ORDER.values() if value is not None)


# What ranks the needs of a course, the lower the better; the page that explains it is written from these names.
# References are read last, and only where all before them is equal.
ORDER: dict[str, Callable[[Place], Any] | None] = {
    "gates_closed": lambda one: one.closed,
    "essential_share": lambda one: -one.met / max(one.essential, 1),
    "essential_missing": lambda one: one.missing,
    "posts": lambda one: -one.need.posts,
    "reference": None,
}


@dataclass(frozen=True)
class WaitingNeeds:
    """The needs that wait for a course: the first of them, how many, how many wholly covered, their posts."""

    lines: tuple[WaitingNeed, ...]
    found: int
    covered: int
    posts: int


@dataclass(frozen=True)
class AlikeNeed:
    """A need that is like another."""

    need: NeedLine
    likeness: Likeness


def count_concerned(course: Course) -> int:
    """Count the open needs that a course, published or not, has something to do with; its lines must be loaded."""
    view = judging.undated(course)
    with live() as index:
        waiting = index.waiting(db.session())
        with index.including(view):
            return len(waiting.concerned(view.id))


def needs_waiting(course: Course) -> WaitingNeeds:
    """Judge a course, published or not, for all open needs of which it teaches a skill, or one close to it."""
    (view,) = judging.course_views([course.id], {})
    places = _places(view)
    first = _first(places)
    return WaitingNeeds(
        lines=_judged(view, first),
        found=len(places),
        covered=sum(each.met == each.essential for each in places),
        posts=sum(each.need.posts for each in places),
    )


def _places(course: CourseView) -> list[Place]:
    """Say where each need stands for a course, the first in front; equals in any order."""
    with live() as index:
        waiting = index.waiting(db.session())
        with index.including(course) as row:
            found = waiting.brought_forward(row)
    numbers = zip(*(column.tolist() for column in found[1:]), strict=True)
    places = [Place(*some, need.view) for some, need in zip(numbers, found.needs, strict=True)]
    return sorted(places, key=lambda each: each.order)


def _first(places: Sequence[Place]) -> list[tuple[NeedLine, NeedView]]:
    """Read what the list shows of the first needs; of equals the older reference is first."""
    running = [each for each in places if each.order <= places[min(SHOWN, len(places)) - 1].order]
    keys = [uuid.UUID(str(each.need.id)) for each in running]
    lines = {line.id: line for part in in_parts(keys) for line in _lines(Need.id.in_(part))}
    found = [(each.order, lines[key], each.need) for key, each in zip(keys, running, strict=True)]
    return [each[1:] for each in sorted(found, key=lambda each: (each[0], each[1].reference))[:SHOWN]]


def _judged(course: CourseView, first: Sequence[tuple[NeedLine, NeedView]]) -> tuple[WaitingNeed, ...]:
    """Judge the course for these needs, sheets included."""
    sheets = judging.sheets_of(need.occupation_id for _, need in first)
    judge, seen = Judge(RULES, today=clock.today()), judging.with_sheets(course, sheets)
    return tuple(
        WaitingNeed(line, match)
        for line, need in first
        for match in judge.judge(judging.on_own_sheet(need, sheets), [seen]).matches
    )


def needs_alike(need: Need) -> list[AlikeNeed]:
    """List the open needs most like one, of any firm, the likest first."""
    skills = [each.skill_id for each in need.skills]
    ways = [Need.id.in_(select(NeedSkill.need_id).where(NeedSkill.skill_id.in_(skills)))]
    if need.occupation is not None:
        family = select(Occupation.id).where(Occupation.parent_code == need.occupation.parent_code)
        ways += [Need.occupation_id == need.occupation_id, Need.occupation_id.in_(family)]
    others = select(Need.id).where(Need.state.in_(OPEN), Need.id != need.id, or_(*ways))
    lines = _sharing_most(others, skills)
    views = {view.id: view for view in judging.need_views([need.id, *lines], {})}
    own = views.pop(str(need.id))
    alike = most_alike(own, views.values(), least=LEAST_ALIKE, limit=MOST_ALIKE)
    return [AlikeNeed(lines[uuid.UUID(str(key))], likeness) for key, likeness in alike]


def _sharing_most(ids: Select, skills: Collection[int]) -> dict[uuid.UUID, NeedLine]:
    """Keep of some needs those that share most of these skills, so that a page costs no more with many."""
    shared = select(func.count()).where(NeedSkill.need_id == Need.id, NeedSkill.skill_id.in_(skills)).scalar_subquery()
    chosen = select(Need.id).where(Need.id.in_(ids)).order_by(shared.desc(), Need.id).limit(MOST_JUDGED)
    return {line.id: line for line in _lines(Need.id.in_(chosen))}


def _lines(condition: ColumnElement[bool]) -> list[NeedLine]:
    columns = (Need.reference, Need.title, Need.posts, Need.latest, Need.organisation_id, Organisation.name)
    rows = db.session.execute(
        select(Need.id, *columns).join(Organisation, Organisation.id == Need.organisation_id).where(condition)
    )
    return [NeedLine(*row) for row in rows]
