"""What demand is added up from, as arrays that never change, and the sums. Pure.

Two sheets: needs with the skills that they ask, and courses with what they teach, the occupations that they lead to and
their sessions. A sheet is brought up to date by taking out the rows of some keys and putting others in: what is kept in
memory costs as much as what was written, not as much as there is. Days are proleptic ordinals; 0 is "no date".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.void]
Numbers = NDArray[np.int64]
Kinds = Mapping[str, list[Any]]

KEY = "S16"  # the 16 bytes of a UUID: all of one length, so that trailing zeros are told apart
LEVELS = 8  # a skill and a level make one number: skill * LEVELS + level, 0 being "level not known"
NEEDS: Kinds = {
    "": [("key", KEY), ("firm", KEY), ("posts", "i4"), ("day", "i4"), ("occupation", "i4")],
    "asked": [("owner", "i4"), ("number", "i4")],
}
COURSES: Kinds = {
    "": [("key", KEY)],
    "taught": [("owner", "i4"), ("number", "i4")],
    "leads": [("owner", "i4"), ("occupation", "i4")],
    "sessions": [("owner", "i4"), ("seats", "i4"), ("day", "i4")],
}


@dataclass(frozen=True)
class Sheet:
    """Rows with a key, and parts whose rows say in `owner` which row they belong to, by its place."""

    head: Rows
    parts: Mapping[str, Rows]

    @classmethod
    def of(cls, kinds: Kinds, rows: Sequence[tuple[Any, ...]], **parts: Sequence[tuple[Any, ...]]) -> Sheet:
        """Make a sheet of tuples in the order of the columns; those of a part begin with the place of their owner."""
        return cls(np.array(rows, kinds[""]), {name: np.array(parts[name], kinds[name]) for name in kinds if name})

    def updated(self, keys: Collection[bytes], fresh: Sheet) -> Sheet:
        """Give the sheet without the rows of these keys, then with the fresh ones."""
        kept = ~np.isin(self.head["key"], np.array(list(keys), KEY))
        place = np.cumsum(kept) - 1
        parts = {}
        for name, rows in self.parts.items():
            old, new = rows[kept[rows["owner"]]].copy(), fresh.parts[name].copy()
            old["owner"] = place[old["owner"]]
            new["owner"] += int(kept.sum())
            parts[name] = np.concatenate([old, new])
        return Sheet(np.concatenate([self.head[kept], fresh.head]), parts)


@dataclass(frozen=True)
class Facts:
    """All that demand and the seats planned are computed from."""

    needs: Sheet
    courses: Sheet


@dataclass(frozen=True)
class Sums:
    """One line per number, in ascending order, and its sums by column: shape (lines, columns)."""

    numbers: Numbers
    table: Numbers

    def at(self, numbers: Numbers) -> Numbers:
        """Give the lines of these numbers; zeros where there is none. Shape (numbers, columns)."""
        if not len(self.numbers):
            return np.zeros((len(numbers), self.table.shape[1]), np.int64)
        places = np.minimum(np.searchsorted(self.numbers, numbers), len(self.numbers) - 1)
        return np.where((self.numbers[places] == numbers)[:, None], self.table[places], 0)


def summed(numbers: Numbers, columns: Numbers, amounts: Numbers, *, width: int) -> Sums:
    """Add amounts up by number and column, of which there are `width`; all three have one row per amount."""
    found, line = np.unique(numbers, return_inverse=True)
    total = np.bincount(line * width + columns, weights=amounts, minlength=len(found) * width)
    return Sums(found.astype(np.int64), np.rint(total).astype(np.int64).reshape(-1, width))


def columns_of(days: Numbers, ends: Numbers) -> Numbers:
    """Place days among columns that end before these days; then comes "later", then "no date". Counted from 0."""
    return np.where(days == 0, len(ends) + 1, np.searchsorted(ends, days, side="right"))


def unpacked(texts: Sequence[str | None]) -> list[tuple[int, int]]:
    """Read numbers that a database has strung together with commas; each stands beside the place of its text."""
    return [(place, int(number)) for place, text in enumerate(texts) if text for number in text.split(",")]


def posts_by_skill(facts: Facts, ends: Numbers) -> Sums:
    """Add up the posts that ask a skill at a level."""
    head, asked = facts.needs.head, facts.needs.parts["asked"]
    columns, posts = columns_of(head["day"], ends), head["posts"]
    owner = asked["owner"]
    return summed(asked["number"], columns[owner], posts[owner], width=len(ends) + 2)


def posts_by_occupation(facts: Facts, ends: Numbers) -> tuple[Sums, Sums]:
    """Add up the posts of an occupation, and count the firms that ask for them."""
    head = facts.needs.head[facts.needs.head["occupation"] > 0]
    numbers, columns = head["occupation"].astype(np.int64) * LEVELS, columns_of(head["day"], ends)
    _firms, firm = np.unique(head["firm"], return_inverse=True)
    once = np.unique(np.stack([numbers, columns, firm], axis=1), axis=0)
    width = len(ends) + 2
    firms = summed(once[:, 0], once[:, 1], np.ones(len(once), np.int64), width=width)
    return summed(numbers, columns, head["posts"], width=width), firms


def seats_by_skill(facts: Facts, ends: Numbers, asked: Numbers) -> Numbers:
    """Add up the seats that serve a skill at a level asked: those of courses that lead to that level, or higher."""
    taught = facts.courses.parts["taught"]
    seats = _seats_by_course(facts, ends)[taught["owner"]]
    total = np.zeros((len(asked), seats.shape[1]), np.int64)
    for level in range(1, LEVELS):
        here = taught["number"] % LEVELS == level
        reached = _by_number(taught["number"][here] // LEVELS, seats[here]).at(asked // LEVELS)
        total += np.where((asked % LEVELS <= level)[:, None], reached, 0)
    return total


def seats_by_occupation(facts: Facts, ends: Numbers, asked: Numbers) -> Numbers:
    """Add up the seats of courses that lead to an occupation."""
    leads = facts.courses.parts["leads"]
    return _by_number(leads["occupation"], _seats_by_course(facts, ends)[leads["owner"]]).at(asked // LEVELS)


def _seats_by_course(facts: Facts, ends: Numbers) -> Numbers:
    """Give shape (courses, columns)."""
    sessions, width = facts.courses.parts["sessions"], len(ends) + 2
    place = sessions["owner"].astype(np.int64) * width + columns_of(sessions["day"], ends)
    total = np.bincount(place, weights=sessions["seats"], minlength=len(facts.courses.head) * width)
    return np.rint(total).astype(np.int64).reshape(-1, width)


def _by_number(numbers: Any, table: Numbers) -> Sums:
    """Add up the lines of a table that have the same number."""
    found, line = np.unique(numbers, return_inverse=True)
    total = np.zeros((len(found), table.shape[1]), np.int64)
    np.add.at(total, line, table)
    return Sums(found.astype(np.int64), total)
