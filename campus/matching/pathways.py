"""The shortest ordered list of courses that covers the essential skills, by exact search.

Courses become tables: T[c, s, l] is the level in needed skill s after course c when one starts from l.
A sequence is then a chain of look-ups, so that every ordered list of up to three courses can be tried.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from campus.matching.answers import Match, Pathway, PathwayStep, Verdict
from campus.matching.closeness import Kinship
from campus.matching.coverage import after_in_order, cover, fixed_point, remaining, skill_gains
from campus.matching.timetable import fit_sessions
from campus.matching.values import HIGHEST_LEVEL, CourseView, Id, Profile, SessionView

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

    courses: tuple[CourseView, ...]
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


def find_pathway(
    kinship: Kinship,
    courses: Mapping[Id, CourseView],
    matches: Sequence[Match],
    *,
    profile: Profile | None,
    today: date,
) -> Pathway | None:
    """Find the best list of up to `longest_pathway` courses; None when no course brings anything.

    Best means: most essential skills met, fewest closed gates, most of the essential skills reached in
    part, fewest courses, most of the desired skills, then the rank of its courses. Among lists that differ
    in nothing but the last three, one whose sessions can follow one another is preferred.
    """
    board = build_board(kinship, courses, matches, profile=profile)
    if not _any_use(board):
        return None
    plans = []
    for order in _with_other_orders(board, best_sequences(board, kinship.rules.longest_pathway)):
        steps = [board.courses[position] for position in order]
        sessions, in_time = fit_sessions(kinship.need, steps, rules=kinship.rules, today=today)
        plans.append((in_time, steps, sessions))
    in_time, steps, sessions = min(plans, key=lambda plan: WANTED.index(plan[0]))
    return _pathway(kinship, steps, sessions, in_time=in_time, profile=profile, known=courses)


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


def build_board(
    kinship: Kinship,
    courses: Mapping[Id, CourseView],
    matches: Sequence[Match],
    *,
    profile: Profile | None,
) -> Board:
    """Tabulate the courses that can raise a needed skill, in the order of their matches."""
    skills = list(kinship.skills.values())
    index = {skill.skill_id: position for position, skill in enumerate(skills)}
    levels = profile.levels if profile else {}
    ranked = [match for match in matches if match.course_id in courses and not match.rejected]
    closed = [sum(gate.name != "entry" for gate in match.closed_gates) for match in ranked]
    found = [courses[match.course_id] for match in ranked]
    tables = np.array([transfer_table(course, index) for course in found], dtype=np.int8)
    tables = tables.reshape(len(found), len(skills), LEVELS)
    kept = undominated(tables, np.array(closed, dtype=np.int64))
    return Board(
        courses=tuple(found[position] for position in kept),
        tables=tables[kept],
        start=np.array([levels.get(skill.skill_id, 0) for skill in skills], dtype=np.int8),
        required=np.array([skill.level or 1 for skill in skills], dtype=np.int8),
        essential=np.array([skill.essential for skill in skills], dtype=np.bool_),
        closed=np.array([closed[position] for position in kept], dtype=np.int64),
    )


def transfer_table(course: CourseView, index: Mapping[Id, int]) -> Levels:
    """Tabulate the level after a course, for each needed skill and each level before it."""
    table = np.tile(np.arange(LEVELS, dtype=np.int8), (len(index), 1))
    for outcome in sorted(course.outcomes, key=lambda one: one.entry_level):
        position = index.get(outcome.skill_id)
        if position is not None:
            row = table[position]
            row[(row >= outcome.entry_level) & (row < outcome.exit_level)] = outcome.exit_level
    return table


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


def _pathway(
    kinship: Kinship,
    courses: Sequence[CourseView],
    sessions: Sequence[SessionView | None],
    *,
    in_time: Verdict,
    profile: Profile | None,
    known: Mapping[Id, CourseView],
) -> Pathway:
    before = dict(profile.levels) if profile else {}
    after = after_in_order(courses, before)
    needed = kinship.need.skills
    essential = [skill for skill in needed if skill.essential]
    together = fixed_point(known.values(), before)
    complete = not remaining(essential, after)
    steps = []
    for course, session in zip(courses, sessions, strict=True):
        then = fixed_point([course], before)
        steps.append(PathwayStep(course.id, session.id if session else None, skill_gains(course, before, then)))
        before = then
    return Pathway(
        steps=tuple(steps),
        coverage=cover(kinship, courses, profile),
        complete=complete,
        in_time=in_time,
        longer_would_do=not complete and not remaining(essential, together),
        remaining=remaining(needed, after),
    )
