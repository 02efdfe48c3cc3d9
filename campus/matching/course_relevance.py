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
