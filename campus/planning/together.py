"""Which uncovered skills are asked together, so that one course could bring them. Pure.

How alike two skills are is Jaccard's index (Jaccard 1912; with amounts, Ruzicka 1958), each need counting as many times
as it has posts: posts whose need lacks both, over posts whose need lacks either. Skills are then put together by
average linkage (UPGMA: Sokal and Michener 1958): the two sets whose skills are most alike on average become one, again
and again, as long as that average is at least `LEAST_ALIKE` and the set stays small enough to be one course. Of equals
the set that holds the smallest key comes first, so that the same needs always give the same sets, in whatever order
they are read. The work grows with the pairs of skills that some need lacks together, not with all pairs there are.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import heapify, heappop, heappush

import numpy as np

from campus.planning.facts import Numbers

LEAST_ALIKE = 0.12
MOST_SKILLS = 8
WIDTH = 1 << 31  # two places among the skills make one number
Near = dict[int, dict[int, float]]
Merge = tuple[float, int, int]


def together(owners: Numbers, skills: Numbers, posts: Numbers) -> list[tuple[int, ...]]:
    """Put skills into sets, each skill in exactly one; skills ascend in a set, sets by their first skill.

    Row n says that the need `owners[n]` (any whole number) lacks `skills[n]`, once for a need and a skill; `posts[n]`
    is how many posts that need has.
    """
    linkage = Linkage(_alike(owners, skills, posts))
    linkage.run()
    return sorted(linkage.sets.values())


class Linkage:
    """Sets of skills under their smallest key, and for each the summed likeness of its skills to those of others."""

    def __init__(self, near: Near) -> None:
        self.sets = {skill: (skill,) for skill in near}
        self._near = near

    def run(self) -> None:
        """Merge the two most alike, again and again."""
        heap = [merge for one in self.sets for merge in self._merges(one) if merge[1] == one]
        heapify(heap)
        while heap:
            average, one, other = heappop(heap)
            if self._stands(average, one, other):
                self._merge(one, other)
                for following in self._merges(one):
                    heappush(heap, following)

    def _merges(self, one: int) -> Iterator[Merge]:
        """Give the merges that a set may enter, each as minus its average and the two keys, the smaller first."""
        for other, total in self._near[one].items():
            average = total / (len(self.sets[one]) * len(self.sets[other]))
            if average >= LEAST_ALIKE:
                yield -average, min(one, other), max(one, other)

    def _stands(self, average: float, one: int, other: int) -> bool:
        """Tell whether a merge makes a set small enough, and is still what it was when it was written down."""
        if one not in self.sets or other not in self.sets:
            return False
        sizes = len(self.sets[one]), len(self.sets[other])
        return -average == self._near[one][other] / (sizes[0] * sizes[1]) and sum(sizes) <= MOST_SKILLS

    def _merge(self, one: int, other: int) -> None:
        """Make one set of two, under the smaller key."""
        self.sets[one] = tuple(sorted((*self.sets[one], *self.sets.pop(other))))
        mine, theirs = self._near[one], self._near.pop(other)
        del mine[other], theirs[one]
        for third, total in theirs.items():
            del self._near[third][other]
            mine[third] = self._near[third][one] = mine.get(third, 0.0) + total


def _alike(owners: Numbers, skills: Numbers, posts: Numbers) -> Near:
    """Give for each skill those that some need lacks with it, and how alike they are."""
    order = np.lexsort((skills, owners))
    owner, amount = owners[order], posts[order].astype(np.float64)
    known, place = np.unique(skills[order], return_inverse=True)
    pairs, shared = _shared(owner, place, amount)
    alone = np.bincount(place, weights=amount, minlength=len(known))
    one, other = pairs // WIDTH, pairs % WIDTH
    shares = shared / (alone[one] + alone[other] - shared)
    near: Near = {skill: {} for skill in known.tolist()}
    for first, second, share in zip(known[one].tolist(), known[other].tolist(), shares.tolist(), strict=True):
        near[first][second] = near[second][first] = share
    return near


def _shared(owner: Numbers, place: Numbers, amount: Numbers) -> tuple[Numbers, Numbers]:
    """Add up the posts of each pair of skills lacked by one need; rows stand need by need, skills ascending."""
    codes, weights = [np.zeros(0, np.int64)], [np.zeros(0)]
    step = 1
    while step < len(owner) and (same := owner[:-step] == owner[step:]).any():
        codes.append(place[:-step][same].astype(np.int64) * WIDTH + place[step:][same])
        weights.append(amount[:-step][same])
        step += 1
    pairs, line = np.unique(np.concatenate(codes), return_inverse=True)
    return pairs, np.bincount(line, weights=np.concatenate(weights), minlength=len(pairs))
