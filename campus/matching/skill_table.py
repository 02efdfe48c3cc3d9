"""Skills by number, and which of them count for which: the judge's closeness, worked out once for each skill."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from campus.matching.answers import Closeness
from campus.matching.closeness import PRECEDENCE, closeness_of
from campus.matching.grams import Grams
from campus.matching.ragged import Ints, Ragged, invert, lengths
from campus.matching.units import WHOLE
from campus.matching.values import Id, Importance, NeededSkill, Outcome, Rules, id_key

MARGIN = 1e-6


class Kin(NamedTuple):
    """The skills that count for one skill: their numbers, the precedence of the kind, the factor (0 to WHOLE)."""

    taught: Ints
    kind: Ints
    factor: Ints


class SkillTable:
    """Every skill with its label and macro-skill, and the sheets of the occupations."""

    def __init__(self, sheets: Mapping[Id, frozenset[Id]], rules: Rules) -> None:
        self.rules = rules
        self.ids: list[Id] = []
        self.number: dict[Id, int] = {}
        self._sheets = dict(sheets)
        self._facts: list[tuple[str, Id | None]] = []
        self._macros: dict[Id, list[int]] = {}
        self._grams = Grams()
        self._label_grams: list[list[int]] = []
        self.forget()

    def forget(self) -> None:
        """Forget what was worked out: a skill was added, and may be close to any other."""
        self._kin: dict[int, Kin] = {}
        self._own: dict[tuple[int, Id], Kin] = {}
        self._rank: Ints | None = None
        self._with_gram: Ragged | None = None

    def learn(self, skill_id: Id, label: str, macro_id: Id | None) -> int:
        """Give a skill's number; the first time its label and macro-skill are kept."""
        known = self.number.get(skill_id)
        if known is not None:
            return known
        number = self.number[skill_id] = len(self.ids)
        self.ids.append(skill_id)
        self._facts.append((label, macro_id))
        if macro_id is not None:
            self._macros.setdefault(macro_id, []).append(number)
        self._label_grams.append(self._grams.of(label))
        self.forget()
        return number

    def learn_sheet(self, occupation_id: Id, skills: Iterable[Id]) -> None:
        """Take note of the skills on an occupation's sheet; to do before a need of this occupation is linked."""
        self._sheets[occupation_id] = frozenset(skills)

    def sheet(self, occupation_id: Id | None) -> frozenset[Id] | None:
        """Give the skills on an occupation's sheet; None while it is not known."""
        return self._sheets.get(occupation_id)

    @property
    def rank(self) -> Ints:
        """Give the place of each skill in the order of ids."""
        if self._rank is None:
            order = sorted(range(len(self.ids)), key=lambda number: id_key(self.ids[number]))
            self._rank = np.empty(len(order), dtype=np.int64)
            self._rank[order] = np.arange(len(order))
        return self._rank

    def kin(self, number: int, occupation_id: Id | None) -> Kin:
        """List the skills that count for a skill that a need of this occupation asks for; itself is the first."""
        if number not in self._kin:
            self._kin[number] = self._work_out(number, self._candidates(number), None)
        if occupation_id is None or occupation_id not in self._sheets:
            return self._kin[number]
        if (number, occupation_id) not in self._own:
            self._own[number, occupation_id] = self._with_sheet(number, occupation_id)
        return self._own[number, occupation_id]

    def _with_sheet(self, number: int, occupation_id: Id) -> Kin:
        sheet = self._sheets[occupation_id]
        if self.ids[number] not in sheet:
            return self._kin[number]
        others = [self.number[one] for one in sheet if one in self.number]
        found = self._work_out(number, others, occupation_id)
        own = found.kind == PRECEDENCE[Closeness.SHEET]
        kept = ~np.isin(self._kin[number].taught, found.taught[own])
        pairs = zip(self._kin[number], found, strict=True)
        return Kin(*(np.concatenate([general[kept], sheet[own]]) for general, sheet in pairs))

    def _candidates(self, number: int) -> list[int]:
        """List the skills of the same macro-skill and those worded nearly enough alike."""
        with_gram, macro_id = self._labels(), self._facts[number][1]
        lists = [with_gram.of("skill", gram) for gram in self._label_grams[number]]
        common = np.bincount(np.concatenate(lists or [np.zeros(0, np.int32)]), minlength=len(self.ids))
        least = (self.rules.least_wording - MARGIN) * (self._size + self._size[number])
        alike = np.flatnonzero((2 * common >= least) & (common > 0)).tolist()
        mates = self._macros.get(macro_id, []) if macro_id is not None else []
        return sorted({number, *alike, *mates})

    def _labels(self) -> Ragged:
        """Give, for each trigram, the skills whose label holds it."""
        if self._with_gram is None:
            self._size = lengths(self._label_grams)
            flat = np.array([gram for grams in self._label_grams for gram in grams], dtype=np.int64)
            self._with_gram = Ragged(skill=np.int32)
            invert(self._with_gram, flat, {"skill": np.repeat(np.arange(len(self.ids)), self._size)})
        return self._with_gram

    def _work_out(self, number: int, others: Iterable[int], occupation_id: Id | None) -> Kin:
        sheet_ids = frozenset() if occupation_id is None else frozenset({occupation_id})
        label, macro_id = self._facts[number]
        needed = NeededSkill(self.ids[number], None, Importance.ESSENTIAL, label, macro_id, sheet_ids)
        rows = []
        for other in others:
            label, macro_id = self._facts[other]
            outcome = Outcome(self.ids[other], 0, 1, label, macro_id, sheet_ids)
            kind, factor = closeness_of(needed, outcome, self.rules)
            if kind != Closeness.NONE:
                rows.append((other, PRECEDENCE[kind], round(factor * WHOLE)))
        rows.sort(key=lambda row: row[1])
        taught, kinds, factors = np.array(rows, dtype=np.int64).reshape(-1, 3).T
        return Kin(np.ascontiguousarray(taught), np.ascontiguousarray(kinds), np.ascontiguousarray(factors))
