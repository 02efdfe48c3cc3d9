"""The shortest ordered list of courses that covers the essential skills, by exact search.

Courses become tables: T[c, s, l] is the level in needed skill s after course c when one starts from l.
A sequence is then a chain of look-ups, so that every ordered list of up to three courses can be tried.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from campus.matching.answers import Pathway, PathwayStep, Verdict
from campus.matching.coverage import after_in_order, fixed_point, remaining, skill_gains, taught_by
from campus.matching.prepared import IDLE, Prepared
from campus.matching.timetable import fit_sessions
from campus.matching.values import HIGHEST_LEVEL, CourseView, Id, SessionView
from campus.matching.weighing import Scales, Weighed

Levels: TypeAlias = NDArray[np.int8]
Order: TypeAlias = tuple[int, ...]
Score: TypeAlias = tuple[int, int, float, int, float, Order]
KEPT_FOR_DATES = 40
CHUNK = 256
WANTED = (Verdict.YES, Verdict.UNKNOWN, Verdict.NO)
LEVELS = HIGHEST_LEVEL + 1


@dataclass(frozen=True)
class Board:
    """The search's arrays: courses (by rank) x needed skills, and what is required.

    `required` counts an unknown level as 1; `closed` counts each course's closed gates, entry apart.
    """

    courses: tuple[Prepared, ...]
    tables: Levels
    start: Levels
    required: Levels
    essential: NDArray[np.bool_]
    closed: NDArray[np.int64]

    def shares(self, levels: Levels) -> NDArray[np.float64]:
        """Give min(level, required) / required for levels of shape (..., skills)."""
        return np.minimum(levels, self.required) / self.required

    def met(self, levels: Levels) -> NDArray[np.int64]:
        """Count the essential skills met for levels of shape (..., skills)."""
        counts: NDArray[np.int64] = ((levels >= self.required) & self.essential).sum(axis=-1)
        return counts


class Plan(NamedTuple):
    """A list of courses with the session of each that fits, and whether they follow one another in time."""

    in_time: Verdict
    courses: list[CourseView]
    sessions: list[SessionView | None]


def find_pathway(
    scales: Scales, ranked: Sequence[Weighed], together: Mapping[Id, int], *, today: date
) -> Pathway | None:
    """Find the best list of up to `longest_pathway` courses; None when no course brings anything.

    `ranked` are the courses that may enter it, best first; `together` the levels that all of them lead to.
    Best means: most essential skills met, fewest closed gates, most of the essential skills reached in
    part, fewest courses, most of the desired skills, then the rank of its courses. Among lists that differ
    in nothing but the last three, one whose sessions can follow one another is preferred.
    """
    board = build_board(scales, ranked)
    if not _any_use(board):
        return None
    best: Plan | None = None
    for order in _with_other_orders(board, best_sequences(board, scales.rules.longest_pathway)):
        steps = [board.courses[position].view for position in order]
        sessions, in_time = fit_sessions(scales.need, steps, rules=scales.rules, today=today)
        if best is None or WANTED.index(in_time) < WANTED.index(best.in_time):
            best = Plan(in_time, steps, sessions)
        if in_time == Verdict.YES:
            break
    return _pathway(scales, best, together) if best else None


def _with_other_orders(board: Board, best: list[tuple[Score, Order]]) -> Iterator[Order]:
    """Give each list, then its other orders that lead to the same levels."""
    for _, order in best:
        wanted = _levels_after(board, order)
        for other in sorted(permutations(order), key=lambda one: one != order):
            if (_levels_after(board, other) == wanted).all():
                yield other


def _levels_after(board: Board, order: Order) -> Levels:
    skills, levels = np.arange(len(board.start)), board.start
    for position in order:
        levels = board.tables[position, skills, levels]
    return levels


def _any_use(board: Board) -> bool:
    skills = np.arange(len(board.start))
    return bool((board.tables[:, skills, board.start] > board.start).any())


def build_board(scales: Scales, ranked: Sequence[Weighed]) -> Board:
    """Tabulate the courses that can raise a needed skill, in the order of their standing."""
    skills = scales.need.skills
    asked = [skill.skill_id for skill in skills]
    rows = b"".join(one.course.transfers.get(skill_id, IDLE) for one in ranked for skill_id in asked)
    tables = np.frombuffer(rows, dtype=np.int8).reshape(len(ranked), len(skills), LEVELS)
    # Who may enter is not known before there are people: the entry gate is apart.
    closed = np.array(
        [one.standing.gates_closed - (one.course.entry.verdict == Verdict.NO) for one in ranked], dtype=np.int64
    )
    kept = undominated(tables, closed)
    return Board(
        courses=tuple(ranked[position].course for position in kept),
        tables=tables[kept],
        start=np.array([scales.claims.start.get(skill_id, 0) for skill_id in asked], dtype=np.int8),
        required=np.array([skill.level or 1 for skill in skills], dtype=np.int8),
        essential=np.array([skill.essential for skill in skills], dtype=np.bool_),
        closed=closed[kept],
    )


def undominated(tables: Levels, closed: NDArray[np.int64]) -> list[int]:
    """List the courses worth trying: none that a better ranked, no more closed one equals everywhere."""
    idle = np.arange(LEVELS, dtype=np.int8)
    kept: list[int] = []
    for position in range(len(tables)):
        if (tables[position] == idle).all():
            continue
        rivals = [rival for rival in kept if closed[rival] <= closed[position]]
        if rivals and (tables[rivals] >= tables[position]).all(axis=(1, 2)).any():
            continue
        kept.append(position)
    return kept


def best_sequences(board: Board, longest: int) -> list[tuple[Score, Order]]:
    """Try the ordered lists of courses and keep those that tie for the best, best first; exact.

    Lists are grown one course at a time. Not grown further: a list whose last course changed nothing, one
    of two orders with the same result, and one that cannot reach the best count of essential skills met
    even if every further course met all it can.
    """
    best: list[tuple[Score, Order]] = []
    orders, levels = np.zeros((1, 0), dtype=np.int64), board.start[None, :]
    hope = _most_met_by_one(board)
    for size in range(1, min(longest, len(board.courses)) + 1):
        last = size == longest
        kept = []
        for at in range(0, len(orders), CHUNK):
            longer, after = _grow(board, orders[at : at + CHUNK], levels[at : at + CHUNK])
            best = _keep_ties([*best, *_best_of(board, longer, after)])
            worth = board.met(after) + (longest - size) * hope >= -best[0][0][0]
            kept.append((longer[worth], after[worth]) if not last else (longer[:0], after[:0]))
        if best[0][0][:2] == (-int(board.essential.sum()), 0):
            break
        orders, levels = _one_order_each(kept)
        if not len(orders):
            break
    return best


def _one_order_each(kept: list[tuple[NDArray[np.int64], Levels]]) -> tuple[NDArray[np.int64], Levels]:
    orders = np.concatenate([order for order, _ in kept])
    levels = np.concatenate([found for _, found in kept])
    results = np.ascontiguousarray(np.hstack([np.sort(orders, axis=1), levels]))
    _, first = np.unique(results.view([("", results.dtype)] * results.shape[1]), return_index=True)
    first.sort()
    return orders[first], levels[first]


def _most_met_by_one(board: Board) -> int:
    under = np.arange(LEVELS)[None, :] < board.required[:, None]
    meets = ((board.tables >= board.required[None, :, None]) & under).any(axis=2) & board.essential
    return int(meets.sum(axis=1).max())


def _grow(board: Board, orders: NDArray[np.int64], levels: Levels) -> tuple[NDArray[np.int64], Levels]:
    """Append every course to every list it is not in yet."""
    count, skills = board.tables.shape[:2]
    courses, columns = np.arange(count)[None, :, None], np.arange(skills)[None, None, :]
    after = board.tables[courses, columns, levels[:, None, :]].reshape(-1, skills)
    appended = np.tile(np.arange(count), len(orders))
    longer = np.column_stack([np.repeat(orders, count, axis=0), appended])
    fresh = (longer[:, :-1] != appended[:, None]).all(axis=1)
    fresh &= (after != np.repeat(levels, count, axis=0)).any(axis=1)
    return longer[fresh], after[fresh]


def _best_of(board: Board, orders: NDArray[np.int64], levels: Levels) -> list[tuple[Score, Order]]:
    """Score the lists of one size that tie for the best of them."""
    if not len(orders):
        return []
    met = board.met(levels)
    closed = board.closed[orders].sum(axis=1)
    shares = board.shares(levels)
    partial = np.round(shares @ board.essential, 6)
    desired = np.round(shares @ ~board.essential, 6)
    rows = np.arange(len(orders))
    for column in (-met, closed, -partial):
        rows = rows[column[rows] == column[rows].min()]
    ranks = np.sort(orders[rows], axis=1)
    keys = (*orders[rows].T[::-1], *ranks.T[::-1], -desired[rows])
    rows = rows[np.lexsort(keys)][:KEPT_FOR_DATES]
    found = []
    for row in rows:
        order = tuple(orders[row].tolist())
        counts = (-int(met[row]), int(closed[row]), -float(partial[row]), len(order), -float(desired[row]))
        found.append(((*counts, tuple(sorted(order))), order))
    return found


def _keep_ties(found: list[tuple[Score, Order]]) -> list[tuple[Score, Order]]:
    found.sort()
    return [one for one in found if one[0][:4] == found[0][0][:4]][:KEPT_FOR_DATES]


def _pathway(scales: Scales, plan: Plan, together: Mapping[Id, int]) -> Pathway:
    needed, before = scales.need.skills, scales.claims.start
    after = after_in_order(plan.courses, before)
    essential = [skill for skill in needed if skill.essential]
    complete = not remaining(essential, after)
    steps = []
    for course, session in zip(plan.courses, plan.sessions, strict=True):
        then = fixed_point([course], before)
        steps.append(PathwayStep(course.id, session.id if session else None, skill_gains(course, before, then)))
        before = then
    return Pathway(
        steps=tuple(steps),
        coverage=scales.claims.coverage(taught_by(plan.courses, scales.profile)),
        complete=complete,
        in_time=plan.in_time,
        longer_would_do=not complete and not remaining(essential, together),
        remaining=remaining(needed, after),
    )
