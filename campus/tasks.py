"""What runs later or by the clock: each a call of services, in transactions of its own."""

from __future__ import annotations

import smtplib
import uuid
from dataclasses import dataclass
from email.message import EmailMessage

from campus import clock, db
from campus.config import read_settings
from campus.mailer import Transport, compose
from campus.models import Mail
from campus.services import mails, need_drafts, need_lives, offers, reservations


@dataclass(frozen=True)
class Delivered:
    """How many mails left, and how many must be tried again or looked at."""

    sent: int = 0
    failed: int = 0


def send_due(transport: Transport, *, limit: int = 500) -> Delivered:
    """Send the mails that are due, one by one: no transaction is open while the server is spoken to."""
    sender = read_settings().mail_sender
    sent = failed = 0
    for _turn in range(limit):
        taken = _take(sender)
        if taken is None:
            break
        if _deliver(transport, *taken):
            sent += 1
        else:
            failed += 1
    return Delivered(sent, failed)


def _take(sender: str) -> tuple[uuid.UUID, EmailMessage | str] | None:
    """Lease the next mail and make its message; a mail that cannot be made gives the reason instead."""
    with db.transaction():
        mail = mails.lease_next()
        if mail is None:
            return None
        return mail.id, _message(sender, mail)


def _message(sender: str, mail: Mail) -> EmailMessage | str:
    if mail.attempts > mails.MOST_ATTEMPTS:
        return "runner stopped while sending"
    try:
        return compose(
            sender,
            mail.recipient,
            subject=mail.subject,
            text=mail.text,
            message_id=mail.message_id,
            at=mail.created_at,
        )
    except ValueError as error:
        return str(error)


def _deliver(transport: Transport, mail_id: uuid.UUID, message: EmailMessage | str) -> bool:
    error = message if isinstance(message, str) else _try(transport, message)
    with db.transaction():
        if error:
            mails.note_failed(mail_id, error)
        else:
            mails.note_sent(mail_id)
    return not error


def _try(transport: Transport, message: EmailMessage) -> str:
    try:
        transport(message)
    except (OSError, smtplib.SMTPException) as error:
        return f"{type(error).__name__}: {error}"
    return ""


def watch_needs() -> int:
    """Warn of the needs about to expire, expire those whose time is over, forget old drafts; count the expired."""
    with db.transaction():
        expired = need_lives.expire_needs(clock.now())
        need_drafts.forget_old_drafts(clock.now())
    return expired


@dataclass(frozen=True)
class Watched:
    """How many people were reminded of an offered seat, how many offers ran out, how many reservations came back."""

    reminded: int = 0
    expired: int = 0
    returned: int = 0


def watch_offers() -> Watched:
    """Give back the seats that no firm named, let late offers run out, remind at half time; each on its own."""
    with db.transaction():
        returned = reservations.return_unused(clock.today())
    with db.transaction():
        expired = offers.expire_offers(clock.now())
    with db.transaction():
        reminded = offers.remind_offers(clock.now())
    return Watched(reminded, expired, returned)
