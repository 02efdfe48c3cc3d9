"""Needs that say the same thing twice, probably. Pure, and never all against all."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from campus.planning.facts import LEVELS, Sheet, whole_key

LEAST_SHARED, MOST_DAYS = 0.6, 60
Pair = tuple[bytes, bytes]


def likely_duplicates(needs: Sheet) -> list[Pair]:
    """Give the pairs of needs that are probably the same, by their keys: the older first, the latest pair first.

    They are of one site and one occupation, share at least three skills in five of those that either asks (Jaccard's
    index), and their dates, where both have one, are at most 60 days apart. Only needs of the same site and occupation
    are compared, so that the work grows with the needs of one site, not with the square of all.
    """
    alike: dict[tuple[bytes, int], list[int]] = defaultdict(list)
    head = needs.head
    for place, of in enumerate(zip(head["site"].tolist(), head["occupation"].tolist(), strict=True)):
        if of[1]:
            alike[of].append(place)
    crowded = [places for places in alike.values() if len(places) > 1]
    skills = _skills(needs, {place for places in crowded for place in places})
    keys, days = [whole_key(key) for key in head["key"].tolist()], head["day"].tolist()
    pairs = (
        (min(keys[one], keys[other]), max(keys[one], keys[other]))
        for places in crowded
        for one, other in combinations(places, 2)
        if _near(days[one], days[other]) and _shared(skills[one], skills[other]) >= LEAST_SHARED
    )
    return sorted(pairs, key=lambda pair: (pair[1], pair[0]), reverse=True)


def _skills(needs: Sheet, places: set[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {place: set() for place in places}
    rows = needs.parts["asked"]
    for owner, skill in zip(rows["owner"].tolist(), (rows["number"] // LEVELS).tolist(), strict=True):
        if owner in found:
            found[owner].add(skill)
    return found


def _near(one: int, other: int) -> bool:
    return not one or not other or abs(one - other) <= MOST_DAYS


def _shared(one: set[int], other: set[int]) -> float:
    return len(one & other) / len(one | other) if one or other else 0.0
