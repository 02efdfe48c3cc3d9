"""From a job title or a pasted advert to occupations and their skills, each with the words that led there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from campus.matching.adverts import PERKS, heads, is_title, only_telling
from campus.matching.skill_index import SkillIndex, SkillProposal
from campus.matching.text import Token, align, blank, blank_outside, forms, tokens, without_noise
from campus.matching.title_index import TitleIndex
from campus.matching.values import Id
from campus.matching.vocabulary import Bm25, Floats, exactly

# What each part weighs in a score, learnt on official job titles; and the sharpness with which exponentials
# of scores, shared out, read as probabilities (of those said at 0.9, nine in ten are right).
LIKENESS, SHEET_TITLES, SHEET_TEXT = 8.5, 0.7, 0.31
BODY, LATER_HEAD = 1.5, 0.5
EXACT = 1.0
STRANGENESS = 0.5
SHARPNESS = 0.75
POINTS = 0.5
Span = tuple[int, int]


class OccupationRow(NamedTuple):
    """One occupation as plain values; `skills` holds (skill id, label, core)."""

    id: Id
    code: str
    label: str
    parent_code: str | None
    titles: Sequence[str]
    definition: str
    skills: Sequence[tuple[Id, str, bool]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An occupation proposed for a text: how sure (0 to 1), its nearest title, the words that led to it."""

    occupation_id: Id
    confidence: float
    title: str
    words: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One place of a text read as a job title: its words, and for each occupation score and nearest title."""

    words: list[Token]
    scores: Floats
    titles: Any


class OccupationIndex:
    """Occupations by the words of their titles, definition and skills."""

    def __init__(self, rows: Sequence[OccupationRow]) -> None:
        self.ids = [row.id for row in rows]
        labels = {skill_id: label for row in rows for skill_id, label, _ in row.skills}
        skills = {skill_id: forms(label) for skill_id, label in labels.items()}
        texts = [_text_counts(row, skills) for row in rows]
        self._titles = TitleIndex(
            [list(dict.fromkeys([row.label, *row.titles])) for row in rows], chain.from_iterable(texts)
        )
        size = len(self._titles.vocabulary.words)
        self._sheet_titles = Bm25(self._numbered(self._titles.counts()), size, b=0.3)
        self._sheet_text = Bm25(self._numbered(texts), size)
        self._skills = SkillIndex(((row.id, row.skills) for row in rows), skills)

    @classmethod
    def build(cls, occupations: Iterable[Sequence[Any]]) -> "OccupationIndex":
        """Build from plain rows: id, code, label, parent code, titles, definition, skills (id, label, core)."""
        return cls([OccupationRow(*row) for row in occupations])

    def _numbered(self, bags: Iterable[Mapping[str, float]]) -> list[dict[int, float]]:
        number = self._titles.vocabulary.number
        return [{number[word]: count for word, count in bag.items()} for bag in bags]

    def propose_occupations(self, text: str, limit: int = 3) -> list[Proposal]:
        """Propose occupations for a short title or a pasted advert (French), the likeliest first.

        The confidence is the share of its score's exponential among all occupations. Each proposal comes
        with the places (start, end) in the text of the words that led to it; without any, none is made.
        """
        aligned = align(text)
        title = is_title(aligned)
        places = [(0, len(text))] if title else heads(aligned)
        readings = [self._read(aligned, place) for place in places]
        readings = [reading for reading in readings if reading.words]
        if not self.ids or not readings:
            return []
        ranked = np.array([reading.scores - LATER_HEAD * rank for rank, reading in enumerate(readings)])
        scores = ranked.max(axis=0) + (0.0 if title else BODY * self._body(aligned))
        shares = np.exp(SHARPNESS * (scores - scores.max()))
        shares /= shares.sum()
        proposals = []
        for position in np.argsort(-shares, kind="stable")[: 3 * limit].tolist():
            reading = readings[int(ranked[:, position].argmax())]
            proposals.append(self._proposal(position, float(shares[position]), reading))
        return [one for one in proposals if one.words][:limit]

    def propose_skills(self, text: str, occupation_ids: Sequence[Id], limit: int = 12) -> list[SkillProposal]:
        """Propose skills: those the text names, then the core skills of the occupations' sheets."""
        return self._skills.propose(text, occupation_ids, limit)

    def _read(self, aligned: str, place: Span) -> Reading:
        found = tokens(blank(PERKS, without_noise(blank_outside(aligned, place))))
        words = list(dict.fromkeys(token.form for token in found))
        likeness, titles = self._titles.best(words, STRANGENESS)
        alike = [self._half_alike(word) for word in words]
        sheets = SHEET_TITLES * self._sheet_titles.scores(alike) + SHEET_TEXT * self._sheet_text.scores(alike)
        scores = LIKENESS * likeness + EXACT * (likeness > 0.999) + sheets / max(1, len(words))
        return Reading(found, scores.astype(np.float32), titles)

    def _half_alike(self, word: str) -> tuple[Any, Any]:
        numbers, likeness = self._titles.vocabulary.alike(word)
        near = likeness >= POINTS
        return numbers[near], likeness[near] ** 2

    def _body(self, aligned: str) -> Floats:
        number = self._titles.vocabulary.number
        words = dict.fromkeys(token.form for token in tokens(only_telling(aligned)))
        known = exactly(number[word] for word in words if word in number)
        scores = self._sheet_titles.scores(known) + self._sheet_text.scores(known)
        return scores / max(float(scores.max()), 1e-9)

    def _proposal(self, position: int, share: float, reading: Reading) -> Proposal:
        title = int(reading.titles[position])
        pointing = [
            (token.start, token.end)
            for token in reading.words
            if self._titles.nearness(token.form, title) >= POINTS or self._in_sheet(token.form, position)
        ]
        return Proposal(self.ids[position], round(share, 4), self._titles.titles[title], tuple(pointing))

    def _in_sheet(self, word: str, position: int) -> bool:
        number = self._titles.vocabulary.number.get(word)
        return number is not None and self._sheet_titles.holds(number, position)


def _text_counts(row: OccupationRow, labels: Mapping[Id, tuple[str, ...]]) -> dict[str, float]:
    """Count the words of an occupation's definition (twice) and skills (twice when core)."""
    counts: dict[str, float] = {}
    for word in forms(row.definition):
        counts[word] = counts.get(word, 0.0) + 2.0
    for skill_id, _, core in row.skills:
        for word in labels[skill_id]:
            counts[word] = counts.get(word, 0.0) + (2.0 if core else 1.0)
    return counts
