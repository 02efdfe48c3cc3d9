"""Find documents by words in French: accents, plurals and genders forgiven, beginnings and typing errors too."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from campus.matching.text import content_words

ENDINGS = (
    ("trice", "teur"),
    ("euse", "eur"),
    ("ienne", "ien"),
    ("iere", "ier"),
    ("elle", "el"),
    ("ive", "if"),
    ("eau", "eau"),
    ("au", "al"),
)
EXACT, BEGINNING, TYPING, FAMILY = 1.0, 0.7, 0.6, 0.4
SHORTEST_BEGINNING = 3
ROOT = 4
LONGEST_REST = 4
Id = Hashable


@dataclass(frozen=True, slots=True)
class Found:
    """A document, how well it answers, and whether it answers every word."""

    id: Id
    score: float
    complete: bool


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Take a folded word's plural and feminine away: "operatrices" and "operateur" become one."""
    bare = word[:-1] if len(word) > 3 and word[-1] in "sx" else word
    for ending, becomes in ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= 2:
            return bare[: -len(ending)] + becomes
    return bare[:-1] if len(bare) > 3 and bare[-1] == "e" else bare


@lru_cache(maxsize=65536)
def stems(text: str) -> tuple[str, ...]:
    """List the stems of the words that carry meaning."""
    return tuple(stem(word) for word in content_words(text))


def distance(one: str, other: str) -> int:
    """Count the letters to add, drop, change or swap to go from one word to the other (optimal alignment)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, target in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != target))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == target:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]


class Finder:
    """An index in memory: which documents hold which words, and how much each place counts."""

    def __init__(self, documents: Iterable[tuple[Id, Iterable[tuple[str, float]]]]) -> None:
        """Index documents given as (id, [(text, weight)]); a word counts once, at its best place."""
        self._places: dict[str, dict[Id, float]] = defaultdict(dict)
        ids = set()
        for key, texts in documents:
            ids.add(key)
            for text, weight in texts:
                for word in stems(text):
                    there = self._places[word]
                    there[key] = max(weight, there.get(key, 0.0))
        self.size = len(ids)
        self._roots: dict[str, list[str]] = defaultdict(list)
        for word in self._places:
            self._roots[word[:1]].append(word)

    def find(self, query: str) -> list[Found]:
        """List the documents that answer at least one word of the query, the best first."""
        asked = tuple(dict.fromkeys(stems(query)))
        scores: dict[Id, float] = defaultdict(float)
        answered: dict[Id, int] = defaultdict(int)
        for word in asked:
            for key, score in self._answers(word).items():
                scores[key] += score
                answered[key] += 1
        found = [Found(key, score, answered[key] == len(asked)) for key, score in scores.items()]
        return sorted(found, key=lambda each: (not each.complete, -answered[each.id], -each.score, str(each.id)))

    def _answers(self, word: str) -> dict[Id, float]:
        best: dict[Id, float] = {}
        for known, factor in self._like(word):
            places = self._places[known]
            rarity = math.log(1 + self.size / len(places))
            for key, weight in places.items():
                best[key] = max(best.get(key, 0.0), weight * factor * rarity)
        return best

    def _like(self, word: str) -> list[tuple[str, float]]:
        """List the known words that a typed one stands for; the far ones only when no near one is known."""
        near = [(word, EXACT)] if word in self._places else []
        if len(word) >= SHORTEST_BEGINNING:
            near += [(known, BEGINNING) for known in self._roots[word[0]] if known.startswith(word) and known != word]
        return near or self._mistyped(word) or self._family(word)

    def _mistyped(self, word: str) -> list[tuple[str, float]]:
        most = 0 if len(word) < ROOT else 1 if len(word) < 8 else 2
        if not most:
            return []
        close = [known for known in self._places if abs(len(known) - len(word)) <= most]
        return [(known, TYPING) for known in close if distance(word, known) <= most]

    def _family(self, word: str) -> list[tuple[str, float]]:
        """List the words with the same root: "usinage" stands for "usiner"."""
        return [
            (known, FAMILY)
            for known in self._roots[word[0]]
            if len(word) > ROOT and known[:ROOT] == word[:ROOT] and _rests(word, known) <= LONGEST_REST
        ]


def _rests(one: str, other: str) -> int:
    """Count the letters after the common beginning, in the word where more are left."""
    common = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return max(len(one), len(other)) - common
