"""Revision numbers: how processes learn that what they keep in memory is stale."""

from __future__ import annotations

from sqlalchemy import update

from campus import db
from campus.models import Revision


def bump(name: str) -> None:
    """Count one more change of what processes keep in memory under this name."""
    changed = db.session.execute(update(Revision).where(Revision.name == name).values(number=Revision.number + 1))
    if not changed.rowcount:
        db.session.add(Revision(name=name, number=1))
        db.session.flush()
