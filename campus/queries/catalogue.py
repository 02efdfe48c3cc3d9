"""The public catalogue: which published courses answer a search, and how many each filter would leave."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from campus.models import Modality
from campus.queries.shelf import FACETS, Row, Shelf, shelf

PAGE = 25
RELEVANCE = "relevance"
Keys = AbstractSet[uuid.UUID]


@dataclass(frozen=True)
class Search:
    """What a person looks for; a filter left empty lets everything through."""

    words: str = ""
    modality: Modality | None = None
    level: int | None = None
    duration: str | None = None
    seats: bool | None = None
    month: str | None = None
    sort: str = ""
    page: int = 1


@dataclass(frozen=True)
class Answer:
    """One page of courses, how many there are, what each filter would leave, and what fewer filters would bring."""

    rows: list[Row]
    total: int
    complete: bool
    facets: dict[str, Counter[object]]
    without: dict[str, int] = field(default_factory=dict)
    alone: dict[str, int] = field(default_factory=dict)


def search_catalogue(asked: Search, on: date) -> Answer:
    """Find the published courses that answer a search on a day."""
    shelved = shelf(on)
    scores, complete = _worded(asked.words, shelved)
    kept = {
        name: shelved.values[name].get(value, frozenset())
        for name in FACETS
        if (value := getattr(asked, name)) is not None
    }
    left = _within(scores.keys(), kept)
    keys = _ordered(asked, shelved, scores, left=left)[(asked.page - 1) * PAGE : asked.page * PAGE]
    return Answer(
        rows=[shelved.rows[key] for key in keys],
        total=len(left),
        complete=complete,
        facets={name: _counted(shelved, name, _within(scores.keys(), kept, but=name)) for name in FACETS},
        without={name: len(_within(scores.keys(), kept, but=name)) for name in kept} if not left else {},
        alone={name: len(scores.keys() & keys) for name, keys in kept.items()} if not left else {},
    )


def _worded(words: str, shelved: Shelf) -> tuple[dict[uuid.UUID, float], bool]:
    """Score the published courses that hold all the words, or those that come closest."""
    if not words:
        return dict.fromkeys(shelved.rows, 0.0), True
    found = [each for each in shelved.catalogue.finder.find(words) if each.id in shelved.rows]
    complete = any(each.complete for each in found)
    return {each.id: each.score for each in found if each.complete or not complete}, complete


def _within(found: Keys, kept: dict[str, frozenset[uuid.UUID]], *, but: str = "") -> Keys:
    """Keep what every filter lets through, one of them left out."""
    left = found
    for name, keys in kept.items():
        if name != but:
            left = left & keys
    return left


def _counted(shelved: Shelf, name: str, left: Keys) -> Counter[object]:
    """Count what each value of a filter would leave."""
    whole = len(left) == len(shelved.rows)
    counts = {value: len(keys) if whole else len(keys & left) for value, keys in shelved.values[name].items()}
    return Counter({value: count for value, count in counts.items() if count})


def _ordered(asked: Search, shelved: Shelf, scores: dict[uuid.UUID, float], *, left: Keys) -> list[uuid.UUID]:
    order = asked.sort or (RELEVANCE if asked.words else "date")
    if order != RELEVANCE:
        return [key for key in shelved.orders[order] if key in left]
    by_title = [key for key in shelved.orders["title"] if key in left]
    return sorted(by_title, key=lambda key: -scores[key])
