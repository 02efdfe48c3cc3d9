"""Short texts (titles, labels) in groups, as flat arrays of word numbers, and what they answer of a query."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, chain

import numpy as np
from numpy.typing import NDArray

from campus.matching.vocabulary import Floats, Ints

NO_WORD = "?"


def starts_of(sizes: Sequence[int]) -> NDArray[np.int64]:
    """Give where each run starts when runs of these sizes (at least 1 each) follow one another."""
    return np.array([0, *accumulate(sizes)][: len(sizes)], dtype=np.int64)


class Entries:
    """Entries, each a few words, in groups (the titles of an occupation, the names of a course).

    Every group has an entry and every entry a word, `NO_WORD` if need be.
    """

    def __init__(self, groups: Sequence[Sequence[tuple[str, ...]]], number: Mapping[str, int]) -> None:
        self.words = list(chain.from_iterable(groups))
        self.sizes = [len(group) for group in groups]
        self.first = starts_of(self.sizes)
        self._flat = np.array([number[word] for words in self.words for word in words], dtype=np.int32)
        self._starts = starts_of([len(words) for words in self.words])
        frequency = np.bincount(self._flat, minlength=len(number))
        self.rarity = np.log(1 + len(self.words) / np.maximum(frequency, 1)).astype(np.float32)
        self.rarest = float(np.log(1 + len(self.words)))
        squares = np.add.reduceat(self.rarity[self._flat] ** 2, self._starts) if self.words else self.rarity[:0]
        self.norms = np.sqrt(squares)
        self._weight = np.add.reduceat(self.rarity[self._flat], self._starts) if self.words else self.rarity[:0]

    def nearest(self, likeness: Floats) -> Floats:
        """Give, for each entry, the highest likeness of its words (likeness is by word number)."""
        return np.maximum.reduceat(likeness[self._flat], self._starts)

    def summed(self, likeness: Floats) -> Floats:
        """Give, for each entry, the likeness of its words added up, each times its rarity."""
        return np.add.reduceat((likeness * self.rarity)[self._flat], self._starts)

    def asked_share(self, likeness: Floats) -> Floats:
        """Give the share (0 to 1) of each entry's words, weighted by rarity, that the likeness answers."""
        shares = np.add.reduceat((likeness * self.rarity)[self._flat], self._starts) / self._weight
        return shares.astype(np.float32)

    def best_of_groups(self, scores: Floats) -> tuple[Floats, Ints]:
        """Give each group's best score and the number of the first entry that has it."""
        best = np.maximum.reduceat(scores, self.first)
        is_best = scores >= np.repeat(best, self.sizes)
        places = np.where(is_best, np.arange(len(scores)), len(scores))
        return best, np.minimum.reduceat(places, self.first).astype(np.int32)
