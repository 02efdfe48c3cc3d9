"""Who sits where, once sessions have their weeks and rooms: posts dealt to seats in the best possible way.

A flow from demands to sessions, so quick that a plan can be judged anew after each move by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from campus.planning.model import Program
from campus.planning.possible import place, seats
from campus.planning.solver import Floats, Solver
from campus.planning.values import Campus, Demand, Plan, Session, in_order
from campus.planning.worth import FirstEnds


@dataclass(frozen=True)
class Seats:
    """The seats of one session: how many must and may be taken, in which week it ends, by whose posts."""

    low: int
    high: int
    ends: int
    demands: tuple[Demand, ...]


def seat(campus: Campus, sessions: Sequence[Session]) -> Plan:
    """Deal the posts anew to sessions that stay where they are, and to the free seats of announced ones.

    Committed posts go first, then declared ones, then those who would wait longest. Every new session reaches its
    minimum where all of them can; where they cannot, seats go where they cover most.
    """
    offered = [_seats(campus, each) for each in sessions]
    offered += [Seats(0, each.seats, each.last, campus.fitting[each.key]) for each in campus.announced]
    dealt = _dealt(campus, offered, strict=True) or _dealt(campus, offered, strict=False) or {}
    posts: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for (number, demand), count in dealt.items():
        posts[number].append((demand, count))
    announced = enumerate(campus.announced, start=len(sessions))
    return in_order(
        (replace(each, posts=tuple(posts[number])) for number, each in enumerate(sessions)),
        ((each.key, demand, count) for number, each in announced for demand, count in posts[number]),
    )


def _seats(campus: Campus, session: Session) -> Seats:
    course = campus.course_of[session.course]
    taken = sum(each.taken for each in campus.published if each.key == session.published)
    where = place(campus, course, session.start)
    return Seats(
        0 if session.published else course.seats_min,
        seats(course, campus.room_of[session.room], taken),
        where.weeks[-1] if where else session.start,
        where.demands if where else (),
    )


def _dealt(campus: Campus, offered: Sequence[Seats], *, strict: bool) -> dict[tuple[int, str], int] | None:
    program = Program()
    of_demand: dict[str, list[tuple[int, float]]] = defaultdict(list)
    columns: list[tuple[int, Demand]] = []
    for number, each in enumerate(offered):
        mine = []
        for demand in each.demands:
            mine.append((program.column(demand.posts, whole=False), 1.0))
            of_demand[demand.key].append(mine[-1])
            columns.append((number, demand))
        if mine or (strict and each.low):
            program.row(mine, low=each.low if strict else 0, high=each.high)
    for key, entries in of_demand.items():
        program.row(entries, high=campus.demand_of[key].posts)
    values = Solver(program).flow(_in_order(campus, offered, columns))
    if values is None:
        return None
    pairs = zip(columns, values, strict=True)
    return {(number, demand.key): round(value) for (number, demand), value in pairs if round(value)}


def _in_order(campus: Campus, offered: Sequence[Seats], columns: Sequence[tuple[int, Demand]]) -> Floats:
    """Write committed posts, then all posts, then weeks waited as one objective: a post outweighs all weeks of all."""
    first, posts = FirstEnds(campus), sum(each.posts for each in campus.demands)
    waited = np.array([max(offered[number].ends - first[demand], 0) for number, demand in columns], dtype=float)
    committed = np.array([float(demand.committed) for _number, demand in columns])
    return waited - (waited.max(initial=0) * posts + 1) * (1 + posts * committed)
