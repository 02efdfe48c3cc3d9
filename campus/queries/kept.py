"""Something read from many needs, kept in memory by each process and brought up to date before each use.

What others have written since is read alone. A session that has written and not yet committed gets a value of its own,
so that nothing of a transaction that was rolled back is ever kept.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from campus import changes, db
from campus.changes import EVERYTHING, Seen, Subject
from campus.models import ChangeKind

MOST_READ_ALONE = 400
T = TypeVar("T")


@dataclass(frozen=True)
class _Read(Generic[T]):
    """A value, and how far it was read."""

    value: T
    seen: Seen


class KeptOfNeeds(Generic[T]):
    """A value by database: `read` makes it of all needs, `again` gives it with some needs read anew."""

    def __init__(self, read: Callable[[], T], again: Callable[[T, Collection[uuid.UUID]], T]) -> None:
        self._read, self._again = read, again
        self._kept: WeakKeyDictionary[Engine, _Read[T]] = WeakKeyDictionary()
        self._catching_up = threading.Lock()

    def now(self) -> T:
        """Give the value as the session sees it, what it has not committed included."""
        session = db.session()
        session.flush()
        own = changes.noted(session)
        with self._catching_up:
            kept = self._caught_up(self._kept.get(db.engine()), session)
            if not own:
                self._kept[db.engine()] = kept
                return kept.value
        return self._read() if EVERYTHING in own else self._with(kept.value, own)

    def forget(self) -> None:
        """Forget everything kept in memory."""
        self._kept.clear()

    def _caught_up(self, kept: _Read[T] | None, session: Session) -> _Read[T]:
        """Read what others wrote since; how far it was read is asked first, so that nothing falls between."""
        if kept is None:
            seen = changes.up_to_now(session)
            return _Read(self._read(), seen)
        news = changes.news(session, kept.seen)
        if news.missed or EVERYTHING in news.subjects or len(news.subjects) > MOST_READ_ALONE:
            return _Read(self._read(), news.seen)
        return _Read(self._with(kept.value, news.subjects), news.seen)

    def _with(self, value: T, subjects: Collection[Subject]) -> T:
        needs = changes.ids_of(subjects, ChangeKind.NEED)
        return self._again(value, needs) if needs else value
