"""Mails: written as rows with the change they tell of; sent after it by a runner."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select

from campus import clock, db, letters
from campus.models import Account, Mail, MailState, random_id
from campus.services import audit

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 5


def queue(
    kind: str, recipient: str, *, subject: str, text: str, locale: str = "fr", once_key: str | None = None
) -> Mail:
    """Write a mail into the outbox; with a key, the same fact is never told twice."""
    mail = Mail(
        kind=kind,
        recipient=recipient,
        subject=" ".join(subject.split())[:250],
        text=text,
        locale=locale,
        once_key=once_key,
        message_id=f"<{random_id()}@campus.invalid>",
    )
    db.session.add(mail)
    return mail


def tell(account: Account, kind: str, *, once_key: str | None = None, **values: Any) -> Mail:
    """Queue the mail of templates/mail/KIND.txt for a person, in their language."""
    return tell_address(account.email, kind, account.locale, once_key=once_key, person=account, **values)


def tell_address(recipient: str, kind: str, locale: str, *, once_key: str | None = None, **values: Any) -> Mail:
    """Queue the mail of a kind for an address that may have no account."""
    letter = letters.write(kind, locale, **values)
    return queue(kind, recipient, subject=letter.subject, text=letter.text, locale=locale, once_key=once_key)


def lease_next() -> Mail | None:
    """Take the oldest mail that is due for this runner alone, and count the try."""
    now = clock.now()
    mail = db.session.scalar(
        select(Mail)
        .where(
            Mail.state == MailState.QUEUED,
            Mail.due_at <= now,
            or_(Mail.lease_until.is_(None), Mail.lease_until < now),
        )
        .order_by(Mail.due_at, Mail.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if mail is None:
        return None
    mail.attempts += 1
    mail.lease_until = now + LEASE
    db.session.flush()
    return mail


def note_sent(mail_id: uuid.UUID) -> None:
    """Write down that a mail has left."""
    mail = db.session.get_one(Mail, mail_id)
    mail.state, mail.sent_at, mail.lease_until, mail.last_error = MailState.SENT, clock.now(), None, ""
    db.session.flush()


def note_failed(mail_id: uuid.UUID, error: str) -> None:
    """Put a mail off, longer each time; after five tries lay it before the staff."""
    mail = db.session.get_one(Mail, mail_id)
    mail.last_error, mail.lease_until = error[:500], None
    if mail.attempts >= MOST_ATTEMPTS:
        mail.state = MailState.PARKED
    else:
        mail.due_at = clock.now() + timedelta(minutes=5 ** (mail.attempts - 1))
    db.session.flush()


def retry_mail(actor: Account, mail: Mail) -> Mail:
    """Send a parked mail again, at once and with fresh tries."""
    mail.state, mail.attempts, mail.due_at, mail.lease_until = MailState.QUEUED, 0, clock.now(), None
    audit.record(actor, "mail_retried", mail)
    db.session.flush()
    return mail


def drop_mail(actor: Account, mail: Mail) -> None:
    """Give up a parked mail; the audit log remembers it."""
    audit.record(actor, "mail_dropped", mail, kind=mail.kind, error=mail.last_error)
    db.session.delete(mail)
    db.session.flush()
