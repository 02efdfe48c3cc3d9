"""Questions about mails."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from campus import db
from campus.mail_rules import AWAITED, is_night
from campus.models import Account, BouncedAddress, Mail, MailState
from campus.queries.jobs import due

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


def mails_to(account: Account, *, most: int = 10) -> Sequence[Mail]:
    """List the last mails written to a person, the newest first."""
    query = select(Mail).where(Mail.account_id == account.id)
    return db.session.scalars(query.order_by(Mail.created_at.desc(), Mail.id.desc()).limit(most)).all()


def mails_by_state() -> dict[MailState, int]:
    """Count the mails of each state."""
    return dict(db.session.execute(select(Mail.state, func.count()).group_by(Mail.state)).all())


def mail_by_id(mail_id: uuid.UUID) -> Mail | None:
    """Find a mail."""
    return db.session.get(Mail, mail_id)


def parked_mail(mail_id: uuid.UUID) -> Mail | None:
    """Find a mail that could not be sent and waits for a decision."""
    return db.session.scalar(select(Mail).where(Mail.id == mail_id, Mail.state == MailState.PARKED))


def is_mail_due(now: datetime) -> bool:
    """Tell whether a mail may be sent."""
    return bool(db.session.scalar(select(select(Mail.id).where(*mails_due(now)).exists())))


def mails_due(now: datetime) -> tuple[object, ...]:
    """Say which mails may be sent: at night only those that somebody waits for."""
    ready = due(Mail, MailState.QUEUED, now)
    return (*ready, Mail.kind.in_(AWAITED)) if is_night(now) else ready


def mail_of_fact(once_key: str) -> Mail | None:
    """Find the mail that has told of a fact."""
    return db.session.scalar(select(Mail).where(Mail.once_key == once_key))


def bounce_of(email: str) -> BouncedAddress | None:
    """Find what is known of an address that refuses mail."""
    return db.session.scalar(select(BouncedAddress).where(BouncedAddress.email == email.strip().lower()))


def bounce_by_id(bounce_id: uuid.UUID) -> BouncedAddress | None:
    """Find an address that refuses mail."""
    return db.session.get(BouncedAddress, bounce_id)


def bounces_since(instant: datetime | None = None) -> Sequence[BouncedAddress]:
    """List the addresses that refuse mail, the newest first, perhaps only since an instant."""
    query = select(BouncedAddress).order_by(BouncedAddress.bounced_at.desc(), BouncedAddress.id)
    if instant is not None:
        query = query.where(BouncedAddress.bounced_at >= instant)
    return db.session.scalars(query.limit(MOST)).all()
