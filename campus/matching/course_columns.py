"""Courses as columns: what a database or a generator gives, and what an index is filled from in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from campus.matching.coverage import fixed_point
from campus.matching.ragged import Array, Ints
from campus.matching.values import CourseView, Id, Outcome

LEVEL_BITS, LEVEL_MASK = 3, 7


@dataclass(frozen=True, slots=True)
class CourseColumns:
    """Many courses; lists of different lengths stand one after the other, in the order of the courses.

    `taught_*`: one entry for each skill of a course, `taught_levels` as `packed` gives them. `trade`: numbers
    of occupations and parents. `certified_until`: ordinals, 0 for no end. `sessions`: the columns of the
    session board, each course's sessions in the order of their ids.
    """

    ids: Sequence[Id]
    titles: Sequence[str]
    taught_size: Ints
    taught_skill: Ints
    taught_levels: Ints
    trade_size: Ints
    trade: Ints
    certified_until: Ints
    session_size: Ints
    sessions: Mapping[str, Array]


def packed(sure: Any, hoped: Any, entry: Any) -> Any:
    """Pack what a course brings in one skill: surely, perhaps, and the entry level asked (0 to 4 each)."""
    return sure | hoped << LEVEL_BITS | entry << 2 * LEVEL_BITS


def sure_level(levels: Any) -> Any:
    """Unpack the level surely reached."""
    return levels & LEVEL_MASK


def hoped_level(levels: Any) -> Any:
    """Unpack the level perhaps reached."""
    return levels >> LEVEL_BITS & LEVEL_MASK


def entry_asked(levels: Any) -> Any:
    """Unpack the entry level asked."""
    return levels >> 2 * LEVEL_BITS


def levels_taught(course: CourseView) -> dict[Id, int]:
    """Give, for each skill of a course, its packed levels for people of whom nothing is known."""
    taught: dict[Id, list[Outcome]] = {}
    for outcome in course.outcomes:
        taught.setdefault(outcome.skill_id, []).append(outcome)
    sure = fixed_point([course], {})
    return {
        skill_id: packed(
            sure.get(skill_id, 0),
            max(one.exit_level for one in outcomes),
            min(one.entry_level for one in outcomes),
        )
        for skill_id, outcomes in taught.items()
    }
