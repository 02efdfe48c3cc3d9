"""What a name means as the sheets where its words stand: names that share no word may share their sheets.

Gabrilovich and Markovitch's explicit semantic analysis (2007), with the job titles of each occupation as the texts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import numpy as np

from campus.matching.entries import starts_of
from campus.matching.text import title_forms
from campus.matching.vocabulary import Floats, Ints, Rows

SHARPNESS = 3.0
KEPT = 24


class SheetVectors:
    """For each word, how much it says of each sheet."""

    def __init__(self, sheets: Sequence[Iterable[str]]) -> None:
        """Learn from the job titles of each sheet."""
        self.size = max(1, len(sheets))
        bags = [Counter(chain.from_iterable(title_forms(title) for title in titles)) for titles in sheets]
        self._number: Mapping[str, int] = {word: n for n, word in enumerate(dict.fromkeys(chain.from_iterable(bags)))}
        words = np.array([self._number[word] for bag in bags for word in bag], dtype=np.int32)
        owners = np.repeat(np.arange(len(bags), dtype=np.int32), [len(bag) for bag in bags])
        counts = np.array([count for bag in bags for count in bag.values()], dtype=np.float32)
        frequency = np.bincount(words, minlength=len(self._number))
        self._rarity = 1 + np.log((1 + len(bags)) / (1 + frequency))
        weights = (1 + np.log(counts)) * self._rarity[words]
        norms = np.sqrt(np.bincount(owners, weights=weights**2, minlength=len(bags)))
        self._rows = Rows(words, owners, (weights / norms[owners]).astype(np.float32), count=len(self._number))

    def of(self, words: Iterable[str]) -> Floats:
        """Give the sheets (one weight each, of length 1 together, or all 0) that words by their one form point to."""
        vector = np.zeros(self.size, dtype=np.float32)
        for word in words:
            number = self._number.get(word)
            if number is not None:
                sheets, weights = self._rows.of(number)
                vector[sheets] += np.float32(self._rarity[number]) * weights
        vector **= np.float32(SHARPNESS)
        return vector / np.float32(max(float(np.sqrt(vector @ vector)), 1e-9))


class PlacedNames:
    """Names, each by the few sheets that it points to most."""

    def __init__(self, vectors: SheetVectors, names: Sequence[tuple[str, ...]]) -> None:
        """Place names, each given as its words by their one form."""
        self._vectors = vectors
        known: dict[tuple[str, ...], tuple[Ints, Floats]] = {}
        for words in names:
            if words not in known:
                known[words] = _strongest(vectors.of(words))
        kept = [known[words] for words in names]
        self._starts = starts_of([len(sheets) for sheets, _ in kept])
        self._sheets = np.concatenate([sheets for sheets, _ in kept]) if kept else np.zeros(0, dtype=np.int32)
        self._weights = np.concatenate([weights for _, weights in kept]) if kept else np.zeros(0, dtype=np.float32)

    def alike(self, words: Iterable[str]) -> Floats:
        """Give how much (0 to 1) each name points to the sheets that some words point to."""
        asked = self._vectors.of(words)
        return np.add.reduceat(self._weights * asked[self._sheets], self._starts)


def _strongest(vector: Floats) -> tuple[Ints, Floats]:
    """Keep the strongest sheets of a vector, at least one."""
    best = np.argsort(-vector, kind="stable")[:KEPT]
    best = best[: max(1, int(np.count_nonzero(vector[best])))].astype(np.int32)
    return best, vector[best]
