"""The course that exists nearest to some needs, and what would have to be added to it. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from campus.planning.creation import Group
from campus.planning.facts import LEVELS, Numbers, Rows, Sheet, whole_key


@dataclass(frozen=True)
class Step:
    """A skill to add to a course, or to lead further: from the level that it teaches (0: none) to the one wanted."""

    skill: int
    taught: int
    wanted: int


@dataclass(frozen=True)
class Extension:
    """The nearest course by its key, how many of a hundred asks it brings already, and the steps to the group."""

    course: bytes
    percent: int
    steps: tuple[Step, ...]


def nearest(needs: Sheet, courses: Sheet, group: Group) -> Extension | None:
    """Find the published course that already brings most of what the needs behind a group ask; None when none does.

    An ask is a skill of a need at its level (at any, if the firm does not know it) and counts as many times as the
    need has posts. A course brings it when it leads to that level or higher, whatever it asks at the entry. Of equals
    the one that leads to the group's first occupation comes first, then the smallest key.
    """
    asked = _asked(needs, group.needs)
    taught = courses.parts["taught"]
    brought = _brought(taught, asked, courses=len(courses.head))
    if not brought.any():
        return None
    keys, leads = courses.head["key"], courses.parts["leads"]
    first = group.occupations[0][0] if group.occupations else 0
    leading = np.isin(np.arange(len(keys)), leads["owner"][leads["occupation"] == first])
    best = int(np.lexsort((keys, ~leading, -brought))[0])
    own = taught["number"][taught["owner"] == best]
    levels = dict(zip((own // LEVELS).tolist(), (own % LEVELS).tolist(), strict=True))
    return Extension(
        course=whole_key(keys[best]),
        percent=int(100 * brought[best] / asked.sum()),
        steps=tuple(Step(line.skill, levels.get(line.skill, 0), line.exit) for line in group.skills),
    )


def _asked(known: Sheet, needs: Rows) -> Numbers:
    """Add up posts by skill and level asked, one not known counting as the first; shape (highest skill + 1, LEVELS)."""
    keys, rows = known.head["key"], known.parts["asked"]
    rows = rows[np.isin(keys, needs["key"])[rows["owner"]]]
    ordered = np.sort(needs, order="key")
    posts = ordered["posts"][np.searchsorted(ordered["key"], keys[rows["owner"]])]
    skills, levels = rows["number"] // LEVELS, np.maximum(rows["number"] % LEVELS, 1)
    table = np.zeros((int(skills.max(initial=0)) + 1, LEVELS), np.int64)
    np.add.at(table, (skills, levels), posts)
    return table


def _brought(taught: Rows, asked: Numbers, *, courses: int) -> Numbers:
    """Add up, by course, the posts whose ask it brings."""
    up_to = np.cumsum(asked, axis=1)
    rows = taught[taught["number"] // LEVELS < len(asked)]
    posts = up_to[rows["number"] // LEVELS, rows["number"] % LEVELS]
    return np.bincount(rows["owner"], weights=posts, minlength=courses).astype(np.int64)
