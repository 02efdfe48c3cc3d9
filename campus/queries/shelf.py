"""The published courses with their next dates, arranged in memory so that filters are intersections of sets."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from campus import db
from campus.models import CourseSession, CourseState
from campus.queries.catalogue_index import Catalogue, Listed, catalogue
from campus.queries.course_sessions import Dated, dates_by_course

SHORT_H, LONG_H = 35, 210
NO_LEVEL = 0
Keys = frozenset[uuid.UUID]


@dataclass(frozen=True, slots=True)
class Row:
    """A course of the list, its next dates and the seats left on them."""

    course: Listed
    dates: tuple[Dated, ...]

    @property
    def following(self) -> Dated | None:
        """Give the session to show: the first with seats, else the first."""
        return next((each for each in self.dates if each.seats_left > 0), self.dates[0] if self.dates else None)


@dataclass(frozen=True)
class Shelf:
    """The rows by key, the keys behind each value of each filter, and the keys in each order."""

    catalogue: Catalogue
    rows: dict[uuid.UUID, Row]
    values: dict[str, dict[object, Keys]]
    orders: dict[str, list[uuid.UUID]]


def duration_of(hours: int | None) -> str | None:
    """Name the band of a duration: up to a week, up to six weeks, longer."""
    if hours is None:
        return None
    return "short" if hours <= SHORT_H else "medium" if hours <= LONG_H else "long"


# What each filter reads off a row: a filter lets a row through when its value is among these.
FACETS: dict[str, Callable[[Row], Iterable[object]]] = {
    "modality": lambda row: (row.course.modality,),
    "level": lambda row: (row.course.certification_level or NO_LEVEL,),
    "duration": lambda row: (duration_of(row.course.hours),),
    "seats": lambda row: (any(each.seats_left > 0 for each in row.dates),),
    "month": lambda row: {f"{each.starts_on:%Y-%m}" for each in row.dates if each.starts_on},
}
ORDERS: dict[str, Callable[[Row], tuple[Any, ...]]] = {
    "date": lambda row: (_first_day(row), row.course.title.casefold()),
    "hours": lambda row: (row.course.hours or 0, row.course.title.casefold()),
    "title": lambda row: (row.course.title.casefold(),),
}

_kept: dict[str, tuple[object, Shelf]] = {}


def shelf(on: date) -> Shelf:
    """Give the published courses as they stand on a day, arranged again when a course or a session changed."""
    known = catalogue()
    stamp, kept = (on, *_stamp()), _kept.get("public")
    if kept is None or kept[0] != stamp or kept[1].catalogue is not known:
        kept = _kept["public"] = (stamp, _arrange(known, on))
    return kept[1]


def _stamp() -> tuple[Any, ...]:
    """Tell in one query whether sessions changed: seats move `seats_taken`, everything else moves `version`."""
    sums = (func.sum(CourseSession.seats_taken), func.sum(CourseSession.seats_max), func.sum(CourseSession.version))
    return tuple(
        db.session.execute(select(func.count(CourseSession.id), func.max(CourseSession.updated_at), *sums)).one()
    )


def _arrange(known: Catalogue, on: date) -> Shelf:
    dates = dates_by_course(on)
    rows = {
        key: Row(course, tuple(dates.get(key, ())))
        for key, course in known.courses.items()
        if course.state == CourseState.PUBLISHED
    }
    values = {name: _by_value(rows, read) for name, read in FACETS.items()}
    orders = {name: sorted(rows, key=lambda key, by=by: by(rows[key])) for name, by in ORDERS.items()}
    return Shelf(known, rows, values, orders)


def _by_value(rows: dict[uuid.UUID, Row], read: Callable[[Row], Iterable[object]]) -> dict[object, Keys]:
    found: dict[object, set[uuid.UUID]] = defaultdict(set)
    for key, row in rows.items():
        for value in read(row):
            found[value].add(key)
    return {value: frozenset(keys) for value, keys in found.items()}


def _first_day(row: Row) -> date:
    return (row.following.starts_on if row.following else None) or date.max
