"""How much of each skill's label a text names: in one clause, and in all that it tells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from campus.matching.clauses import asking_clauses, without_conditions
from campus.matching.denials import split_denied
from campus.matching.stems import stem
from campus.matching.text import align, tokens
from campus.matching.vocabulary import Floats, Ints, Rows

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Reading:
    """For each skill: the share of its label (0 to 1) and the count of its words that its best clause names,
    which clause that is, the share that the whole text names, and the share that the text denies."""

    clauses: tuple[dict[str, list[Span]], ...]
    share: Floats
    count: Ints
    clause: Ints
    whole: Floats
    denied: Floats


class SkillWords:
    """The stems of labels, each weighted by its rarity among them.

    `mass` is the weight of each whole label, in words as rare as words can be.
    """

    def __init__(self, labels: Iterable[Sequence[str]]) -> None:
        stems = [{stem(word) for word in words} for words in labels]
        self._stem: dict[str, int] = {}
        rows = [self._stem.setdefault(one, len(self._stem)) for found in stems for one in sorted(found)]
        self.sizes = np.array([len(found) for found in stems], dtype=np.int32)
        stem_of = np.array(rows, dtype=np.int32)
        skill_of = np.repeat(np.arange(len(stems), dtype=np.int32), self.sizes)
        frequency = np.bincount(stem_of, minlength=len(self._stem))
        weights = np.log(1 + len(stems) / np.maximum(frequency, 1)).astype(np.float32)[stem_of]
        self._weight = np.bincount(skill_of, weights=weights, minlength=len(stems)).astype(np.float32) + 1e-9
        self.mass = self._weight / np.float32(np.log(2 + len(stems)))
        self._rows = Rows(stem_of, skill_of, weights, count=len(self._stem))
        self._of_skill = Rows(skill_of, stem_of, weights, count=len(stems))
        self._stems = list(self._stem)

    def read(self, text: str) -> Reading:
        """Read a text clause by clause; perks, conditions and praise of the firm say nothing."""
        said, not_asked = split_denied(without_conditions(align(text)))
        share = np.zeros(len(self.sizes), dtype=np.float32)
        count, clause = (np.zeros(len(self.sizes), dtype=np.int32) for _ in range(2))
        clauses = _stems_by_clause(said)
        for number, spans in enumerate(clauses):
            here, words = self.shares(spans)
            better = np.flatnonzero(here > share)
            share[better], count[better], clause[better] = here[better], words[better], number
        whole = self.shares({one for spans in clauses for one in spans})[0]
        denied = self.shares({stem(token.form) for token in tokens(not_asked)})[0]
        parts = (np.minimum(one, 1.0) for one in (whole, denied))
        return Reading(tuple(clauses), np.minimum(share, 1.0), count, clause, *parts)

    def shares(self, stems: Iterable[str]) -> tuple[Floats, Ints]:
        """Give the share of each label, weighted by rarity, that these stems name, and how many of them do."""
        known = [self._rows.of(self._stem[one]) for one in sorted(stems) if one in self._stem]
        if not known:
            return np.zeros(len(self.sizes), dtype=np.float32), np.zeros(len(self.sizes), dtype=np.int32)
        skills = np.concatenate([ids for ids, _ in known])
        weights = np.concatenate([found for _, found in known])
        weight = np.bincount(skills, weights=weights, minlength=len(self.sizes)).astype(np.float32)
        return weight / self._weight, np.bincount(skills, minlength=len(self.sizes)).astype(np.int32)

    def words(self, reading: Reading, skill: int) -> tuple[Span, ...]:
        """Give the places (start, end) of a skill's words in its best clause."""
        if not reading.clauses:
            return ()
        spans = reading.clauses[int(reading.clause[skill])]
        stems = (self._stems[number] for number in self._of_skill.of(skill)[0].tolist())
        return tuple(sorted(span for one in stems for span in spans.get(one, [])))


def _stems_by_clause(aligned: str) -> list[dict[str, list[Span]]]:
    """List, for each clause that may ask for a skill, its stems and the places of their words."""
    found = iter(tokens(aligned))
    token = next(found, None)
    clauses: list[dict[str, list[Span]]] = []
    for start, end in asking_clauses(aligned):
        spans: dict[str, list[Span]] = {}
        while token is not None and token.start < end:
            if token.start >= start:
                spans.setdefault(stem(token.form), []).append((token.start, token.end))
            token = next(found, None)
        if spans:
            clauses.append(spans)
    return clauses
