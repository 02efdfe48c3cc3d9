"""Today's figures, counted once and kept by each process until something they rest on is written, or time changes them.

A session that has written and not yet committed counts for itself, so that nothing of a transaction that was rolled
back is ever kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from campus import changes, clock, db
from campus.changes import EVERYTHING, REPORTED, Seen
from campus.models import CoverageEvent, CoverageKind
from campus.reports.funnel import SIX_MONTHS_DAYS

T = TypeVar("T")
RESTS_ON = frozenset({EVERYTHING, REPORTED})
WITNESSED = (CoverageKind.HIRED, CoverageKind.STAYED)


@dataclass(frozen=True)
class _Held(Generic[T]):
    """Figures, how far the changes were read, and from when until when they are true without a change."""

    figures: T
    seen: Seen
    since: datetime
    until: datetime


class Kept(Generic[T]):
    """Figures of today, counted again when they must be."""

    def __init__(self, count: Callable[[], T]) -> None:
        self._count = count
        self._held: WeakKeyDictionary[Engine, _Held[T]] = WeakKeyDictionary()
        self._one_at_a_time = threading.Lock()
        _all.append(self)

    def __call__(self) -> T:
        """Give the figures as the session sees them, what it has not committed included."""
        session = db.session()
        session.flush()
        if changes.noted(session) & RESTS_ON:
            return self._count()
        with self._one_at_a_time:
            held = self._true_still(self._held.get(db.engine()), session)
            self._held[db.engine()] = held
            return held.figures

    def forget(self) -> None:
        """Forget what is kept."""
        self._held.clear()

    def _true_still(self, held: _Held[T] | None, session: Session) -> _Held[T]:
        """Read what others wrote since; how far it was read is asked first, so that nothing falls between."""
        now = clock.now()
        if held is not None and held.since <= now < held.until:
            news = changes.news(session, held.seen)
            if not news.missed and not news.subjects & RESTS_ON:
                return _Held(held.figures, news.seen, held.since, held.until)
        seen = changes.up_to_now(session)
        return _Held(self._count(), seen, now, _next_change(now))


_all: list[Kept[object]] = []


def forget() -> None:
    """Forget everything kept in memory."""
    for each in _all:
        each.forget()


def _next_change(now: datetime) -> datetime:
    """Give when time alone changes a figure: the next day, or the next hire that is half a year old."""
    half_a_year = timedelta(days=SIX_MONTHS_DAYS)
    recent = select(func.min(CoverageEvent.at)).where(
        CoverageEvent.at > now - half_a_year, CoverageEvent.kind.in_(WITNESSED)
    )
    tomorrow = datetime.combine(clock.day_of(now) + timedelta(days=1), time.min, clock.PARIS)
    due = db.session.scalar(recent)
    return min(tomorrow, due + half_a_year) if due else tomorrow
