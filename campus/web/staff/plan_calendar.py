"""A plan as a calendar: a line for each room or trainer, weeks in columns, ten at a time.

Sessions that share a week, because each takes some of its half-days, lie in lanes of their line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from campus.models import PlannedSession, SessionPlan
from campus.queries.plan_inputs import WEEK

SHOWN = 10


@dataclass(frozen=True)
class Place:
    """A room or a trainer that a line is about."""

    key: str
    name: str
    note: str = ""


@dataclass(frozen=True)
class Cell:
    """Some weeks of a lane: free, closed, or taken by a session, which may have begun before or go on after."""

    week: int
    weeks: int
    session: PlannedSession | None = None
    closed: bool = False


@dataclass(frozen=True)
class Line:
    """A room or a trainer with their weeks, in as many lanes as sessions share a week."""

    place: Place
    lanes: Sequence[Sequence[Cell]]


@dataclass(frozen=True)
class Calendar:
    """Ten weeks of a plan: their Mondays, the lines, where earlier and later weeks begin (None: there are none)."""

    first: int
    mondays: Sequence[date]
    lines: Sequence[Line]
    before: int | None
    after: int | None
    by_trainer: bool


def calendar(
    plan: SessionPlan, sessions: Sequence[PlannedSession], places: Sequence[Place], *, by_trainer: bool, first: int
) -> Calendar:
    """Lay out ten weeks from one of them on, a line for each place, in their order."""
    first = min(max(first, 0), plan.weeks - 1) // SHOWN * SHOWN
    weeks = range(first, min(first + SHOWN, plan.weeks))
    there: dict[str, list[PlannedSession]] = defaultdict(list)
    for each in sorted(sessions, key=lambda one: (one.week, str(one.id))):
        there[str(each.trainer_id if by_trainer else each.room_id)].append(each)
    return Calendar(
        first,
        [plan.first_day + week * WEEK for week in weeks],
        [Line(place, _lanes(plan, there[place.key], weeks)) for place in places],
        first - SHOWN if first else None,
        first + SHOWN if first + SHOWN < plan.weeks else None,
        by_trainer,
    )


def _lanes(plan: SessionPlan, sessions: Sequence[PlannedSession], weeks: range) -> list[list[Cell]]:
    """Put each session into the first lane that is free for it; there is one lane at least."""
    lanes: list[list[Cell]] = [[]]
    for each in sessions:
        start, end = max(each.week, weeks.start), min(_last(plan, each) + 1, weeks.stop)
        if end <= start:
            continue
        lane = next((one for one in lanes if not one or one[-1].week + one[-1].weeks <= start), None)
        if lane is None:
            lane = []
            lanes.append(lane)
        lane.append(Cell(start, end - start, each))
    closed = set(plan.report.get("closed", ()))
    return [_filled(lane, weeks, closed) for lane in lanes]


def _last(plan: SessionPlan, each: PlannedSession) -> int:
    return (each.ends_on - plan.first_day).days // 7


def _filled(lane: Sequence[Cell], weeks: range, closed: set[int]) -> list[Cell]:
    """Put a cell of one week wherever a lane is free."""
    cells, week = [], weeks.start
    for each in [*lane, Cell(weeks.stop, 0)]:
        cells += [Cell(free, 1, closed=free in closed) for free in range(week, each.week)]
        cells += [each] if each.weeks else []
        week = each.week + each.weeks
    return cells
