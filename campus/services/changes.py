"""Forgetting what was noted of old changes: whoever has not looked since reads everything anew."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from campus import db
from campus.changes import prunable
from campus.models import Change

KEPT = timedelta(days=7)


def forget_changes(now: datetime) -> int:
    """Forget the changes of more than a week ago; count them."""
    old = prunable(db.session(), now - KEPT)
    return int(db.session.execute(delete(Change).where(Change.id.in_(old))).rowcount)
