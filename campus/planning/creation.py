"""The courses to create: uncovered skills in groups that one course could bring, and what each group would serve. Pure.

A need stands behind a group when it lacks one skill of it at least; its posts and its firm then count once there. A
skill is in one group only, whatever the levels it is asked at: who teaches the highest serves the others. Days are
proleptic ordinals; 0 is "no date".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from campus.planning.facts import FIRM, KEY, Kinds, Numbers, Rows, Sheet, columns_of
from campus.planning.together import together

# `level` is the level asked, 0 when the firm does not know it; `reached` what all courses together bring.
LACKS: Kinds = {
    "": [("key", KEY), ("firm", FIRM), ("posts", "i4"), ("day", "i4"), ("occupation", "i4")],
    "skills": [("owner", "i4"), ("skill", "i4"), ("level", "i1"), ("reached", "i1"), ("essential", "?")],
}
PROPOSED_LEVEL = 2  # taught where no firm has said a level: guided application


@dataclass(frozen=True)
class Wanted:
    """One skill of a group: its posts, by level asked (0: not said) and for which it is essential, and its firms; the
    level that the courses there are bring to everybody who asks."""

    skill: int
    posts: int
    firms: int
    levels: Mapping[int, int]
    essential: int
    reached: int

    @property
    def exit(self) -> int:
        """Give the level to teach: the highest asked."""
        return max(self.levels) or PROPOSED_LEVEL


@dataclass(frozen=True)
class Group:
    """Skills that one course could bring, most posts first, and the needs behind them."""

    skills: tuple[Wanted, ...]
    needs: Rows

    @property
    def key(self) -> int:
        """Name the group by its most wanted skill."""
        return self.skills[0].skill

    @property
    def posts(self) -> int:
        """Add up the posts."""
        return int(self.needs["posts"].sum())

    @property
    def firms(self) -> int:
        """Count the firms."""
        return len(np.unique(self.needs["firm"]))

    @property
    def occupations(self) -> list[tuple[int, int]]:
        """List the occupations of the needs that name one, each with its posts, most posts first."""
        found = _summed(self.needs["occupation"], self.needs["posts"])
        return sorted(((key, posts) for key, posts in found.items() if key), key=lambda each: (-each[1], each[0]))

    def by_column(self, ends: Numbers) -> list[int]:
        """Add up the posts by the column of their date: those that end before these days, later, no date."""
        columns = columns_of(self.needs["day"], ends)
        return np.bincount(columns, weights=self.needs["posts"], minlength=len(ends) + 2).astype(int).tolist()


class Board:
    """All groups, by the order of their posts; one is worked out when it is asked for."""

    def __init__(self, lacks: Sheet) -> None:
        self._head, self._rows = lacks.head, lacks.parts["skills"]
        owners, skills = self._rows["owner"].astype(np.int64), self._rows["skill"].astype(np.int64)
        self.sets = together(owners, skills, self._head["posts"][owners].astype(np.int64))
        self.place = {skill: place for place, skills_of in enumerate(self.sets) for skill in skills_of}
        self._set = np.array([self.place[each] for each in skills.tolist()], np.int64)
        # Each need once in each of its groups.
        pairs = np.unique(np.stack([self._set, owners], axis=1), axis=0)
        self._of, self._behind = pairs[:, 0], pairs[:, 1]

    def __len__(self) -> int:
        return len(self.sets)

    @cached_property
    def posts(self) -> Numbers:
        """Add up the posts of each group."""
        weights = self._head["posts"][self._behind]
        return np.bincount(self._of, weights=weights, minlength=len(self)).astype(np.int64)

    @cached_property
    def sizes(self) -> Numbers:
        """Count the skills of each group."""
        return np.array([len(each) for each in self.sets], np.int64)

    @cached_property
    def order(self) -> Numbers:
        """Give the places of all groups, most posts first, then most skills, then the smallest skill."""
        return np.lexsort((np.arange(len(self)), -self.sizes, -self.posts))

    def with_occupations(self, wanted: set[int]) -> set[int]:
        """Give the places of the groups behind which a need names one of these occupations."""
        named = np.isin(self._head["occupation"][self._behind], list(wanted))
        return set(self._of[named].tolist())

    def in_column(self, column: int, ends: Numbers) -> set[int]:
        """Give the places of the groups behind which a need has its date in a column; see `Group.by_column`."""
        there = columns_of(self._head["day"][self._behind], ends) == column
        return set(self._of[there].tolist())

    def occupations(self) -> set[int]:
        """Name every occupation that a need behind a group names."""
        return set(self._head["occupation"][self._head["occupation"] > 0].tolist())

    def group(self, place: int) -> Group:
        """Work out one group."""
        rows = self._rows[self._set == place]
        lines = [self._wanted(rows[rows["skill"] == skill]) for skill in self.sets[place]]
        return Group(
            skills=tuple(sorted(lines, key=lambda line: (-line.posts, line.skill))),
            needs=self._head[self._behind[self._of == place]],
        )

    def _wanted(self, rows: Rows) -> Wanted:
        needs = self._head[rows["owner"]]
        posts = needs["posts"]
        return Wanted(
            skill=int(rows["skill"][0]),
            posts=int(posts.sum()),
            firms=len(np.unique(needs["firm"])),
            levels=_summed(rows["level"], posts),
            essential=int(posts[rows["essential"]].sum()),
            reached=int(rows["reached"].min()),
        )


def _summed(keys: Numbers, amounts: Numbers) -> dict[int, int]:
    found, line = np.unique(keys, return_inverse=True)
    total = np.bincount(line, weights=amounts, minlength=len(found)).astype(int)
    return dict(zip(found.tolist(), total.tolist(), strict=True))
