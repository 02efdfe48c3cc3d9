"""Skills an advert asks for: those of its likely sheets and those its text names, with the words that say so.

The chance that a skill is asked for is what the sheets of the likely occupations say of it, raised by how
much of its label the text names: log-odds add up, as in a naive Bayes reading.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from campus.matching.asking import UNKNOWN, SkillFact, asked_share
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


@dataclass(frozen=True, slots=True)
class SkillProposal:
    """A skill proposed for a text: where the text names it, or that a likely occupation's sheet holds it.

    `confidence` is the chance (0 to 1) that the advert asks for it.
    """

    skill_id: Id
    words: tuple[Span, ...]
    confidence: float
    source: Literal["text", "sheet"]


class SkillIndex:
    """Skills by the stems of their labels, and by occupation."""

    def __init__(
        self,
        sheets: Iterable[tuple[Id, Sequence[tuple[Id, str, bool]]]],
        labels: Mapping[Id, tuple[str, ...]],
        facts: Mapping[Id, SkillFact] | None = None,
    ) -> None:
        known = facts or {}
        self.ids: list[Hashable] = list(labels)
        number = {skill_id: position for position, skill_id in enumerate(self.ids)}
        self._sheets: dict[Id, tuple[Ints, Floats, Floats]] = {}
        for occupation_id, skills in sheets:
            asked = [asked_share(known.get(one, UNKNOWN), labels[one], core=core) for one, _, core in skills]
            self._sheets[occupation_id] = (
                np.array([number[one] for one, _, _ in skills], dtype=np.int32),
                np.array([core for _, _, core in skills], dtype=np.float32),
                np.array(asked, dtype=np.float32),
            )
        self._words = SkillWords(labels.values())

    def propose(self, text: str, likely: Mapping[Id, float] | Sequence[Id], limit: int = 12) -> list[SkillProposal]:
        """Propose the skills that an advert asks for, the surest first; ties in the order of the skills.

        `likely` gives each likely occupation and its probability (0 to 1); a list stands for equal parts
        of one. A clause that denies or that belongs to every advert proposes nothing. A skill of no likely
        occupation is proposed only when one clause names it entirely.
        """
        shares = likely if isinstance(likely, Mapping) else dict.fromkeys(likely, 1 / max(1, len(likely)))
        chances, cores = self._before_reading(shares)
        reading = self._words.read(text)
        named = self._named(reading, chances, cores)
        odds = self._odds(reading, chances)
        wanted = ((chances > 0) | named) & ~((reading.denied >= DENIED_SHARE) & (reading.denied > reading.share))
        confidences = np.where(wanted, 1 / (1 + np.exp(-odds)), 0.0)
        order = np.argsort(-confidences, kind="stable")[:limit].tolist()
        return [
            SkillProposal(
                self.ids[skill],
                self._words.words(reading, skill) if named[skill] or reading.count[skill] >= TELLING_WORDS else (),
                round(float(confidences[skill]), 4),
                "text" if named[skill] else "sheet",
            )
            for skill in order
            if confidences[skill] >= LEAST
        ]

    def _before_reading(self, shares: Mapping[Id, float]) -> tuple[Floats, Floats]:
        """Give, for each skill, its chance by the sheets alone, and whether it is at the heart of one."""
        chances, cores = (np.zeros(len(self.ids), dtype=np.float32) for _ in range(2))
        for occupation_id, share in shares.items():
            if occupation_id in self._sheets:
                numbers, heart, asked = self._sheets[occupation_id]
                chances[numbers] += np.float32(share) * asked
                cores[numbers] = np.maximum(cores[numbers], heart)
        return chances, cores

    def _named(self, reading: Reading, chances: Floats, cores: Floats) -> np.ndarray:
        needed = np.where(cores > 0, CORE_SHARE, np.where(chances > 0, SHEET_SHARE, ANY_SHARE))
        least = np.where(chances > 0, np.minimum(2, self._words.sizes), ANY_WORDS)
        named: np.ndarray = (reading.share >= needed) & (reading.count >= least)
        return named

    def _odds(self, reading: Reading, chances: Floats) -> Floats:
        """Add, for each skill, the log-odds of its chance by the sheets and what the text's words are worth."""
        mass = self._words.mass
        likely = np.clip(chances, 1e-6, 1 - 1e-6)
        odds = np.where(chances > 0, np.log(likely / (1 - likely)), ANYWHERE + ANYWHERE_MASS * mass)
        odds += CLAUSE_LIFT * np.minimum(MOST_MASS, reading.share * mass)
        odds += TEXT_LIFT * np.minimum(MOST_MASS, reading.whole * mass)
        added: Floats = odds + SHARE_LIFT * reading.share**CURVE
        return added
