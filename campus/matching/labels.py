"""Labels found by fragments, without accents, in the plural, with typos: for typeaheads and the catalogue."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from campus.matching.entries import NO_WORD, Entries
from campus.matching.gender import one_form
from campus.matching.sheet_vectors import PlacedNames, SheetVectors
from campus.matching.text import WORD, align, fold, title_forms, tokens, without_noise
from campus.matching.values import Id
from campus.matching.vocabulary import Floats, Vocabulary

FRAGMENT, TYPO = 0.75, 0.9
LEAST_TYPO = 0.42
LEAST_ANSWERED = 0.5
# What each part weighs: learnt on Belgian job titles, on labels held out of their own concept, and on ROME's titles.
WHOLE, SOFT, TOGETHER, PLACED = 1.0, 1.0, 0.3, 0.6
OTHER_NAME, GROUP_NAME = 0.97, 0.85
PLURAL = re.compile(r"[a-zœæ]{3,}(?<![sui])[sx]\b(?<!eux)(?<!ous)")


@dataclass(frozen=True, slots=True)
class LabelHit:
    """A label found: whose it is, which of its names answers best, and how well (0 to 1)."""

    id: Id
    name: str
    score: float


class LabelIndex:
    """Things by their label and other names (a course by its title and the job titles it leads to)."""

    def __init__(self, rows: Sequence[tuple[Id, str, Sequence[str]]], *, vectors: SheetVectors | None = None) -> None:
        self._ids = [row[0] for row in rows]
        names = [list(dict.fromkeys([label, *others])) for _, label, others in rows]
        self._names = list(chain.from_iterable(names))
        groups = [[title_forms(name) or (NO_WORD,) for name in group] for group in names]
        self._vocabulary = Vocabulary(chain.from_iterable(chain.from_iterable(groups)))
        self._entries = Entries(groups, self._vocabulary.number)
        self._worth = np.full(len(self._names), OTHER_NAME, dtype=np.float32)
        self._worth[self._entries.first] = 1.0
        self._worth[[is_group(name) for name in self._names]] *= np.float32(GROUP_NAME)
        self._placed = PlacedNames(vectors, self._entries.words) if vectors is not None else None
        self._begin = sorted({word for name in self._names for word in WORD.findall(fold(name))})

    @classmethod
    def build(
        cls, labels: Iterable[tuple[Id, str, Sequence[str]]], *, vectors: SheetVectors | None = None
    ) -> "LabelIndex":
        """Build from (id, label, other names); the order given decides between equals.

        With `vectors`, names that share no word with a query may still answer it by the sheets both point to.
        """
        return cls(list(labels), vectors=vectors)

    def search(self, query: str, limit: int = 10) -> list[LabelHit]:
        """Find the labels that answer a query, best first.

        The last word may be unfinished. A word counts whole when a name holds it in any gender or number,
        less as a fragment or with a typo; what answers under half of the query is left out. Words may be
        answered by different names of one thing, but one name answering all ranks higher.
        """
        return self._ranked(query, limit, least=LEAST_ANSWERED)

    def link(self, name: str, limit: int = 10) -> list[LabelHit]:
        """Rank all that may be meant by a whole name that another list uses, best first, however far."""
        return self._ranked(name, limit, least=0.0)

    def _ranked(self, query: str, limit: int, *, least: float) -> list[LabelHit]:
        words = list(dict.fromkeys(fold(query[one.start : one.end]) for one in tokens(without_noise(align(query)))))
        if not words or not self._ids:
            return []
        scores, together = self._scores(words)
        best, names = self._entries.best_of_groups(scores * self._worth)
        final = np.round((best + TOGETHER * together) / (WHOLE + SOFT + TOGETHER), 4)
        final[together < least] = 0
        order = np.argsort(-final, kind="stable")[:limit].tolist()
        return [
            LabelHit(self._ids[place], self._names[names[place]], round(float(final[place]), 4))
            for place in order
            if final[place] > 0
        ]

    def _scores(self, words: Sequence[str]) -> tuple[Floats, Floats]:
        """Score each name, and say how much (0 to 1) of the query each thing answers with all its names.

        WHOLE is the geometric mean of two shares: of the query that the name answers, of the name that the query
        asks for. SOFT is the cosine of both as bags of words, relatives and fragments counting in part.
        """
        entries = self._entries
        by_name = np.zeros(len(self._names), dtype=np.float32)
        soft = np.zeros(len(self._names), dtype=np.float32)
        together = np.zeros(len(self._ids), dtype=np.float32)
        nearest = np.zeros(len(self._vocabulary.words), dtype=np.float32)
        weights = []
        for word in words:
            likeness, weight = self._likeness(word)
            answered = entries.nearest(likeness)
            by_name += np.float32(weight) * answered
            soft += np.float32(weight) * entries.summed(likeness)
            together += np.float32(weight) * np.maximum.reduceat(answered, entries.first)
            np.maximum(nearest, likeness, out=nearest)
            weights.append(weight)
        total = np.float32(sum(weights))
        soft /= np.float32(math.hypot(*weights)) * entries.norms
        scores = WHOLE * np.sqrt(by_name / total * entries.asked_share(nearest)) + SOFT * soft
        if self._placed is not None:
            scores += np.float32(PLACED) * self._placed.alike(self._meant(word) for word in words)
        return scores.astype(np.float32), together / total

    def _likeness(self, word: str) -> tuple[Floats, float]:
        """Give how well each known word answers a query word, and what the query word weighs."""
        likeness = TYPO * self._vocabulary.dense(self._meant(word))
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

    def _meant(self, word: str) -> str:
        """Give a word's one form; for an unknown word that nothing begins with, the known form one slip away."""
        form = one_form(word)
        return form if self._beginning(word) else self._vocabulary.meant(form)

    def _beginning(self, fragment: str) -> list[str]:
        if len(fragment) < 2:
            return []
        first = bisect_left(self._begin, fragment)
        last = bisect_left(self._begin, fragment + "\uffff")
        return self._begin[first:last]


def is_group(name: str) -> bool:
    """Tell the name of a group ("Conducteurs d'engins") from that of one job: its first word is a plural."""
    return PLURAL.match(fold(name)) is not None
