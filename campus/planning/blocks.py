"""Courses that compete for the same posts, put together: the parts of a plan that are improved one at a time."""

from __future__ import annotations

from collections import defaultdict, deque

from campus.planning.values import Campus

MOST = 20  # courses in a block: what the solver improves in about half a second


def blocks(campus: Campus, most: int = MOST) -> list[frozenset[str]]:
    """Split the courses into blocks of at most so many, each as bound together by demands as it can be.

    Courses that no demand binds to others share blocks by their equipment, for they compete for rooms.
    """
    near = neighbours(campus)
    kinds = {each.key: sorted(each.equipment) for each in campus.courses}
    walked = _walk(near, sorted(near, key=lambda key: (kinds[key], key)))
    found: list[frozenset[str]] = []
    current: list[str] = []
    for together in walked:
        for part in (together[first : first + most] for first in range(0, len(together), most)):
            if len(current) + len(part) > most:
                found.append(frozenset(current))
                current = []
            current.extend(part)
    return [*found, frozenset(current)] if current else found


def neighbours(campus: Campus) -> dict[str, set[str]]:
    """Give, for each course that is asked for or known, those that share a demand with it, itself included."""
    near: dict[str, set[str]] = defaultdict(set)
    for demand in campus.demands:
        courses = sorted(demand.courses & campus.course_of.keys())
        for course in courses:
            near[course].update(courses)
    for known in (*campus.published, *campus.announced):
        near[known.course].add(known.course)
    return near


def _walk(near: dict[str, set[str]], order: list[str]) -> list[list[str]]:
    """Walk from each course to those that share demands with it, the nearest first; one list a connected part."""
    seen: set[str] = set()
    parts = []
    for first in order:
        if first in seen:
            continue
        seen.add(first)
        part, waiting = [], deque([first])
        while waiting:
            course = waiting.popleft()
            part.append(course)
            further = sorted(near[course] - seen)
            seen.update(further)
            waiting.extend(further)
        parts.append(part)
    return parts
