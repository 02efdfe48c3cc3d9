"""Skills an advert asks for: those of its likely sheets and those its text names, with the words that say so.

For each likely occupation, the chance that a skill of its sheet is asked for is raised by how much of its
label the text names (log-odds add up, as in a naive Bayes reading); occupations count by their probability.
"""

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from campus.matching.asking import UNKNOWN, SkillFact, asked_share, with_older_sheets
from campus.matching.skill_words import Reading, SkillWords, Span
from campus.matching.values import Id
from campus.matching.vocabulary import Floats, Ints

# The share of a label that one clause must name for the text to name the skill: at the heart of a likely
# sheet, beside it, or on no likely sheet (then with three words at least).
CORE_SHARE, SHEET_SHARE, ANY_SHARE = 0.4, 0.55, 0.99
ANY_WORDS, TELLING_WORDS = 3, 2
# The share of a label in what the text denies from which the skill is dropped, if no clause says more of it.
DENIED_SHARE = 0.4
# What the words of a label add to the log-odds, by their mass (in words as rare as words can be): those of
# its best clause, those of the whole text; and what the share of the label that the clause names adds.
CLAUSE_LIFT, TEXT_LIFT, SHARE_LIFT, CURVE = 0.5, 0.8, 1.0, 1.5
MOST_MASS = 2.5
# The log-odds of a skill of no likely sheet before its words count, and what their mass alone is worth.
ANYWHERE, ANYWHERE_MASS = -6.2, 0.8
LEAST = 0.005
# From this probability of the sheets at whose heart a skill is, it is told to be at the heart of the occupation.
CORE_LIKELY = 0.5
Flags: TypeAlias = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class SkillProposal:
    """A skill proposed for a text: where the text names it, or that a likely occupation's sheet holds it.

    `confidence` is the chance (0 to 1) that the advert asks for it; `core` tells that it is at the heart of the
    occupation, or of occupations that are together more likely than not.
    """

    skill_id: Id
    words: tuple[Span, ...]
    confidence: float
    source: Literal["text", "sheet"]
    core: bool = False


class SkillIndex:
    """Skills by the stems of their labels, and by occupation."""

    def __init__(
        self,
        sheets: Iterable[tuple[Id, Sequence[tuple[Id, str, bool]]]],
        labels: Mapping[Id, tuple[str, ...]],
        *,
        facts: Mapping[Id, SkillFact] | None = None,
        older: Mapping[Id, Id] | None = None,
    ) -> None:
        known = facts or {}
        self._older = older or {}
        self.ids: list[Hashable] = list(labels)
        number = {skill_id: position for position, skill_id in enumerate(self.ids)}
        self._sheets: dict[Id, tuple[Ints, Floats, Floats]] = {}
        for occupation_id, skills in sheets:
            asked = [asked_share(known.get(one, UNKNOWN), labels[one], core=core) for one, _, core in skills]
            self._sheets[occupation_id] = (
                np.array([number[one] for one, _, _ in skills], dtype=np.int32),
                np.array([core for _, _, core in skills], dtype=np.float32),
                np.array([math.log(chance / (1 - chance)) for chance in asked], dtype=np.float32),
            )
        self._words = SkillWords(labels.values())

    def propose(self, text: str, likely: Mapping[Id, float] | Sequence[Id], limit: int = 12) -> list[SkillProposal]:
        """Propose the skills that an advert asks for, the surest first; ties in the order of the skills.

        `likely` gives each likely occupation and its probability (0 to 1); a list stands for equal parts
        of one. A clause that denies or that belongs to every advert proposes nothing. A skill of no likely
        occupation is proposed only when one clause names it entirely.
        """
        shares = likely if isinstance(likely, Mapping) else dict.fromkeys(likely, 1 / max(1, len(likely)))
        shares = with_older_sheets(shares, self._older)
        reading = self._words.read(text)
        held, cores, heart = self._held(shares)
        named = self._named(reading, held, cores)
        confidences = self._confidences(reading, shares, held=held, named=named)
        confidences[(reading.denied >= DENIED_SHARE) & (reading.denied > reading.share)] = 0.0
        order = np.argsort(-confidences, kind="stable")[:limit].tolist()
        return [
            SkillProposal(
                self.ids[skill],
                self._words.words(reading, skill) if named[skill] or reading.count[skill] >= TELLING_WORDS else (),
                round(float(confidences[skill]), 4),
                "text" if named[skill] else "sheet",
                bool(heart[skill] >= CORE_LIKELY),
            )
            for skill in order
            if confidences[skill] >= LEAST
        ]

    def _held(self, shares: Mapping[Id, float]) -> tuple[Floats, Floats, Floats]:
        """Give, for each skill, the probability of the sheets that hold it, whether it is at the heart of one, and
        the probability of the sheets at whose heart it is.
        """
        held, cores, hearts = (np.zeros(len(self.ids), dtype=np.float32) for _ in range(3))
        for occupation_id, share in shares.items():
            if occupation_id in self._sheets:
                numbers, heart, _ = self._sheets[occupation_id]
                held[numbers] += np.float32(share)
                hearts[numbers] += np.float32(share) * heart
                cores[numbers] = np.maximum(cores[numbers], heart)
        return held, cores, hearts

    def _named(self, reading: Reading, held: Floats, cores: Floats) -> Flags:
        needed = np.where(cores > 0, CORE_SHARE, np.where(held > 0, SHEET_SHARE, ANY_SHARE))
        least = np.where(held > 0, np.minimum(2, self._words.sizes), ANY_WORDS)
        named: Flags = (reading.share >= needed) & (reading.count >= least)
        return named

    def _confidences(self, reading: Reading, shares: Mapping[Id, float], *, held: Floats, named: Flags) -> Floats:
        """Add up, over the likely occupations, their probability times the chance of each skill on their sheet.

        What is left of the probability counts for a skill that the text names: it may be of any sheet.
        """
        mass = self._words.mass
        lift = CLAUSE_LIFT * np.minimum(MOST_MASS, reading.share * mass)
        lift += TEXT_LIFT * np.minimum(MOST_MASS, reading.whole * mass)
        lift += SHARE_LIFT * reading.share**CURVE
        elsewhere = np.maximum(0.0, 1.0 - held) * _chance(ANYWHERE + ANYWHERE_MASS * mass + lift)
        confidences: Floats = np.where(named, elsewhere, 0.0)
        for occupation_id, share in shares.items():
            if occupation_id in self._sheets:
                numbers, _, odds = self._sheets[occupation_id]
                confidences[numbers] += np.float32(share) * _chance(odds + lift[numbers])
        return confidences


def _chance(odds: Floats) -> Floats:
    """Turn log-odds into chances (0 to 1)."""
    chances: Floats = 1 / (1 + np.exp(-odds))
    return chances
