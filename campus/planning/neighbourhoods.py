"""Parts of a plan that are improved one at a time: blocks of courses, and what competes for the posts left out.

Around posts that are left out lie the courses that would cover them, those that share demands with these, then those
that share their trainers, in the weeks in which the posts may be covered: to give them a seat others must move there.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from campus.planning.blocks import blocks, neighbours
from campus.planning.model import Model
from campus.planning.solver import Floats, Mask
from campus.planning.values import Demand

Weeks = NDArray[np.int64]
SMALL = 2_500  # columns that go to branch and bound at once
TOGETHER = 3  # blocks at most
STUCK = 2  # rounds without a gain around posts left out
APART = 0.1
WIDTHS = (24, 36, 48)  # courses around posts left out, round by round


@dataclass
class Standing:
    """Where a stage stands: its plan, its relaxation as soon as that is known, which posts it counts (None: none)."""

    values: Floats
    committed: bool | None
    fractions: Floats | None = None


class Neighbourhoods:
    """The columns of a model as masks; chance comes from outside, so that a seed repeats a search."""

    def __init__(self, model: Model, luck: random.Random) -> None:
        self.model, self.luck = model, luck
        self._number = {each.key: number for number, each in enumerate(model.campus.courses)}
        self.course, self.first, self.last = _where(model, self._number)
        self.blocks = self._blocks()
        self._seats = _seats(model)
        self._shared = neighbours(model.campus)
        self._alike = _sharing_trainers(model)

    def of_round(self, number: int, idle: int, at: Standing) -> Iterator[Mask]:
        """Give the parts of a round, and once among them what the relaxation, when it is known, would do otherwise.

        The first round takes each block. Later ones take what lies around posts left out, as long as that brings
        something; then, and where no posts are counted, several blocks together. `idle`: rounds without a gain.
        """
        apart_seen = False
        for part in self._parts(number, idle, at):
            if at.fractions is not None and not apart_seen:
                apart_seen = True
                yield np.abs(at.values - at.fractions) > APART
            yield part

    def _parts(self, number: int, idle: int, at: Standing) -> Iterator[Mask]:
        if number and at.committed is not None and idle < STUCK:
            return self._around_left(at.values, committed=at.committed, most=WIDTHS[(number - 1) % len(WIDTHS)])
        return self._mixed(min(number if at.committed is None else idle, TOGETHER - 1) + 1)

    def _mixed(self, together: int) -> Iterator[Mask]:
        mixed = self.luck.sample(self.blocks, len(self.blocks))
        for first in range(0, len(mixed), together):
            yield np.logical_or.reduce(mixed[first : first + together])

    def _around_left(self, values: Floats, *, committed: bool, most: int) -> Iterator[Mask]:
        left = [each for each in self.model.campus.demands if each.committed is committed and self._lacks(each, values)]
        self.luck.shuffle(left)
        seen: list[tuple[set[str], Demand]] = []
        for demand in left:
            if any(demand.courses <= courses and _within(demand, other) for courses, other in seen):
                continue
            near = self._near(demand, most)
            seen.append((set(near), demand))
            yield self._columns(near) & (self.first <= demand.latest) & (self.last >= demand.earliest)

    def _lacks(self, demand: Demand, values: Floats) -> bool:
        return demand.key in self._seats and values[self._seats[demand.key]].sum() < demand.posts - 0.5

    def _near(self, demand: Demand, most: int) -> Sequence[str]:
        mine = sorted(demand.courses & self._shared.keys())
        sharing = sorted({other for each in mine for other in self._shared[each]} - set(mine))
        alike = sorted({other for each in mine for other in self._alike[each]} - set(mine) - set(sharing))
        return [*mine, *self.luck.sample(sharing, len(sharing)), *self.luck.sample(alike, len(alike))][:most]

    def _columns(self, courses: Sequence[str]) -> Mask:
        numbers = [self._number[each] for each in courses if each in self._number]
        return np.isin(self.course, numbers)

    def _blocks(self) -> list[Mask]:
        if len(self.course) <= SMALL:
            return [np.ones(len(self.course), dtype=bool)]
        return [self._columns(sorted(part)) for part in blocks(self.model.campus)]


def _within(demand: Demand, other: Demand) -> bool:
    return other.earliest <= demand.earliest and demand.latest <= other.latest


def _where(model: Model, numbers: dict[str, int]) -> tuple[Weeks, Weeks, Weeks]:
    """Say of each column its course, by number, and the first and the last week of its session."""
    found = np.zeros((3, len(model.program.upper)), dtype=np.int64)
    for columns in (model.rooms, model.trainers):
        for (option, _group), column in columns.items():
            where = model.options[option].place
            found[:, column] = numbers[where.course.key], where.weeks[0], where.weeks[-1]
    for (_demand, course, start), column in model.posts.items():
        weeks = model.campus.taught(model.campus.course_of[course], start)
        found[:, column] = numbers[course], weeks[0], weeks[-1]
    known = {each.key: each for each in model.campus.announced}
    for (announced, _demand), column in model.seats.items():
        each = known[announced]
        found[:, column] = numbers[each.course], each.start, each.last
    return found[0], found[1], found[2]


def _seats(model: Model) -> dict[str, Weeks]:
    columns: dict[str, list[int]] = defaultdict(list)
    for (demand, _course, _start), column in model.posts.items():
        columns[demand].append(column)
    for (_announced, demand), column in model.seats.items():
        columns[demand].append(column)
    return {key: np.array(each) for key, each in columns.items()}


def _sharing_trainers(model: Model) -> dict[str, set[str]]:
    campus = model.campus
    found: dict[str, set[str]] = {each.key: set() for each in campus.courses}
    for alike in model.groups:
        taught = {each.key for each in campus.courses if each.skills <= alike[0].until.keys()}
        for key in taught:
            found[key] |= taught
    return found
