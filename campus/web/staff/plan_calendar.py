"""A plan as a calendar: a line for each room or trainer, weeks in columns, ten at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from campus.models import PlannedSession, SessionPlan
from campus.queries.plan_inputs import WEEK

SHOWN = 10


@dataclass(frozen=True)
class Cell:
    """Some weeks of a line: free, or taken by a session, which may have begun before or go on after."""

    weeks: int
    session: PlannedSession | None = None


@dataclass(frozen=True)
class Line:
    """A room or a trainer with their weeks."""

    name: str
    note: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Calendar:
    """Ten weeks of a plan: their Mondays, the lines, where earlier and later weeks begin (None: there are none)."""

    first: int
    mondays: Sequence[date]
    lines: Sequence[Line]
    before: int | None
    after: int | None


def calendar(plan: SessionPlan, sessions: Sequence[PlannedSession], *, by_trainer: bool, first: int) -> Calendar:
    """Lay out ten weeks from one of them on."""
    first = min(max(first, 0), plan.weeks - 1) // SHOWN * SHOWN
    weeks = range(first, min(first + SHOWN, plan.weeks))
    lines: dict[tuple[str, str], list[PlannedSession]] = defaultdict(list)
    for each in sessions:
        key = (each.trainer.display_name, "") if by_trainer else (each.room.name, str(each.room.capacity))
        lines[key].append(each)
    return Calendar(
        first,
        [plan.first_day + week * WEEK for week in weeks],
        [Line(name, note, _cells(plan, lines[name, note], weeks)) for name, note in sorted(lines)],
        first - SHOWN if first else None,
        first + SHOWN if first + SHOWN < plan.weeks else None,
    )


def _cells(plan: SessionPlan, sessions: Sequence[PlannedSession], weeks: range) -> list[Cell]:
    """Fill a line from left to right; where two sessions clash the later one is cut, and the check tells of it."""
    cells, week = [], weeks.start
    for each in sorted(sessions, key=lambda one: one.week):
        start, end = max(each.week, week), min((each.ends_on - plan.first_day).days // 7 + 1, weeks.stop)
        if end <= start:
            continue
        cells.extend([Cell(1)] * (start - week))
        cells.append(Cell(end - start, each))
        week = end
    return cells + [Cell(1)] * (weeks.stop - week)
