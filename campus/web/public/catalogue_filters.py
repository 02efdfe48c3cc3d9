"""The catalogue's search in its address: reading it, and writing the addresses of all that can be changed in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import request
from flask_babel import format_date, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campus.models import Modality
from campus.queries.catalogue import RELEVANCE, Answer, Search
from campus.queries.shelf import NO_LEVEL, ORDERS
from campus.web.course_words import DIPLOMAS, MODALITIES
from campus.web.paging import address, page_asked

# Each filter by its name in the address, and its values there.
NAMES = {"modality": "modalite", "level": "niveau", "duration": "duree", "seats": "places", "month": "mois"}
MODALITY_VALUES = {"sur-place": Modality.ON_SITE, "mixte": Modality.MIXED, "a-distance": Modality.REMOTE}
DURATION_VALUES = {"courte": "short", "moyenne": "medium", "longue": "long"}
SORT_VALUES = {"pertinence": "relevance", "date": "date", "duree": "hours", "titre": "title"}
LABELS = {
    "modality": _l("Lieu d'étude"),
    "level": _l("Niveau visé"),
    "duration": _l("Durée"),
    "seats": _l("Places"),
    "month": _l("Début"),
}
DURATIONS = {
    "short": _l("jusqu'à 35 h"),
    "medium": _l("de 36 à 210 h"),
    "long": _l("plus de 210 h"),
}
SORT_LABELS = {
    "relevance": _l("pertinence"),
    "date": _l("date de début"),
    "hours": _l("durée"),
    "title": _l("titre"),
}


def read_search() -> Search:
    """Read the search off the address; what makes no sense is left out."""
    given = request.args
    level = given.get("niveau", "")
    return Search(
        words=given.get("q", "").strip()[:200],
        modality=MODALITY_VALUES.get(given.get("modalite", "")),
        level=int(level) if level in {"0", *map(str, DIPLOMAS)} else None,
        duration=DURATION_VALUES.get(given.get("duree", "")),
        seats=True if given.get("places") == "1" else None,
        month=_month(given.get("mois", "")),
        sort=SORT_VALUES.get(given.get("tri", ""), ""),
        page=page_asked(),
    )


def _month(typed: str) -> str | None:
    try:
        return f"{date.fromisoformat(typed + '-01'):%Y-%m}"
    except ValueError:
        return None


def in_address(name: str, value: Any) -> str:
    """Write a filter's value as the address has it."""
    for values in (MODALITY_VALUES, DURATION_VALUES):
        for written, meant in values.items():
            if meant == value and name in {"modality", "duration"}:
                return written
    return "1" if value is True else str(value)


def in_words(name: str, value: Any) -> str:
    """Write a filter's value for people."""
    if name == "modality":
        return str(MODALITIES[value])
    if name == "level":
        return _("niveau %(level)s", level=value) if value != NO_LEVEL else _("sans niveau")
    if name == "duration":
        return str(DURATIONS[value])
    if name == "seats":
        return _("avec des places libres")
    return format_date(date.fromisoformat(value + "-01"), "MMMM y")


def choices(asked: Search, facets: Mapping[str, Counter[object]]) -> list[dict[str, Any]]:
    """Give the selects of the filter bar, each value with what it would leave."""
    return [
        {"name": NAMES[name], "label": LABELS[name], "choices": [_any(), *_values(asked, name, counts)]}
        for name, counts in facets.items()
    ]


def _any() -> dict[str, Any]:
    return {"value": "", "label": _("peu importe"), "selected": False, "count": None}


def _values(asked: Search, name: str, counts: Counter[object]) -> list[dict[str, Any]]:
    chosen = getattr(asked, name)
    known = {value for value in counts if value not in {None, False}} | ({chosen} - {None})
    return [
        {
            "value": in_address(name, value),
            "label": in_words(name, value),
            "selected": value == chosen,
            "count": counts[value],
        }
        for value in sorted(known, key=_order)
    ]


def _order(value: Any) -> tuple[int, str]:
    order = [*DURATIONS, *Modality]
    return (order.index(value), "") if value in order else (0, str(value))


def active(asked: Search) -> list[dict[str, str]]:
    """Give what narrows the list, each with the address without it."""
    items = [{"label": _("« %(words)s »", words=asked.words), "url": address(q=None)}] if asked.words else []
    for name, written in NAMES.items():
        value = getattr(asked, name)
        if value is not None:
            items.append({"label": in_words(name, value), "url": address(**{written: None})})
    return items


def sort_links(asked: Search) -> list[tuple[str, str, bool]]:
    """Give the orders one may choose: label, address, whether it is the current one."""
    current = asked.sort or (RELEVANCE if asked.words else "date")
    written = {meant: word for word, meant in SORT_VALUES.items()}
    offered = [*([RELEVANCE] if asked.words else []), *ORDERS]
    return [(str(SORT_LABELS[name]), address(tri=written[name]), name == current) for name in offered]


def widenings(asked: Search, found: Answer) -> list[tuple[str, str]]:
    """Say what dropping one filter would bring, or keeping only one where that is not enough; the most first."""
    if any(found.without.values()):
        return [(_without(asked, name, count), address(**{NAMES[name]: None})) for count, name in _most(found.without)]
    return [
        (_alone(asked, name, count), address(**{NAMES[other]: None for other in found.alone if other != name}))
        for count, name in _most(found.alone)
    ]


def _most(counts: Mapping[str, int]) -> list[tuple[int, str]]:
    return sorted(((count, name) for name, count in counts.items() if count), reverse=True)


def _without(asked: Search, name: str, count: int) -> str:
    return ngettext(
        "Sans « %(filter)s » : %(num)s formation",
        "Sans « %(filter)s » : %(num)s formations",
        count,
        filter=in_words(name, getattr(asked, name)),
    )


def _alone(asked: Search, name: str, count: int) -> str:
    return ngettext(
        "Seulement « %(filter)s » : %(num)s formation",
        "Seulement « %(filter)s » : %(num)s formations",
        count,
        filter=in_words(name, getattr(asked, name)),
    )
