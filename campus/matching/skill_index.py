"""Skills named in a text, each with the words that point to it, then those of the likely sheets."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from campus.matching.adverts import only_telling, telling_clauses
from campus.matching.stems import stem
from campus.matching.text import align, blank_outside, tokens
from campus.matching.values import Id
from campus.matching.vocabulary import Floats, Ints, Rows

CORE_SHARE, SHEET_SHARE, ANY_SHARE = 0.48, 0.6, 0.99
ANY_WORDS = 3
MOST_NAMED = 0.95
CORE_CONFIDENCE = 0.4
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class SkillProposal:
    """A skill proposed for a text: where the text names it, or that the occupation's sheet holds it."""

    skill_id: Id
    words: tuple[Span, ...]
    confidence: float
    source: Literal["text", "sheet"]


@dataclass(frozen=True, slots=True)
class Naming:
    """How much of a skill's label one clause names, and with which words."""

    share: float
    words: tuple[Span, ...]


class SkillIndex:
    """Skills by the stems of their labels, and by occupation."""

    def __init__(
        self, sheets: Iterable[tuple[Id, Sequence[tuple[Id, str, bool]]]], labels: Mapping[Id, tuple[str, ...]]
    ) -> None:
        self.ids: list[Hashable] = list(labels)
        self._number = {skill_id: number for number, skill_id in enumerate(self.ids)}
        self._sheets: dict[Id, tuple[Ints, Floats]] = {}
        for occupation_id, skills in sheets:
            numbers = np.array([self._number[skill_id] for skill_id, _, _ in skills], dtype=np.int32)
            cores = np.array([core for _, _, core in skills], dtype=np.float32)
            self._sheets[occupation_id] = numbers, cores
        self._index([{stem(word) for word in words} for words in labels.values()])

    def _index(self, stems: Sequence[set[str]]) -> None:
        self._stem: dict[str, int] = {}
        rows = [self._stem.setdefault(one, len(self._stem)) for found in stems for one in sorted(found)]
        self._sizes = np.array([len(found) for found in stems], dtype=np.int32)
        stem_of = np.array(rows, dtype=np.int32)
        skill_of = np.repeat(np.arange(len(stems), dtype=np.int32), self._sizes)
        frequency = np.bincount(stem_of, minlength=len(self._stem))
        self._rarity = np.log(1 + len(stems) / np.maximum(frequency, 1)).astype(np.float32)
        weights = self._rarity[stem_of]
        self._weight = np.bincount(skill_of, weights=weights, minlength=len(stems)).astype(np.float32) + 1e-9
        self._rows = Rows(stem_of, skill_of, weights, count=len(self._stem))
        self._of_skill = Rows(skill_of, stem_of, weights, count=len(stems))
        self._stems = list(self._stem)

    def propose(self, text: str, occupation_ids: Sequence[Id], limit: int = 12) -> list[SkillProposal]:
        """Propose skills: those the text names, surest first, then the core skills of the occupations.

        A clause that denies or that belongs to every advert proposes nothing. A skill of no given
        occupation is proposed only when one clause names it entirely. Core skills that no clause names
        come in the order of what the whole text shares with them.
        """
        own = self._own(occupation_ids)
        aligned = align(text)
        namings = self._namings(aligned, own)
        order = sorted(namings, key=lambda number: (-namings[number].share, -own.get(number, -1.0), number))
        named = [
            SkillProposal(self.ids[number], namings[number].words, round(MOST_NAMED * namings[number].share, 2), "text")
            for number in order
        ]
        shares = self._shares({stem(token.form) for token in tokens(only_telling(aligned))})[0]
        unnamed = [number for number, core in own.items() if core and number not in namings]
        unnamed.sort(key=lambda number: -shares[number])
        core = [SkillProposal(self.ids[number], (), CORE_CONFIDENCE, "sheet") for number in unnamed]
        return [*named, *core][:limit]

    def _own(self, occupation_ids: Sequence[Id]) -> dict[int, float]:
        """Map the skills of the occupations to whether they are core, those of the first occupation first."""
        own: dict[int, float] = {}
        for occupation_id in occupation_ids:
            numbers, cores = self._sheets.get(occupation_id, (np.zeros(0, np.int32), np.zeros(0, np.float32)))
            for number, core in zip(numbers.tolist(), cores.tolist(), strict=True):
                own[number] = max(core, own.get(number, 0.0))
        return own

    def _namings(self, aligned: str, own: Mapping[int, float]) -> dict[int, Naming]:
        found: dict[int, Naming] = {}
        needed = np.full(len(self.ids), ANY_SHARE, dtype=np.float32)
        least = np.full(len(self.ids), ANY_WORDS, dtype=np.int32)
        for number, core in own.items():
            needed[number] = CORE_SHARE if core else SHEET_SHARE
            least[number] = min(2, self._sizes[number])
        for place in telling_clauses(aligned):
            spans: dict[str, list[Span]] = {}
            for token in tokens(blank_outside(aligned, place)):
                spans.setdefault(stem(token.form), []).append((token.start, token.end))
            share, count = self._shares(spans)
            for skill in np.flatnonzero((share >= needed) & (count >= least)).tolist():
                if skill not in found or share[skill] > found[skill].share:
                    words = sorted(span for one in self._stems_of(skill) for span in spans.get(one, []))
                    found[skill] = Naming(min(1.0, float(share[skill])), tuple(words))
        return found

    def _shares(self, stems: Iterable[str]) -> tuple[Floats, Ints]:
        """Give the share of each label, weighted by rarity, that these stems name, and how many of them do."""
        weight = np.zeros(len(self.ids), dtype=np.float32)
        count = np.zeros(len(self.ids), dtype=np.int32)
        for one in sorted(stems):
            if one in self._stem:
                skills, weights = self._rows.of(self._stem[one])
                weight[skills] += weights
                count[skills] += 1
        return weight / self._weight, count

    def _stems_of(self, skill: int) -> list[str]:
        return [self._stems[number] for number in self._of_skill.of(skill)[0].tolist()]
