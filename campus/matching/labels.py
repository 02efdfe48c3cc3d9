"""Labels found by fragments, without accents, in the plural, with typos: for typeaheads and the catalogue."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from campus.matching.entries import NO_WORD, Entries
from campus.matching.gender import one_form
from campus.matching.text import WORD, align, fold, title_forms, tokens, without_noise
from campus.matching.values import Id
from campus.matching.vocabulary import Floats, Vocabulary

FRAGMENT, TYPO = 0.75, 0.9
LEAST_TYPO = 0.42
LEAST_ANSWERED = 0.5
OTHER_NAME = 0.9
BREVITY = 0.25


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label found: whose it is, which of its names answers best, and how well (0 to 1)."""

    id: Id
    name: str
    score: float


class LabelIndex:
    """Things by their label and other names (a course by its title and the job titles it leads to)."""

    def __init__(self, rows: Sequence[tuple[Id, str, Sequence[str]]]) -> None:
        self._ids = [row[0] for row in rows]
        names = [list(dict.fromkeys([label, *others])) for _, label, others in rows]
        self._names = list(chain.from_iterable(names))
        groups = [[title_forms(name) or (NO_WORD,) for name in group] for group in names]
        self._vocabulary = Vocabulary(chain.from_iterable(chain.from_iterable(groups)))
        self._entries = Entries(groups, self._vocabulary.number)
        self._is_other = np.ones(len(self._names), dtype=np.bool_)
        self._is_other[self._entries.first] = False
        self._begin = sorted({word for name in self._names for word in WORD.findall(fold(name))})

    @classmethod
    def build(cls, labels: Iterable[tuple[Id, str, Sequence[str]]]) -> "LabelIndex":
        """Build from (id, label, other names); the order given decides between equals."""
        return cls(list(labels))

    def search(self, query: str, limit: int = 10) -> list[LabelHit]:
        """Find the labels that answer a query, best first.

        The last word may be unfinished. A word counts whole when a name holds it in any gender or number,
        less as a fragment or with a typo; what answers under half of the query is left out. Words may be
        answered by different names of one thing, but one name answering all ranks higher.
        """
        words = list(dict.fromkeys(fold(query[one.start : one.end]) for one in tokens(without_noise(align(query)))))
        if not words or not self._ids:
            return []
        entries = self._entries
        by_name = np.zeros(len(self._names), dtype=np.float32)
        together = np.zeros(len(self._ids), dtype=np.float32)
        nearest = np.zeros(len(self._vocabulary.words), dtype=np.float32)
        total = 0.0
        for word in words:
            likeness, weight = self._likeness(word)
            answered = entries.nearest(likeness)
            by_name += np.float32(weight) * answered
            together += np.float32(weight) * np.maximum.reduceat(answered, entries.first)
            np.maximum(nearest, likeness, out=nearest)
            total += weight
        brevity = 1 - BREVITY + BREVITY * entries.asked_share(nearest)
        scores = by_name / np.float32(total) * brevity * np.where(self._is_other, OTHER_NAME, 1.0)
        return self._hits(scores.astype(np.float32), together / np.float32(total), limit)

    def _hits(self, scores: Floats, together: Floats, limit: int) -> list[LabelHit]:
        best, names = self._entries.best_of_groups(scores)
        final = np.round((best + together) / 2, 4)
        final[together < LEAST_ANSWERED] = 0
        order = np.argsort(-final, kind="stable")[:limit].tolist()
        return [
            LabelHit(self._ids[place], self._names[names[place]], round(float(final[place]), 4))
            for place in order
            if final[place] > 0
        ]

    def _likeness(self, word: str) -> tuple[Floats, float]:
        """Give how well each known word answers a query word, and what the query word weighs."""
        likeness = TYPO * self._vocabulary.dense(one_form(word))
        likeness[likeness < LEAST_TYPO] = 0
        for known in self._beginning(word):
            number = self._vocabulary.number.get(one_form(known))
            if number is not None:
                share = FRAGMENT + (1 - FRAGMENT) * len(word) / len(known)
                likeness[number] = max(likeness[number], share)
        number = self._vocabulary.number.get(one_form(word))
        if number is not None:
            likeness[number] = 1.0
        rarity = self._entries.rarity
        weight = float(rarity[likeness.argmax()]) if likeness.any() else self._entries.rarest
        return likeness.astype(np.float32), max(weight, 0.1)

    def _beginning(self, fragment: str) -> list[str]:
        if len(fragment) < 2:
            return []
        first = bisect_left(self._begin, fragment)
        last = bisect_left(self._begin, fragment + "\uffff")
        return self._begin[first:last]
