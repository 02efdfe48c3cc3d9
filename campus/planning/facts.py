"""What demand is added up from, as arrays that never change, and the sums. Pure.

Three sheets: needs with the skills that they ask, needs that have ended and what became of their posts, and courses
with what they teach, the occupations that they lead to and their sessions. A sheet is brought up to date by taking out
the rows of some keys and putting others in: what is kept in memory costs as much as what was written, not as much as
there is. Days are proleptic ordinals; 0 is "no date".
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.void]
Numbers = NDArray[np.int64]
Lines = NDArray[Any]  # what the lines of a table are about: numbers, or codes
Marks = NDArray[np.bool_]
Kinds = Mapping[str, list[Any]]

STEPS = ("declared", "confirmed", "committed", "seated", "trained", "hired")  # each a part of the one before
KEY = "S16"  # the 16 bytes of a UUID: all of one length, so that trailing zeros are told apart
FIRM = "S9"  # a SIREN, which all sites of a firm share
CODE = "S8"  # a family of occupations, an employment area
LEVELS = 8  # a skill and a level make one number: skill * LEVELS + level, 0 being "level not known"
NEEDS: Kinds = {
    "": [
        *(("key", KEY), ("site", KEY), ("firm", FIRM), ("day", "i4")),
        *(("occupation", "i4"), ("family", CODE), ("area", CODE)),
        *((step, "i4") for step in STEPS),
    ],
    "asked": [("owner", "i4"), ("number", "i4")],
}
PAST: Kinds = {"": [("key", KEY), *((name, "i4") for name in ("declared", "confirmed", "committed", "converted"))]}
COURSES: Kinds = {
    "": [("key", KEY)],
    "taught": [("owner", "i4"), ("number", "i4")],
    "leads": [("owner", "i4"), ("occupation", "i4"), ("family", CODE)],
    "sessions": [("owner", "i4"), ("key", KEY), ("seats", "i4"), ("day", "i4"), ("area", CODE)],
}


def whole_key(written: bytes) -> bytes:
    """Give the 16 bytes of a key that was read off an array, which leaves the zeros at the end out."""
    return written.ljust(16, b"\0")


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
        old, parts = self.kept(~np.isin(self.head["key"], np.array(list(keys), KEY))), {}
        for name, rows in old.parts.items():
            new = fresh.parts[name].copy()
            new["owner"] += len(old.head)
            parts[name] = np.concatenate([rows, new])
        return Sheet(np.concatenate([old.head, fresh.head]), parts)

    def kept(self, kept: Marks) -> Sheet:
        """Give some of the rows, with their parts."""
        place, parts = np.cumsum(kept) - 1, {}
        for name, rows in self.parts.items():
            parts[name] = rows[kept[rows["owner"]]].copy()
            parts[name]["owner"] = place[parts[name]["owner"]]
        return Sheet(self.head[kept], parts)


@dataclass(frozen=True)
class Facts:
    """All that demand and the seats planned are computed from."""

    needs: Sheet
    past: Sheet
    courses: Sheet

    def within(self, area: str) -> Facts:
        """Give the facts of one employment area: needs with their post there, sessions that take place there."""
        here, sessions = area.encode(), self.courses.parts["sessions"]
        parts = {**self.courses.parts, "sessions": sessions[sessions["area"] == here]}
        return Facts(self.needs.kept(self.needs.head["area"] == here), self.past, Sheet(self.courses.head, parts))


@dataclass(frozen=True)
class Sums:
    """One line per number or code, in ascending order, and its sums by column: shape (lines, columns)."""

    lines: Lines
    table: Numbers

    def at(self, lines: Lines) -> Numbers:
        """Give the sums of these lines, 0 where there are none."""
        if not len(self.lines):
            return np.zeros((len(lines), self.table.shape[1]), np.int64)
        places = np.minimum(np.searchsorted(self.lines, lines), len(self.lines) - 1)
        return np.where((self.lines[places] == lines)[:, None], self.table[places], 0)


def summed(lines: Lines, columns: Numbers, amounts: Numbers, *, width: int) -> Sums:
    """Add amounts up by line and column, of which there are `width`; all three have one row per amount."""
    found, line = np.unique(lines, return_inverse=True)
    total = np.bincount(line * width + columns, weights=amounts, minlength=len(found) * width)
    return Sums(found, np.rint(total).astype(np.int64).reshape(-1, width))


def columns_of(days: Numbers, ends: Numbers) -> Numbers:
    """Place days among columns that end before these days; then comes "later", then "no date". Counted from 0."""
    return np.where(days == 0, len(ends) + 1, np.searchsorted(ends, days, side="right"))


def unpacked(texts: Sequence[str | None]) -> list[tuple[int, int]]:
    """Read numbers that a database has strung together with commas; each stands beside the place of its text."""
    return [(place, int(number)) for place, text in enumerate(texts) if text for number in text.split(",")]


@dataclass(frozen=True)
class Posts:
    """What the lines are about, and the posts of each step by line and column: shape (lines, columns) each."""

    lines: Lines
    steps: Mapping[str, Numbers]


def posts_by_skill(facts: Facts, ends: Numbers) -> Posts:
    """Add up the posts that ask a skill at a level, step by step."""
    head, asked = facts.needs.head, facts.needs.parts["asked"]
    owner = asked["owner"]
    return _steps(head[owner], asked["number"].astype(np.int64), ends)


def posts_by(facts: Facts, about: str, ends: Numbers) -> tuple[Posts, Numbers]:
    """Add up the posts of each occupation, family or area, and count the firms that ask for them."""
    head = facts.needs.head
    head = head[head[about] > 0] if about == "occupation" else head[head[about] != b""]
    lines = head[about].astype(np.int64) * LEVELS if about == "occupation" else head[about]
    posts, width = _steps(head, lines, ends), len(ends) + 2
    _firms, firm = np.unique(head["firm"], return_inverse=True)
    line = np.searchsorted(posts.lines, lines)
    once = np.unique(np.stack([line, columns_of(head["day"], ends), firm], axis=1), axis=0)
    firms = np.bincount(once[:, 0] * width + once[:, 1], minlength=len(posts.lines) * width)
    return posts, firms.reshape(-1, width)


def _steps(head: Rows, lines: Lines, ends: Numbers) -> Posts:
    """Add up the posts of each step; `head` and `lines` have one row per amount."""
    columns, width = columns_of(head["day"], ends), len(ends) + 2
    found, line = np.unique(lines, return_inverse=True)
    place, size = line * width + columns, len(found) * width
    sums = {step: np.bincount(place, weights=head[step], minlength=size) for step in STEPS}
    return Posts(found, {step: np.rint(each).astype(np.int64).reshape(-1, width) for step, each in sums.items()})


def seats_by_skill(facts: Facts, seats: Numbers, asked: Lines) -> Numbers:
    """Add up the seats that serve a skill at a level asked: those of courses that lead to that level, or higher.

    `seats` has the shape (courses, columns): seats, or the people on them.
    """
    taught = facts.courses.parts["taught"]
    mine = seats[taught["owner"]]
    total = np.zeros((len(asked), seats.shape[1]), np.int64)
    for level in range(1, LEVELS):
        here = taught["number"] % LEVELS == level
        reached = _by_line(taught["number"][here] // LEVELS, mine[here]).at(asked // LEVELS)
        total += np.where((asked % LEVELS <= level)[:, None], reached, 0)
    return total


def seats_by(facts: Facts, about: str, seats: Numbers, *, asked: Lines) -> Numbers:
    """Add up the seats of courses that lead to an occupation or a family; each course counts once."""
    leads = facts.courses.parts["leads"]
    if about == "occupation":
        return _by_line(leads["occupation"], seats[leads["owner"]]).at(asked // LEVELS)
    once = np.unique(leads[["owner", "family"]])
    return _by_line(once["family"], seats[once["owner"]]).at(asked)


def by_course(facts: Facts, amounts: Numbers, ends: Numbers) -> Numbers:
    """Add up an amount of each session by course and column: shape (courses, columns)."""
    sessions, width = facts.courses.parts["sessions"], len(ends) + 2
    place = sessions["owner"].astype(np.int64) * width + columns_of(sessions["day"], ends)
    total = np.bincount(place, weights=amounts, minlength=len(facts.courses.head) * width)
    return np.rint(total).astype(np.int64).reshape(-1, width)


def by_area(facts: Facts, amounts: Numbers, ends: Numbers, *, asked: Lines) -> Numbers:
    """Add up an amount of each session by the area where it takes place."""
    sessions = facts.courses.parts["sessions"]
    return summed(sessions["area"], columns_of(sessions["day"], ends), amounts, width=len(ends) + 2).at(asked)


def amounts_of(facts: Facts, counted: Mapping[bytes, int]) -> Numbers:
    """Give a number for each session by the bytes of its key, 0 where there is none."""
    bare = {key.rstrip(b"\0"): number for key, number in counted.items()}  # numpy gives them back so
    return np.array([bare.get(key, 0) for key in facts.courses.parts["sessions"]["key"].tolist()], np.int64)


def _by_line(lines: Any, table: Numbers) -> Sums:
    """Add up the rows of a table that are about the same."""
    found, line = np.unique(lines, return_inverse=True)
    total = np.zeros((len(found), table.shape[1]), np.int64)
    np.add.at(total, line, table)
    return Sums(found, total)
