"""Which figures of a published table are hidden, so that no firm's plans can be worked out. Pure.

A table has rows (families, cohorts), steps that never grow from left to right, and a total under each step. A figure of
too few posts or too few firms is hidden. Whoever reads the table knows more than the figures: that rows add up to the
totals, that no figure is negative, that a step never exceeds the one before. So others are hidden too, until each
protected figure could still be anything within a wide interval.

A row that is hidden at a step is hidden at all later ones. The intervals then have a closed form: under each step,
hidden figures add up to what is missing of the total, each is at most the last figure that its row shows, and what one
row can be at most is also limited by what was missing under earlier steps (tests/reports/test_hiding.py proves the form
against linear programming).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEWEST_POSTS, FEWEST_FIRMS = 5, 3
Interval = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """The figures of one row, step by step, and how many firms stand behind each."""

    posts: tuple[int, ...]
    firms: tuple[int, ...]

    @property
    def first_small(self) -> int:
        """Give the first step whose figure must be hidden; the number of steps when there is none."""
        pairs = zip(self.posts, self.firms, strict=True)
        return next((step for step, pair in enumerate(pairs) if small(*pair)), len(self.posts))


@dataclass(frozen=True)
class Published:
    """A table as everybody may read it: None for a hidden figure."""

    rows: Mapping[str, tuple[int | None, ...]]
    total: tuple[int | None, ...]


def small(posts: int, firms: int) -> bool:
    """Tell whether so few posts or firms stand behind a figure that a firm's plans could be read off it."""
    return 0 < posts < FEWEST_POSTS or (posts > 0 and firms < FEWEST_FIRMS)


def width_needed(posts: int) -> int:
    """Give how far apart the bounds of a protected figure must lie: five posts, or half of a large figure."""
    return max(FEWEST_POSTS, math.ceil(posts / 2))


def publish(lines: Mapping[str, Line], total: Line, *, shown: int | None = None) -> Published:
    """Hide what must be hidden; `shown` limits the steps of the total to show, where another table hides more."""
    steps = len(total.posts)
    table = _Table(list(lines.values()), total.posts, min(total.first_small, steps if shown is None else shown))
    while (weak := table.weakest()) is not None:
        table.hide_more(weak)
    rows = {key: _cut(line.posts, first) for (key, line), first in zip(lines.items(), table.first, strict=True)}
    return Published(rows, _cut(total.posts, table.shown))


def publish_together(tables: Sequence[Mapping[str, Line]], total: Line) -> list[Published]:
    """Publish several tables of the same posts: a total that one must hide is hidden in all."""
    shown = total.first_small
    while True:
        found = [publish(lines, total, shown=shown) for lines in tables]
        fewest = min(sum(each is not None for each in table.total) for table in found)
        if fewest == shown or not found:
            return found
        shown = fewest


def _cut(posts: Sequence[int], first: int) -> tuple[int | None, ...]:
    return tuple(posts[:first]) + (None,) * (len(posts) - first)


class _Table:
    """A table while it is being hidden: for each row the first hidden step, for the total how many steps it shows."""

    def __init__(self, lines: Sequence[Line], total: Sequence[int], shown: int) -> None:
        self.lines, self.total, self.shown = lines, total, shown
        self.first = [line.first_small for line in lines]
        self.protected = [
            (row, step)
            for row, line in enumerate(lines)
            for step, pair in enumerate(zip(line.posts, line.firms, strict=True))
            if small(*pair)
        ]

    def weakest(self) -> int | None:
        """Give a step under which too little is missing of the total to protect some figure; None when all are safe."""
        self.missing = [self._missing(step) for step in range(self.shown)]
        self.entering = [self._enter(step) for step in range(self.shown)]
        for row, cell in self.protected:
            low, high = self._lowest(row, cell), self._highest(row, cell)
            if high[0] - low[0] < width_needed(self.lines[row].posts[cell]):
                return low[1] if low[0] > 0 else high[1]
        return None

    def hide_more(self, step: int) -> None:
        """Hide one more row from a step on, the smallest that is not empty; the total where no row is left."""
        rows = [row for row, first in enumerate(self.first) if first > step and self.lines[row].posts[step] > 0]
        if rows:
            self.first[min(rows, key=lambda row: (self.lines[row].posts[step], row))] = step
        else:
            self.shown = step

    def _highest(self, row: int, cell: int) -> tuple[float, int]:
        """Give the most a hidden figure can be, and the step that says so: its row's last shown, or what is missing."""
        steps = range(self.first[row], min(cell + 1, self.shown))
        return min([(self._cap(row), cell), *((self.missing[step], step) for step in steps)])

    def _lowest(self, row: int, cell: int) -> tuple[float, int]:
        """Give the least a hidden figure can be, and the step that says so: what the other rows cannot hold."""
        others: float = 0
        found: tuple[float, int] = (0, cell)
        for step in range(self.shown):
            others = min(self.missing[step], others + self._entering(step, besides=row))
            if step >= cell:
                found = max(found, (self.missing[step] - others, step))
        return found

    def _entering(self, step: int, *, besides: int) -> float:
        """Add up the most that the rows first hidden at a step may be, one row left out."""
        rows, caps = self.entering[step]
        if self.first[besides] == step:
            rows, caps = rows - 1, caps - (self._cap(besides) if step else 0)
        return caps if step else (math.inf if rows else 0)

    def _enter(self, step: int) -> tuple[int, float]:
        rows = [row for row, first in enumerate(self.first) if first == step]
        return len(rows), sum(map(self._cap, rows)) if step else 0

    def _cap(self, row: int) -> float:
        """Give the most that the hidden figures of a row may be: the last one it shows."""
        first = self.first[row]
        return self.lines[row].posts[first - 1] if first else math.inf

    def _missing(self, step: int) -> int:
        return sum(line.posts[step] for line, first in zip(self.lines, self.first, strict=True) if first <= step)
