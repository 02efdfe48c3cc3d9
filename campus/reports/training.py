"""What course sessions brought: seats, people who began, finished or stopped, and how they liked it. Pure.

A session counts from its first day on, unless it was called off. Somebody began who came at least once; the rate of
completion rests on the sessions that have ended, the fill on the seats of the sessions that began.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import NamedTuple

BEGAN = frozenset({"attended", "completed", "completed_part", "dropped_out"})
FINISHED = frozenset({"completed", "completed_part"})
FIGURES = (
    "sessions",
    "seats",
    "began",
    "over",
    "completed",
    "part",
    "dropped",
    "absent",
    "opinions",
    "points",
    "ended",
)
NOT_HELD = frozenset({"preparation", "cancelled", "postponed"})
Figures = tuple[int, ...]
NONE: Figures = (0,) * len(FIGURES)
Person = tuple[str, int | None]


class Taught(NamedTuple):
    """Where a session is counted: the quarter it began in, its course, the family of the course's first trade."""

    quarter: str
    course: str
    family: str


Training = Mapping[Taught, Figures]


def figures_of(seats: int, people: Mapping[Person, int], *, over: bool) -> Figures:
    """Count one session: its seats, and its people by state and opinion (1 to 5, None without one)."""

    def count(states: frozenset[str]) -> int:
        return sum(n for (state, _score), n in people.items() if state in states)

    opinions = sum(n for (_state, score), n in people.items() if score is not None)
    points = sum(n * score for (_state, score), n in people.items() if score is not None)
    began, completed = count(BEGAN), count(frozenset({"completed"}))
    part, dropped, absent = (count(frozenset({each})) for each in ("completed_part", "dropped_out", "absent"))
    finished = completed + part
    ended = (began, finished) if over else (0, 0)
    return (1, seats, began, ended[0], completed, part, dropped, absent, opinions, points, ended[1])


def read_figures(kept: Figures) -> Figures:
    """Read figures as a day kept them: by the first rules everybody who finished counted, the session ended or not."""
    known = dict(zip(FIGURES, kept, strict=False))
    return kept if "ended" in known else (*kept, known["completed"] + known["part"])


def by_rules(figures: Figures, rules: str) -> Figures:
    """Give figures as days are kept by some rules."""
    return figures[:-1] if rules == "1" else figures


def add(some: Figures, more: Figures) -> Figures:
    """Add figures up, one by one."""
    return tuple(map(operator.add, some, more))


def grouped(training: Training, key: Callable[[Taught], str]) -> dict[str, dict[str, int]]:
    """Add sessions up by quarter, by course or by family."""
    found: dict[str, Figures] = {}
    for taught, figures in training.items():
        found[key(taught)] = add(found.get(key(taught), NONE), figures)
    return {name: dict(zip(FIGURES, figures, strict=True)) for name, figures in sorted(found.items())}


def total(training: Training) -> dict[str, int]:
    """Add all sessions up."""
    return grouped(training, lambda _taught: "").get("", dict(zip(FIGURES, NONE, strict=True)))
