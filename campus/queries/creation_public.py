"""Courses to create as sponsors may see them: rounded, and only what enough posts and firms stand behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from campus.planning.creation import Group
from campus.queries.creation import GroupSeen, NearestCourse, board, described
from campus.queries.demand_public import rounded
from campus.reports.hiding import small


@dataclass(frozen=True)
class PublicGroup:
    """A group without what a firm could be recognised by: skills in the order of their labels, posts rounded."""

    skills: Sequence[str]
    posts: int
    nearest: NearestCourse | None


def public_groups() -> list[PublicGroup]:
    """List the groups that enough posts and firms ask for, by their first skill; of each the skills that they ask for.

    Neither how many firms nor which occupations or dates is told, and no group that is left out is counted, so that
    nothing can be worked out by taking one figure from another.
    """
    known = board()
    shown = [group for group in map(known.group, range(len(known))) if not small(group.posts, group.firms)]
    told = [_told(group, seen) for group, seen in zip(shown, described(shown), strict=True)]
    return sorted((each for each in told if each.skills), key=lambda each: each.skills)


def _told(group: Group, seen: GroupSeen) -> PublicGroup:
    skills = sorted(seen.skills[line.skill] for line in group.skills if not small(line.posts, line.firms))
    return PublicGroup(skills, rounded(group.posts), seen.nearest)
