"""A vocabulary that knows which of its words look like a given word, and weighted postings over it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from campus.matching.finding import distance

Floats: TypeAlias = NDArray[np.float32]
Ints: TypeAlias = NDArray[np.int32]
GRAM_SIZES = (2, 3, 4)
REMEMBERED = 2048
SHORTEST_MISTYPED, LOOKED_AT = 5, 6


def grams(word: str) -> list[str]:
    """List the different character n-grams (2 to 4) of a word, its two ends marked."""
    padded = f"_{word}_"
    found = (padded[i : i + size] for size in GRAM_SIZES for i in range(len(padded) - size + 1))
    return list(dict.fromkeys(found))


class Rows:
    """Sparse rows in three flat arrays: row r holds ids[starts[r]:starts[r + 1]] and their weights."""

    def __init__(self, rows: Ints, ids: Ints, weights: Floats, *, count: int) -> None:
        order = np.argsort(rows, kind="stable")
        self.ids = ids[order]
        self.weights = weights[order]
        self.starts = np.searchsorted(rows[order], np.arange(count + 1)).astype(np.int64)

    def of(self, row: int) -> tuple[Ints, Floats]:
        """Give the ids and weights of one row."""
        chosen = slice(self.starts[row], self.starts[row + 1])
        return self.ids[chosen], self.weights[chosen]

    def lengths(self) -> Ints:
        """Count the ids of every row."""
        return np.diff(self.starts).astype(np.int32)


class Vocabulary:
    """Words by number, with the character n-grams that find a word's look-alikes (typos, relatives)."""

    def __init__(self, words: Iterable[str], *, least_likeness: float = 0.3) -> None:
        self.words = list(dict.fromkeys(words))
        self.number = {word: number for number, word in enumerate(self.words)}
        self.least_likeness = least_likeness
        self._remembered: dict[str, tuple[Ints, Floats]] = {}
        self._build_grams()

    def _build_grams(self) -> None:
        self._gram: dict[str, int] = {}
        found = [grams(word) for word in self.words]
        numbered = (self._gram.setdefault(gram, len(self._gram)) for each in found for gram in each)
        grams_of = np.fromiter(numbered, dtype=np.int32)
        words_of = np.repeat(np.arange(len(found), dtype=np.int32), [len(each) for each in found])
        frequency = np.bincount(grams_of, minlength=len(self._gram))
        self._rarity = np.log(1 + len(self.words) / np.maximum(frequency, 1)).astype(np.float32)
        weights = self._rarity[grams_of] ** 2
        squares = np.bincount(words_of, weights=weights, minlength=len(self.words))
        self._norm = np.sqrt(squares).astype(np.float32)
        self._postings = Rows(grams_of, words_of, weights.astype(np.float32), count=len(self._gram))

    def alike(self, word: str) -> tuple[Ints, Floats]:
        """Give the numbers and likeness (0 to 1; 1 for itself) of the words that look like this one."""
        if word not in self._remembered:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[word] = self._alike(word)
        return self._remembered[word]

    def meant(self, word: str) -> str:
        """Give the known word that an unknown one of at least five letters is one slip away from; else the word."""
        if word in self.number or len(word) < SHORTEST_MISTYPED:
            return word
        numbers, likeness = self.alike(word)
        nearest = (self.words[number] for number in numbers[np.argsort(-likeness, kind="stable")[:LOOKED_AT]])
        return next((known for known in nearest if distance(word, known) == 1), word)

    def dense(self, word: str) -> Floats:
        """Give the likeness (0 to 1) of every word of the vocabulary to this one, 0 where it is slight."""
        likeness = np.zeros(len(self.words), dtype=np.float32)
        numbers, shares = self.alike(word)
        likeness[numbers] = shares
        return likeness

    def _alike(self, word: str) -> tuple[Ints, Floats]:
        scores = np.zeros(len(self.words), dtype=np.float32)
        strange = float(np.log(1 + len(self.words)))
        square = 0.0
        for gram in grams(word):
            number = self._gram.get(gram)
            if number is None:
                square += (0.7 * strange) ** 2
                continue
            ids, weights = self._postings.of(number)
            scores[ids] += weights
            square += float(self._rarity[number]) ** 2
        scores /= self._norm * np.float32(np.sqrt(square)) + np.float32(1e-9)
        if word in self.number:
            scores[self.number[word]] = 1.0
        near = np.flatnonzero(scores >= self.least_likeness).astype(np.int32)
        return near, np.minimum(scores[near], 1.0)


class Bm25:
    """Okapi BM25 postings of documents that are bags of vocabulary numbers (Robertson and Zaragoza 2009)."""

    def __init__(self, bags: Sequence[Mapping[int, float]], size: int, *, k1: float = 1.2, b: float = 0.75) -> None:
        self.count = len(bags)
        words = np.array([word for bag in bags for word in bag], dtype=np.int32)
        documents = np.repeat(np.arange(len(bags), dtype=np.int32), [len(bag) for bag in bags])
        counts = np.array([count for bag in bags for count in bag.values()], dtype=np.float32)
        lengths = np.bincount(documents, weights=counts, minlength=len(bags))
        average = lengths.mean() if len(bags) else 1.0
        frequency = np.bincount(words, minlength=size)
        rarity = np.log(1 + (len(bags) - frequency + 0.5) / (frequency + 0.5))
        saturation = counts + k1 * (1 - b + b * lengths[documents] / max(average, 1e-9))
        weights = rarity[words] * counts * (k1 + 1) / saturation
        self._rows = Rows(words, documents, weights.astype(np.float32), count=size)

    def scores(self, words: Iterable[tuple[Ints, Floats]]) -> Floats:
        """Score all documents for query words, each given as its look-alikes and their weights.

        A document gets, for each query word, its best look-alike only.
        """
        total = np.zeros(self.count, dtype=np.float32)
        for numbers, likeness in words:
            best = np.zeros(self.count, dtype=np.float32)
            for number, share in zip(numbers.tolist(), likeness.tolist(), strict=True):
                documents, weights = self._rows.of(number)
                best[documents] = np.maximum(best[documents], weights * np.float32(share))
            total += best
        return total

    def holds(self, word: int, document: int) -> bool:
        """Tell whether a document holds a word, both by number."""
        return document in self._rows.of(word)[0]


def exactly(numbers: Iterable[int]) -> list[tuple[Ints, Floats]]:
    """Give vocabulary numbers as query words that accept no look-alike."""
    whole = np.ones(1, dtype=np.float32)
    return [(np.array([number], dtype=np.int32), whole) for number in numbers]
