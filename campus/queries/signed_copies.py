"""Questions about signed copies: for whom may open them, those that wait to be read over."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, undefer

from campus import clock, db
from campus.models import Account, Commitment, CommitmentStep, Role, SignedCopy
from campus.queries.needs import granted_organisation_ids
from campus.queries.report_cube import taken_back


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


def posts_signed(at: datetime | None = None) -> int:
    """Count the posts whose letter of intent had come back signed and was accepted, today or at an instant."""
    then = at or clock.now()
    letters = (
        select(func.max(Commitment.posts).label("posts"))
        .join(SignedCopy, SignedCopy.commitment_id == Commitment.id)
        .where(Commitment.step == CommitmentStep.LETTER, Commitment.id.not_in(taken_back(then)))
        .where(SignedCopy.checked_at <= then, SignedCopy.refusal == "")
        .group_by(Commitment.need_id)
        .subquery()
    )
    return db.session.scalar(select(func.sum(letters.c.posts))) or 0
