"""The other way round: the needs that wait for a course, and the needs that are like a need."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, func, or_, select

from campus import clock, db
from campus.matching.answers import Match
from campus.matching.judge import Judge
from campus.matching.likeness import Likeness, most_alike
from campus.matching.values import Rules
from campus.models import Course, Need, NeedSkill, Occupation, Organisation
from campus.queries import judging
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

    @property
    def order(self) -> tuple[Any, ...]:
        """Rank it: the values of `ORDER`."""
        return tuple(value(self) for value in ORDER.values())


# What ranks the needs of a course, the lower the better; the page that explains it is written from these names.
ORDER: dict[str, Callable[[WaitingNeed], Any]] = {
    "gates_closed": lambda one: len(one.match.closed_gates),
    "essential_share": lambda one: -one.match.coverage.essential_met / max(one.match.coverage.essential_total, 1),
    "essential_missing": lambda one: one.match.coverage.essential_missing,
    "posts": lambda one: -one.need.posts,
    "reference": lambda one: one.need.reference,
}


@dataclass(frozen=True)
class WaitingNeeds:
    """The needs that wait for a course, the nearest first; `judged` of those `concerned` were looked at."""

    lines: tuple[WaitingNeed, ...]
    found: int
    covered: int
    posts: int
    concerned: int
    judged: int


@dataclass(frozen=True)
class AlikeNeed:
    """A need that is like another."""

    need: NeedLine
    likeness: Likeness


def count_concerned(course: Course) -> int:
    """Count the open needs that a course, published or not, can concern."""
    return len(judging.open_needs_concerned(course))


def needs_waiting(course: Course) -> WaitingNeeds:
    """Judge a course, published or not, for the open needs it concerns; in eight queries however many they are."""
    near = _sharing_most(judging.concerned_by(course), [each.skill_id for each in course.outcomes])
    lines, sheets = near.lines, judging.sheets_of(near.trades)
    views = judging.course_views([course.id], sheets)
    judge = Judge(Rules(), today=clock.today())
    found = [
        WaitingNeed(lines[uuid.UUID(str(view.id))], match)
        for view in judging.need_views(list(lines), sheets)
        for match in judge.judge(view, views).matches
        if match.coverage.essential_high or match.coverage.desired_high
    ]
    full = [each for each in found if each.match.coverage.essential_met == each.match.coverage.essential_total]
    return WaitingNeeds(
        lines=tuple(sorted(found, key=lambda each: each.order)[:SHOWN]),
        found=len(found),
        covered=len(full),
        posts=sum(each.need.posts for each in found),
        concerned=near.total,
        judged=len(lines),
    )


def needs_alike(need: Need) -> list[AlikeNeed]:
    """List the open needs most like one, of any firm, the likest first."""
    skills = [each.skill_id for each in need.skills]
    ways = [Need.id.in_(select(NeedSkill.need_id).where(NeedSkill.skill_id.in_(skills)))]
    if need.occupation is not None:
        family = select(Occupation.id).where(Occupation.parent_code == need.occupation.parent_code)
        ways += [Need.occupation_id == need.occupation_id, Need.occupation_id.in_(family)]
    others = select(Need.id).where(Need.state.in_(OPEN), Need.id != need.id, or_(*ways))
    lines = _sharing_most(others, skills).lines
    views = {view.id: view for view in judging.need_views([need.id, *lines], {})}
    own = views.pop(str(need.id))
    alike = most_alike(own, views.values(), least=LEAST_ALIKE, limit=MOST_ALIKE)
    return [AlikeNeed(lines[uuid.UUID(str(key))], likeness) for key, likeness in alike]


@dataclass(frozen=True)
class Near:
    """Needs that share skills, those that share most; how many there are in all, and their trades."""

    lines: dict[uuid.UUID, NeedLine]
    total: int
    trades: frozenset[int | None]


def _sharing_most(ids: Select, skills: Collection[int]) -> Near:
    """Keep of some needs those that share most of these skills, so that a page costs no more with many."""
    shared = select(func.count()).where(NeedSkill.need_id == Need.id, NeedSkill.skill_id.in_(skills)).scalar_subquery()
    columns = (Need.reference, Need.title, Need.posts, Need.latest, Need.organisation_id, Organisation.name)
    rows = db.session.execute(
        select(func.count().over(), Need.occupation_id, Need.id, *columns)
        .join(Organisation, Organisation.id == Need.organisation_id)
        .where(Need.id.in_(ids))
        .order_by(shared.desc(), Need.id)
        .limit(MOST_JUDGED)
    ).all()
    return Near(
        lines={row[2]: NeedLine(*row[2:]) for row in rows},
        total=rows[0][0] if rows else 0,
        trades=frozenset(row[1] for row in rows),
    )
