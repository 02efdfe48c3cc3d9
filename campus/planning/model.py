"""The plan of sessions as a mixed integer program, before any solver sees it.

Columns: `rooms` x[option, class] and `trainers` y[option, group] count sessions; `posts` z[demand, place] counts the
posts that sit in the sessions of a course that start in a week. Rooms that nothing tells apart are one class, trainers
likewise one group, so that swapping two of them is no other plan. `seats` w[announced, demand] counts the posts that
sit in free seats of announced sessions. With x whole, z is a flow, and seats whole posts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from campus.planning.possible import (
    Place,
    holds,
    place,
    rooms_of,
    seats,
    starts_of,
    teaches,
    trainers_of,
    worthwhile,
)
from campus.planning.values import FULL_WEEK, Campus, Published, Room, Trainer
from campus.planning.worth import FirstEnds

INFINITY = float("inf")
STAGES = ("kept", "committed", "declared", "waited", "moved", "cost")


@dataclass(frozen=True)
class Option:
    """A session that the plan may hold: a new one of a place, or a published one in one of its weeks."""

    place: Place
    published: Published | None = None


@dataclass
class Program:
    """Columns with bounds and kinds, rows by their entries: a program without its objective."""

    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    starts: list[int] = field(default_factory=lambda: [0])
    columns: list[int] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def column(self, upper: float, *, whole: bool) -> int:
        """Add a column from 0 to its upper bound; give its number."""
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.upper) - 1

    def row(self, entries: Iterable[tuple[int, float]], *, low: float = -INFINITY, high: float = INFINITY) -> None:
        """Add a row of (column, value) pairs between two bounds."""
        for number, value in entries:
            self.columns.append(number)
            self.values.append(value)
        self.starts.append(len(self.columns))
        self.low.append(low)
        self.high.append(high)


@dataclass
class Model:
    """A campus as a program, and where each of its columns comes from."""

    campus: Campus
    program: Program = field(default_factory=Program)
    options: list[Option] = field(default_factory=list)
    rooms: dict[tuple[int, int], int] = field(default_factory=dict)
    trainers: dict[tuple[int, int], int] = field(default_factory=dict)
    posts: dict[tuple[str, str, int], int] = field(default_factory=dict)
    seats: dict[tuple[str, str], int] = field(default_factory=dict)
    classes: list[tuple[Room, ...]] = field(default_factory=list)
    groups: list[tuple[Trainer, ...]] = field(default_factory=list)


def build(campus: Campus, *, keep: bool = True) -> Model:
    """Write the program of a campus; with `keep`, no published session may be left out."""
    model = Model(campus)
    model.classes = _alike(campus.rooms, lambda room: (room.capacity, room.equipment, room.away))
    model.groups = _alike(campus.trainers, lambda trainer: (trainer.skills, trainer.away))
    _add_options(model)
    _keep_published(model, 1 if keep else 0)
    _one_thing_at_a_time(model)
    _seat_posts(model)
    return model


def _alike(things: tuple, what: object) -> list[tuple]:
    by: dict[Hashable, list] = defaultdict(list)
    for thing in things:
        by[what(thing)].append(thing)
    return [tuple(each) for each in by.values()]


def _add_options(model: Model) -> None:
    campus = model.campus
    for each in worthwhile(campus):
        rooms = [
            number
            for number, alike in enumerate(model.classes)
            if holds(alike[0], each.course, people=each.course.seats_min, weeks=each.weeks)
        ]
        trainers = [
            number for number, alike in enumerate(model.groups) if teaches(alike[0], each.course, weeks=each.weeks)
        ]
        _add_option(model, Option(each), rooms=rooms, trainers=trainers)
    for known in campus.published:
        for start in starts_of(campus, known):
            where = place(campus, campus.course_of[known.course], start)
            keys = {room.key for room in rooms_of(campus, known, where.weeks)}
            names = {trainer.key for trainer in trainers_of(campus, known, where.weeks)}
            _add_option(
                model,
                Option(where, known),
                rooms=_having(model.classes, keys),
                trainers=_having(model.groups, names),
            )


def _having(groups: list[tuple], keys: set[str]) -> list[int]:
    return [number for number, alike in enumerate(groups) if any(each.key in keys for each in alike)]


def _add_option(model: Model, option: Option, *, rooms: list[int], trainers: list[int]) -> None:
    if not rooms or not trainers:
        return
    number, program = len(model.options), model.program
    model.options.append(option)
    course = option.place.course
    most, at_once = 1 if option.published else option.place.asked // course.seats_min, FULL_WEEK // course.half_days
    for each in rooms:
        model.rooms[number, each] = program.column(min(most, at_once * len(model.classes[each])), whole=True)
    for each in trainers:
        model.trainers[number, each] = program.column(min(most, at_once * len(model.groups[each])), whole=True)
    entries = [(model.rooms[number, each], 1.0) for each in rooms]
    program.row(entries + [(model.trainers[number, each], -1.0) for each in trainers], low=0, high=0)


def _keep_published(model: Model, least: int) -> None:
    held: dict[str, list[int]] = {known.key: [] for known in model.campus.published}
    for (number, _class), column in model.rooms.items():
        known = model.options[number].published
        if known:
            held[known.key].append(column)
    for columns in held.values():
        model.program.row([(column, 1.0) for column in columns], low=least, high=1)


def _one_thing_at_a_time(model: Model) -> None:
    for columns, groups in ((model.rooms, model.classes), (model.trainers, model.groups)):
        busy: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
        for (number, group), column in columns.items():
            where = model.options[number].place
            for week in where.weeks:
                busy[group, week].append((column, where.course.half_days / FULL_WEEK))
        for (group, _week), each in sorted(busy.items()):
            model.program.row(each, high=len(groups[group]))


def _seat_posts(model: Model) -> None:
    program = model.program
    at: dict[tuple[str, int], list[tuple[Option, int, int]]] = defaultdict(list)
    for (number, group), column in model.rooms.items():
        option = model.options[number]
        taken = option.published.taken if option.published else 0
        room = model.classes[group][0]
        at[option.place.course.key, option.place.start].append(
            (option, column, seats(option.place.course, room, taken))
        )
    sat: dict[str, list[int]] = defaultdict(list)
    for (course, start), sessions in at.items():
        where = sessions[0][0].place
        here = []
        for demand in where.demands:
            column = program.column(demand.posts, whole=False)
            model.posts[demand.key, course, start] = column
            sat[demand.key].append(column)
            here.append(column)
            program.row(
                [(column, 1.0), *((x, -float(min(demand.posts, free))) for _option, x, free in sessions)], high=0
            )
        program.row([*((z, 1.0) for z in here), *((x, -float(free)) for _option, x, free in sessions)], high=0)
        least = [(x, -float(where.course.seats_min)) for option, x, _free in sessions if not option.published]
        if least:
            program.row([*((z, 1.0) for z in here), *least], low=0)
    _seat_in_announced(model, sat)
    for demand in model.campus.demands:
        if sat[demand.key]:
            program.row([(column, 1.0) for column in sat[demand.key]], high=demand.posts)


def _seat_in_announced(model: Model, sat: dict[str, list[int]]) -> None:
    for each in model.campus.announced:
        here = []
        for demand in model.campus.fitting[each.key]:
            column = model.program.column(min(demand.posts, each.seats), whole=False)
            model.seats[each.key, demand.key] = column
            sat[demand.key].append(column)
            here.append((column, 1.0))
        if here:
            model.program.row(here, high=each.seats)


def objectives(model: Model) -> dict[str, NDArray[np.float64]]:
    """Write the objectives, in the order in which they count, each to be minimised (counts are negated).

    Published sessions kept, committed posts, declared posts, weeks waited, costs of moves, euros.
    """
    campus, count = model.campus, len(model.program.upper)
    rows = {name: np.zeros(count) for name in STAGES}
    first = FirstEnds(campus)
    for key, ends, column in _ends(model):
        demand = campus.demand_of[key]
        rows["committed" if demand.committed else "declared"][column] = -1
        rows["waited"][column] = max(ends - first[demand], 0)
    for (number, _class), column in model.rooms.items():
        option = model.options[number]
        known = option.published
        if known is None:
            rows["cost"][column] = option.place.course.cost
            continue
        rows["kept"][column] = -1
        if known.start != option.place.start:
            rows["moved"][column] = known.move_cost or 0
    return rows


def _ends(model: Model) -> Iterator[tuple[str, int, int]]:
    """Give, for each column of seats, its demand and the last week of its session."""
    campus = model.campus
    for (key, course, start), column in model.posts.items():
        yield key, campus.taught(campus.course_of[course], start)[-1], column
    last = {each.key: each.last for each in campus.announced}
    for (announced, key), column in model.seats.items():
        yield key, last[announced], column
