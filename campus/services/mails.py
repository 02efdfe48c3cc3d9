"""Mails: written as rows with the change they tell of; sent after it by a runner."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from email.utils import parseaddr
from typing import Any

from sqlalchemy import delete, select

from campus import clock, db, letters
from campus.config import read_settings
from campus.letters import Letter
from campus.mail_rules import SWITCHABLE, Rhythm
from campus.mailer import Attached
from campus.models import Account, Mail, MailAttachment, MailState, ToldFact, random_id
from campus.queries.mails import mail_of_fact, mails_due
from campus.queries.preferences import rhythm_of, stop_token
from campus.services import audit
from campus.services.retries import LEASE, MOST_ATTEMPTS, begin_again, count_try, park, put_off


def queue(
    kind: str,
    recipient: str,
    letter: Letter,
    *,
    locale: str = "fr",
    once_key: str | None = None,
    account: Account | None = None,
) -> Mail:
    """Write a mail into the outbox; with a key, the same fact is never told twice: the mail that told it is given."""
    known = mail_of_fact(once_key) if once_key else None
    if known is not None:
        return known
    mail = Mail(
        kind=kind,
        account_id=account.id if account else None,
        recipient=recipient,
        subject=letters.one_line(letter.subject)[:250],
        text=letter.text,
        locale=locale,
        once_key=once_key,
        message_id=f"<{random_id()}@{_domain()}>",
    )
    db.session.add(mail)
    return mail


def _domain() -> str:
    """Take the sender's domain: a Message-ID of another one looks forged."""
    return parseaddr(read_settings().mail_sender)[1].rpartition("@")[2] or "campus.invalid"


def attach(mail: Mail, *files: Attached) -> Mail:
    """Let files go with a mail, as they are now, in this order; a file that is there already is not put in again."""
    there = {each.filename for each in mail.attachments}
    for each in (each for each in files if each.filename not in there):
        mail.attachments.append(
            MailAttachment(
                position=len(mail.attachments) + 1,
                filename=each.filename,
                content_type=each.content_type,
                content=each.content,
            )
        )
    return mail


def tell(account: Account, kind: str, *, once_key: str | None = None, **values: Any) -> Mail:
    """Queue the mail of templates/mail/KIND.txt for a person, in their language."""
    letter = letters.write(kind, account.locale, person=account, **values)
    return queue(kind, account.email, letter, locale=account.locale, once_key=once_key, account=account)


def tell_if_wanted(account: Account, kind: str, *, once_key: str | None = None, **values: Any) -> Mail | None:
    """Queue a mail that one may switch off, unless the person did; it says how to."""
    category = SWITCHABLE[kind]
    if rhythm_of(account, category) is Rhythm.NEVER:
        return None
    return tell(account, kind, once_key=once_key, stop_token=stop_token(account.id, category), **values)


def tell_address(recipient: str, kind: str, locale: str, *, once_key: str | None = None, **values: Any) -> Mail:
    """Queue the mail of a kind for an address that may have no account."""
    return queue(kind, recipient, letters.write(kind, locale, **values), locale=locale, once_key=once_key)


def lease_next(lease: timedelta = LEASE) -> Mail | None:
    """Take the oldest mail that is due for this runner alone, and count the try."""
    now = clock.now()
    mail = db.session.scalar(
        select(Mail).where(*mails_due(now)).order_by(Mail.due_at, Mail.id).limit(1).with_for_update(skip_locked=True)
    )
    if mail is not None:
        count_try(mail, lease)
    return mail


def note_sent(mail_id: uuid.UUID) -> None:
    """Write down that a mail has left."""
    mail = db.session.get_one(Mail, mail_id)
    mail.state, mail.sent_at, mail.lease_until, mail.last_error = MailState.SENT, clock.now(), None, ""
    db.session.flush()


def note_failed(mail_id: uuid.UUID, error: str, *, final: bool = False) -> None:
    """Put a mail off, longer each time; after five tries, or when none is of use, lay it before the staff."""
    mail = db.session.get_one(Mail, mail_id)
    (park if final or mail.attempts >= MOST_ATTEMPTS else put_off)(mail, error)


def retry_mail(actor: Account, mail: Mail) -> Mail:
    """Send a parked mail again, at once and with fresh tries."""
    begin_again(mail)
    audit.record(actor, "mail_retried", mail)
    return mail


def drop_mail(actor: Account, mail: Mail) -> None:
    """Give up a parked mail; the audit log remembers it."""
    audit.record(actor, "mail_dropped", mail, kind=mail.kind, error=mail.last_error)
    db.session.delete(mail)
    db.session.flush()


def forget_old_mails(now: datetime, kept: timedelta = timedelta(days=365)) -> int:
    """Forget the mails of more than a year ago, their files, and which facts were told then; count the mails."""
    old = select(Mail.id).where(Mail.created_at < now - kept)
    db.session.execute(delete(MailAttachment).where(MailAttachment.mail_id.in_(old)))
    db.session.execute(delete(ToldFact).where(ToldFact.told_at < now - kept))
    return db.session.execute(delete(Mail).where(Mail.created_at < now - kept)).rowcount
