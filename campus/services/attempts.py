"""Counting tries, in the database: ten in five minutes for one account and for one address, then a wait.

Nobody is locked out for good, so nobody can lock somebody else out for good.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from campus import clock, db
from campus.errors import Refused
from campus.models import Attempt

MOST = 10
WINDOW = timedelta(minutes=5)
KEPT = timedelta(days=1)


class TooManyAttempts(Refused):
    """Too many tries in too short a time; `values["seconds"]` says how long to wait."""


def key_of(kind: str, value: str) -> str:
    """Make the key under which tries are counted; it does not show the address it stands for."""
    return hashlib.sha256(f"{kind}:{value.strip().lower()}".encode()).hexdigest()


def keys_of(email: str, address: str) -> tuple[str, str]:
    """Make the keys of an account's e-mail address and of the network address that asks."""
    return key_of("account", email), key_of("address", address)


def check(action: str, *keys: str) -> None:
    """Refuse when one of the keys has been tried too often; tries at one key wait for each other."""
    for key in keys:
        db.one_at_a_time(f"{action}:{key}")
        oldest = _oldest_of_the_last(action, key)
        if oldest is not None:
            raise TooManyAttempts(seconds=max(1, round((oldest + WINDOW - clock.now()).total_seconds())))


def _oldest_of_the_last(action: str, key: str) -> datetime | None:
    """Give the time of the tenth try from the end, when it lies inside the window."""
    since = clock.now() - WINDOW
    return db.session.scalar(
        select(Attempt.at)
        .where(Attempt.action == action, Attempt.key == key, Attempt.at > since)
        .order_by(Attempt.at.desc())
        .offset(MOST - 1)
        .limit(1)
    )


def note(action: str, *keys: str) -> None:
    """Write a try down, and forget the old ones of these keys."""
    now = clock.now()
    db.session.execute(delete(Attempt).where(Attempt.action == action, Attempt.key.in_(keys), Attempt.at < now - KEPT))
    db.session.add_all(Attempt(action=action, key=key, at=now) for key in keys)
    db.session.flush()


def count(action: str, *keys: str) -> None:
    """Check a try and write it down, for acts that are limited whether they succeed or not."""
    check(action, *keys)
    note(action, *keys)


def forget_old(now: datetime) -> None:
    """Forget the tries of yesterday and before."""
    db.session.execute(delete(Attempt).where(Attempt.at < now - KEPT))
