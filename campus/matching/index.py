"""From a job title or a pasted advert to occupations, each with the words that led there."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from campus.matching.adverts import PERKS, heads, is_title, only_telling
from campus.matching.calibration import calibrated
from campus.matching.companions import with_companions
from campus.matching.evidence import OccupationRow, Sheets
from campus.matching.question import LEAST_POINT, Question
from campus.matching.text import Token, align, blank, blank_outside, tokens, without_noise
from campus.matching.values import Id
from campus.matching.vocabulary import Floats, Ints, exactly
from campus.matching.weights import WEIGHTS

# What the rest of an advert weighs beside the places that name the job, the later of which weigh less.
BODY_WORDS, BODY_MEANING, LATER_HEAD = 1.2, 3.0, 0.5
# A title that the referential has word for word is not among the questions that weights are learnt from.
EXACT = 3.0
Span = tuple[int, int]

__all__ = ["OccupationIndex", "OccupationRow", "Proposal"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """An occupation proposed for a text: its share of the probability, its nearest title, the words that led to it."""

    occupation_id: Id
    share: float
    title: str
    words: tuple[Span, ...]

    @property
    def confidence(self) -> float:
        """Tell how often proposals with such a share are right (0 to 1); it rises with the share."""
        return round(calibrated(self.share), 4)


@dataclass(frozen=True, slots=True)
class Reading:
    """One place of a text read as a job title: its words, and for each occupation score and nearest title."""

    words: list[Token]
    scores: Floats
    titles: Ints


class OccupationIndex:
    """Occupations by the words of their titles, definition and skills."""

    def __init__(self, rows: Sequence[OccupationRow], weights: Mapping[str, float] = WEIGHTS) -> None:
        self.ids = [row.id for row in rows]
        self._weights = weights
        self.sheets = Sheets(rows) if rows else None

    @classmethod
    def build(cls, occupations: Iterable[Sequence[Any]]) -> "OccupationIndex":
        """Build from plain rows in the order of `OccupationRow`, the last two parts optional."""
        return cls([OccupationRow(*row) for row in occupations])

    def propose_occupations(self, text: str, limit: int = 3) -> list[Proposal]:
        """Propose occupations for a short title or a pasted advert (French), the likeliest first.

        The share is that of its score's exponential among all occupations, as the weights were learnt; the
        confidence is what came of such shares. Each proposal comes with the places (start, end) in the text of
        the words that led to it; without any, none is made.
        """
        aligned = align(text)
        scores, readings = self._scores(aligned)
        if not readings:
            return []
        shares = _shares(scores.max(axis=0))
        proposals: list[Proposal] = []
        for position in np.argsort(-shares, kind="stable")[: 3 * limit].tolist():
            reading = readings[int(scores[:, position].argmax())]
            one = self._proposal(position, float(shares[position]), reading)
            proposals += [one] if one.words else []
            if len(proposals) == limit:
                break
        return proposals

    def question(self, text: str) -> Question | None:
        """Read a text as one job title; None where it has no word that tells anything."""
        words = _words(align(text), (0, len(text)))
        return self._question(words) if words and self.sheets else None

    def _scores(self, aligned: str) -> tuple[Floats, list[Reading]]:
        """Score all occupations for each place of an aligned text that may name the job, the rest counting too."""
        if self.sheets is None:
            return np.zeros((0, 0), dtype=np.float32), []
        title = is_title(aligned)
        places = [(0, len(aligned))] if title else heads(aligned)
        readings = [self._read(words) for words in (_words(aligned, place) for place in places) if words]
        scores = np.array([each.scores - LATER_HEAD * rank for rank, each in enumerate(readings)], dtype=np.float32)
        if readings and not title:
            scores = scores + self._body(self.sheets, aligned)
        return scores, readings

    def _question(self, words: Sequence[Token]) -> Question:
        return Question(list(dict.fromkeys(token.form for token in words)), self._known.stems)

    @property
    def _known(self) -> Sheets:
        if self.sheets is None:
            raise ValueError("an index of nothing reads nothing")
        return self.sheets

    def _read(self, words: list[Token]) -> Reading:
        found, titles = self._known.evidence(self._question(words))
        scores = np.float32(EXACT) * found["title_exact"]
        for name, weight in self._weights.items():
            scores += np.float32(weight) * found[name]
        return Reading(words, scores, titles)

    def _body(self, sheets: Sheets, aligned: str) -> Floats:
        """Score what the clauses of an advert that tell something have in common with each sheet."""
        words = list(dict.fromkeys(token.form for token in tokens(only_telling(aligned))))
        number = sheets.titles.vocabulary.number
        known = exactly(number[word] for word in words if word in number)
        shared = sheets.title_words.scores(known) + sheets.text_words.scores(known)
        stands = (sheets.stems.stand_for(word) for word in words if word in number)
        meaning = sheets.meanings.of_text(stand for stand in stands if stand)
        found: Floats = BODY_WORDS * shared / max(float(shared.max()), 1e-9) + BODY_MEANING * meaning
        return found

    def _proposal(self, position: int, share: float, reading: Reading) -> Proposal:
        titles, title = self._known.titles, int(reading.titles[position])
        pointing = [
            (token.start, token.end)
            for token in reading.words
            if any(
                titles.nearness(form, title) >= LEAST_POINT or self._in_sheet(form, position)
                for form in with_companions([token.form])
            )
        ]
        return Proposal(self.ids[position], round(share, 4), titles.titles[title], tuple(pointing))

    def _in_sheet(self, word: str, position: int) -> bool:
        number = self._known.titles.vocabulary.number.get(word)
        return number is not None and self._known.title_words.holds(number, position)


def _words(aligned: str, place: Span) -> list[Token]:
    return tokens(blank(PERKS, without_noise(blank_outside(aligned, place))))


def _shares(scores: Floats) -> Floats:
    powers = np.exp(scores - scores.max())
    found: Floats = powers / powers.sum()
    return found
