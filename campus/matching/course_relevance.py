"""How far a course that was only read, not coded by hand, answers a need: by the trades that both point to."""

import math
from collections.abc import Collection, Iterable, Mapping

from campus.matching.course_reading import TITLE_LEVELS
from campus.matching.text import content_words
from campus.matching.values import Id

# What a level of distance between a course's diploma and the usual entry of the trade takes off, in log-odds,
# beyond half a level that costs nothing; and what is thought of a course or a trade whose level nobody knows.
PER_LEVEL, FREE = 0.7, 0.5
UNKNOWN_LEVEL = 0.6
# A reading is too sure of its first occupations (0.98 said, 0.87 true): its confidences count raised to this power.
HESITATION = 2 / 3


def hesitant(read: Mapping[Id, float]) -> dict[Id, float]:
    """Spread the sureness (0 to 1 each) of the occupations read in a text more evenly; all together stay as sure."""
    raised = {key: sure**HESITATION for key, sure in read.items()}
    scale = sum(read.values()) / max(sum(raised.values()), 1e-9)
    return {key: value * scale for key, value in raised.items()}


def families(read: Mapping[Id, float], parents: Mapping[Id, str]) -> list[str]:
    """List the parents of the occupations read, each as sure as its occupations together, the surest first."""
    sure: dict[str, float] = {}
    for key, confidence in read.items():
        sure[parents[key]] = sure.get(parents[key], 0.0) + confidence
    return sorted(sure, key=lambda parent: -sure[parent])


def relevance(read: Mapping[Id, float], family: Collection[Id], *, wanted: float | None, level: int | None) -> float:
    """Give how far (0 to 1) a course answers a need, from the sureness of each occupation read in it.

    `family` holds the need's occupation and those of the same parent; `wanted` is the level (1 to 8) at which
    the trade is usually entered (see `usual_level`) and `level` that of the course's diploma.
    """
    sure = min(1.0, sum(read.get(each, 0.0) for each in family))
    if wanted is None or level is None:
        return sure * UNKNOWN_LEVEL
    return sure * math.exp(-PER_LEVEL * max(0.0, abs(wanted - level) - FREE))


def usual_level(titles: Iterable[str]) -> float | None:
    """Give the mean level (1 to 8) of the job titles that tell one ("ouvrier", "technicien"), None where none does."""
    told = [level for title in titles if (level := _told(title)) is not None]
    return sum(told) / len(told) if told else None


def _told(title: str) -> float | None:
    return next((TITLE_LEVELS[word] for word in content_words(title) if word in TITLE_LEVELS), None)
