"""Writing down who did what."""

from __future__ import annotations

import uuid
from typing import Any

from campus import db
from campus.models import Account, AuditEvent


def record(actor: Account | None, action: str, subject: Any, **details: Any) -> AuditEvent:
    """Add one line to the audit log, about a row that has a key."""
    event = AuditEvent(
        actor_id=actor.id if actor else None,
        subject_kind=subject.__tablename__,
        subject_id=str(subject.id),
        action=action,
        details={name: plain(value) for name, value in details.items()},
    )
    db.session.add(event)
    return event


def plain(value: Any) -> Any:
    """Turn a value into what JSON can hold."""
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(each) for each in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value) if isinstance(value, str | uuid.UUID) else getattr(value, "isoformat", value.__str__)()
