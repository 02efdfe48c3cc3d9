"""How long posts take from one step to the next: days, for the posts that have come so far. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from campus.lifecycles.coverage import PLACE
from campus.reports.funnel import COVERED

LEGS = (
    ("declared", "seats"),
    ("seats", "enrolled"),
    ("enrolled", "completed"),
    ("completed", "hired"),
    ("hired", "stayed"),
    ("declared", "hired"),
)


@dataclass(frozen=True)
class Delay:
    """The days between two steps: the middle one, and those at a quarter and at three quarters; None without a post."""

    start: str
    end: str
    n: int
    middle: int | None = None
    low: int | None = None
    high: int | None = None


def steps_reached(declared: date, state: str, first: Mapping[str, date]) -> dict[str, date]:
    """Give the day on which a post first came to each step that it has reached: that of its first line so far or on."""
    found = {"declared": declared}
    for step, kind in COVERED.items():
        days = [day for name, day in first.items() if PLACE.get(name, 0) >= PLACE[kind]]
        if PLACE.get(state, 0) >= PLACE[kind] and days:
            found[step] = min(days)
    return found


def delays(posts: Iterable[Mapping[str, date]]) -> list[Delay]:
    """Give the delay of each leg; a middle between two days is the lower one, so that it is a day of some post."""
    known = list(posts)
    return [_delay(start, end, known) for start, end in LEGS]


def _delay(start: str, end: str, posts: list[Mapping[str, date]]) -> Delay:
    days = sorted((each[end] - each[start]).days for each in posts if start in each and end in each)
    if not days:
        return Delay(start, end, 0)
    quarter = (len(days) - 1) // 4
    return Delay(start, end, len(days), statistics.median_low(days), days[quarter], days[-1 - quarter])
