"""Who sits where, once sessions have their weeks and rooms: posts dealt to seats in the best possible way.

A flow from demands to sessions, so quick that a plan can be judged anew after each move by hand.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from campus.planning.model import Program
from campus.planning.possible import place, seats
from campus.planning.solver import Floats, Limits, Solver
from campus.planning.values import Campus, FirstEnds, Plan, Session, in_order


def seat(campus: Campus, sessions: Sequence[Session]) -> Plan:
    """Deal the posts anew to sessions that stay where they are: committed first, then declared, then the soonest.

    Every new session reaches its minimum where all of them can; where they cannot, seats go where they cover most.
    """
    columns = {
        (number, demand.key): demand.posts
        for number, session in enumerate(sessions)
        if (where := place(campus, campus.course_of[session.course], session.start))
        for demand in where.demands
    }
    for strict in (True, False):
        values = _dealt(campus, sessions, columns, strict=strict)
        if values is not None:
            break
    posts: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for (number, demand), value in zip(columns, values if values is not None else (), strict=False):
        if round(value):
            posts[number].append((demand, round(value)))
    return in_order(replace(each, posts=tuple(posts[number])) for number, each in enumerate(sessions))


def _dealt(
    campus: Campus, sessions: Sequence[Session], columns: dict[tuple[int, str], int], *, strict: bool
) -> Floats | None:
    program = Program()
    of_demand: dict[str, list[int]] = defaultdict(list)
    of_session: dict[int, list[int]] = defaultdict(list)
    for (number, demand), posts in columns.items():
        column = program.column(posts, whole=True)
        of_demand[demand].append(column)
        of_session[number].append(column)
    for demand, mine in of_demand.items():
        program.row([(each, 1.0) for each in mine], high=campus.demand_of[demand].posts)
    for number, session in enumerate(sessions):
        low, high = _bounds(campus, session)
        if of_session[number] or (strict and low):
            program.row([(each, 1.0) for each in of_session[number]], low=low if strict else 0, high=high)
    return _best(campus, sessions, columns, solver=Solver(program))


def _bounds(campus: Campus, session: Session) -> tuple[int, int]:
    course = campus.course_of[session.course]
    taken = sum(each.taken for each in campus.published if each.key == session.published)
    return 0 if session.published else course.seats_min, seats(course, campus.room_of[session.room], taken)


def _best(
    campus: Campus, sessions: Sequence[Session], columns: dict[tuple[int, str], int], *, solver: Solver
) -> Floats | None:
    first = FirstEnds(campus)
    ends = [campus.taught(campus.course_of[each.course], each.start)[-1:] for each in sessions]
    demands = [campus.demand_of[key] for _number, key in columns]
    waited = [max(ends[number][0] - first[each], 0) for (number, _key), each in zip(columns, demands, strict=True)]
    committed = np.array([-1.0 * each.committed for each in demands])
    values: Floats | None = None
    for row in (committed, -1.0 - committed, np.array(waited, dtype=float)):
        answer = solver.solve(row, values, Limits(lambda: False))
        if answer.values is None:
            return values
        values = answer.values
        solver.keep(row, float(row @ values) + 0.5)
    return values
