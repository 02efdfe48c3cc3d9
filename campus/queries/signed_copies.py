"""Questions about signed copies: for whom may open them, those that wait to be read over."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload, undefer

from campus import db
from campus.models import Account, Commitment, Role, SignedCopy
from campus.queries.needs import granted_organisation_ids


def copy_of(account: Account, signed_copy_id: uuid.UUID) -> SignedCopy | None:
    """Find a copy, with its bytes, for the staff and for the people of its firm."""
    query = select(SignedCopy).join(SignedCopy.commitment).options(undefer(SignedCopy.content))
    found = query.where(SignedCopy.id == signed_copy_id)
    if account.role is not Role.STAFF:
        found = found.where(Commitment.organisation_id.in_(granted_organisation_ids(account)))
    return db.session.scalar(found)


def copies_to_check(limit: int = 50) -> Sequence[SignedCopy]:
    """List the copies that nobody has read over, the oldest first; for the staff."""
    of = joinedload(SignedCopy.commitment)
    by = joinedload(SignedCopy.sent_by)
    query = select(SignedCopy).options(by, of.joinedload(Commitment.need), of.joinedload(Commitment.organisation))
    waiting = query.where(SignedCopy.checked_at.is_(None)).order_by(SignedCopy.sent_at, SignedCopy.id)
    return db.session.scalars(waiting.limit(limit)).all()
