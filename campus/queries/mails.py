"""Questions about mails."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import func, or_, select

from campus import db
from campus.models import Mail, MailState

MOST = 100


def mails_found(words: str = "", state: MailState | None = None, *, limit: int = MOST) -> Sequence[Mail]:
    """List mails, the newest first, by a part of their recipient or subject."""
    query = select(Mail)
    if state is not None:
        query = query.where(Mail.state == state)
    if words:
        query = query.where(
            or_(Mail.recipient.icontains(words, autoescape=True), Mail.subject.icontains(words, autoescape=True))
        )
    return db.session.scalars(query.order_by(Mail.created_at.desc(), Mail.id.desc()).limit(limit)).all()


def mails_by_state() -> dict[MailState, int]:
    """Count the mails of each state."""
    return dict(db.session.execute(select(Mail.state, func.count()).group_by(Mail.state)).all())


def mail_by_id(mail_id: uuid.UUID) -> Mail | None:
    """Find a mail."""
    return db.session.get(Mail, mail_id)


def parked_mail(mail_id: uuid.UUID) -> Mail | None:
    """Find a mail that could not be sent and waits for a decision."""
    return db.session.scalar(select(Mail).where(Mail.id == mail_id, Mail.state == MailState.PARKED))
