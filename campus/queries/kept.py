"""Something read from needs and courses, kept in memory by each process and brought up to date before each use.

What others have written since is read alone. A session that has written and not yet committed gets a value of its own,
so that nothing of a transaction that was rolled back is ever kept.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from campus import changes, db
from campus.changes import EVERYTHING, Seen, Subject

MOST_READ_ALONE = 400
S = TypeVar("S")
T = TypeVar("T")


@dataclass(frozen=True)
class _Read(Generic[T]):
    """A value, and how far it was read."""

    value: T
    seen: Seen


class Kept(Generic[T]):
    """A value by database: `read` makes it of all there is, `again` gives it with what changed read anew."""

    def __init__(self, read: Callable[[], T], again: Callable[[T, Collection[Subject]], T]) -> None:
        self._read, self._again = read, again
        self._kept: WeakKeyDictionary[Engine, _Read[T]] = WeakKeyDictionary()
        self._catching_up = threading.Lock()
        _all.append(self)

    def now(self) -> T:
        """Give the value as the session sees it, what it has not committed included; the same while nothing changes."""
        session = db.session()
        session.flush()
        own = changes.noted(session)
        with self._catching_up:
            kept = self._caught_up(self._kept.get(db.engine()), session)
            if not own:
                self._kept[db.engine()] = kept
                return kept.value
        return self._read() if EVERYTHING in own else self._again(kept.value, own)

    def warm_up(self) -> None:
        """Read it all before anybody asks, in a thread of its own."""
        try:
            self.now()
        finally:
            db.close()

    def forget(self) -> None:
        """Forget what is kept."""
        self._kept.clear()

    def _caught_up(self, kept: _Read[T] | None, session: Session) -> _Read[T]:
        """Read what others wrote since; how far it was read is asked first, so that nothing falls between."""
        if kept is None:
            seen = changes.up_to_now(session)
            return _Read(self._read(), seen)
        news = changes.news(session, kept.seen)
        if news.missed or EVERYTHING in news.subjects or len(news.subjects) > MOST_READ_ALONE:
            return _Read(self._read(), news.seen)
        return _Read(self._again(kept.value, news.subjects), news.seen)


class Derived(Generic[S, T]):
    """What is made of a value that is kept, by database: made again only when that is another object."""

    def __init__(self, source: Callable[[], S], make: Callable[[S], T]) -> None:
        self._source, self._make = source, make
        self._made: WeakKeyDictionary[Engine, tuple[S, T]] = WeakKeyDictionary()

    def now(self) -> T:
        """Give what is made of the source as it now is."""
        source = self._source()
        made = self._made.get(db.engine())
        if made is None or made[0] is not source:
            made = self._made[db.engine()] = (source, self._make(source))
        return made[1]


_all: list[Kept[object]] = []


def forget() -> None:
    """Forget everything kept in memory."""
    for each in _all:
        each.forget()
