"""The second stage: which room and which trainer, by name, for sessions whose weeks are known.

A room of a class and a trainer of a group are interchangeable week by week, not always over several weeks. First each
session takes what is free, in the order of their weeks; where that fails for some, as many sessions as possible are
named exactly, by the solver. Those that cannot be named come back as such.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from campus.planning.model import Model, Program
from campus.planning.possible import Place, holds, rooms_of, seats, teaches, trainers_of
from campus.planning.solver import Floats, Limits, Solver
from campus.planning.values import FULL_WEEK, Campus, Published, Session


@dataclass(frozen=True)
class Unnamed:
    """A session of the model that has no room and no trainer yet: where it is, who sits in it, how many in all."""

    place: Place
    published: Published | None
    posts: tuple[tuple[str, int], ...]

    @property
    def people(self) -> int:
        """Count the seats that the room must have."""
        taken = self.published.taken if self.published else 0
        return max(sum(count for _demand, count in self.posts) + taken, 1)


def sessions_in(model: Model, values: Floats) -> list[Unnamed]:
    """Read the sessions off a solution, the posts of each place dealt out to its sessions."""
    at: dict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for (number, group), column in model.rooms.items():
        where = model.options[number].place
        at[where.course.key, where.start] += [(number, group)] * round(values[column])
    posts: dict[tuple[str, int], list[tuple[str, int]]] = defaultdict(list)
    for (demand, course, start), column in model.posts.items():
        if round(values[column]):
            posts[course, start].append((demand, round(values[column])))
    return [each for key in sorted(at) for each in _dealt(model, at[key], posts[key])]


def _dealt(model: Model, opened: list[tuple[int, int]], posts: list[tuple[str, int]]) -> list[Unnamed]:
    """Give each new session its minimum, then fill them up."""
    options = [model.options[number] for number, _group in opened]
    least = [0 if each.published else each.place.course.seats_min for each in options]
    most = [
        seats(each.place.course, model.classes[group][0], each.published.taken if each.published else 0)
        for each, (_number, group) in zip(options, opened, strict=True)
    ]
    spare = sum(count for _demand, count in posts) - sum(least)
    people = []
    for low, high in zip(least, most, strict=True):
        more = max(min(spare, high - low), 0)
        spare -= more
        people.append(low + more)
    left = list(posts)
    return [
        Unnamed(each.place, each.published, _take(left, count)) for each, count in zip(options, people, strict=True)
    ]


def _take(left: list[tuple[str, int]], count: int) -> tuple[tuple[str, int], ...]:
    taken = []
    while count and left:
        demand, posts = left.pop(0)
        now = min(posts, count)
        count -= now
        taken.append((demand, now))
        if posts > now:
            left.insert(0, (demand, posts - now))
    return tuple(taken)


def name(campus: Campus, sessions: Sequence[Unnamed]) -> tuple[list[Session], list[Unnamed]]:
    """Give each session a room and a trainer; give also those that could not have both."""
    rooms = _named(sessions, [_rooms(campus, each) for each in sessions])
    trainers = _named(sessions, [_trainers(campus, each) for each in sessions])
    named, left = [], []
    for each, room, trainer in zip(sessions, rooms, trainers, strict=True):
        if room is None or trainer is None:
            left.append(each)
            continue
        known = each.published.key if each.published else None
        named.append(Session(each.place.course.key, each.place.start, room, trainer, each.posts, known))
    return named, left


def _rooms(campus: Campus, session: Unnamed) -> list[str]:
    course, weeks = session.place.course, session.place.weeks
    if session.published:
        found = [each for each in rooms_of(campus, session.published, weeks) if each.capacity >= session.people]
    else:
        found = [each for each in campus.rooms if holds(each, course, people=session.people, weeks=weeks)]
    return [each.key for each in sorted(found, key=lambda each: (len(each.equipment), each.capacity, each.key))]


def _trainers(campus: Campus, session: Unnamed) -> list[str]:
    course, weeks = session.place.course, session.place.weeks
    if session.published:
        found = trainers_of(campus, session.published, weeks)
    else:
        found = [each for each in campus.trainers if teaches(each, course, weeks=weeks)]
    return [each.key for each in sorted(found, key=lambda each: (len(each.skills), each.key))]


def _named(sessions: Sequence[Unnamed], suited: list[list[str]]) -> list[str | None]:
    first = _in_turn(sessions, suited)
    return first if all(first) else _exactly(sessions, suited, first)


def _in_turn(sessions: Sequence[Unnamed], suited: list[list[str]]) -> list[str | None]:
    """Let those with the least choice go first where only one will do, then all by their weeks."""
    order = sorted(range(len(sessions)), key=lambda each: (len(suited[each]) != 1, sessions[each].place.start, each))
    busy: Counter[tuple[str, int]] = Counter()
    given: list[str | None] = [None] * len(sessions)
    for each in order:
        weeks, taken = sessions[each].place.weeks, sessions[each].place.course.half_days
        free = (key for key in suited[each] if all(busy[key, week] + taken <= FULL_WEEK for week in weeks))
        given[each] = found = next(free, None)
        if found:
            busy.update({(found, week): taken for week in weeks})
    return given


def _exactly(sessions: Sequence[Unnamed], suited: list[list[str]], first: list[str | None]) -> list[str | None]:
    """Name as many sessions as can be named at once; published ones before all others."""
    program, columns = Program(), {}
    for number, keys in enumerate(suited):
        for key in keys:
            columns[number, key] = program.column(1, whole=True)
        program.row([(columns[number, key], 1.0) for key in keys], high=1)
    busy: dict[tuple[str, int], list[tuple[int, float]]] = defaultdict(list)
    for (number, key), column in columns.items():
        where = sessions[number].place
        for week in where.weeks:
            busy[key, week].append((column, float(where.course.half_days)))
    for users in busy.values():
        if len(users) > 1:
            program.row(users, high=FULL_WEEK)
    objective, start = np.zeros(len(columns)), np.zeros(len(columns))
    for (number, key), column in columns.items():
        objective[column] = -(len(sessions) if sessions[number].published else max(sessions[number].people, 1))
        start[column] = first[number] == key
    answer = Solver(program).solve(objective, start, Limits(lambda: False))
    given: list[str | None] = [None] * len(sessions)
    for (number, key), column in columns.items():
        if answer.values is not None and answer.values[column] > 0.5:
            given[number] = key
    return given
