"""Sending the outbox: each mail leased, handed over with no transaction open, then marked."""

from __future__ import annotations

import smtplib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.message import EmailMessage

from campus import clock, db, letters
from campus.addresses import address
from campus.config import read_settings
from campus.mail_rules import SWITCHABLE
from campus.mailer import Attached, Body, NoMailServer, Transport, compose
from campus.models import Mail
from campus.queries.mails import bounce_of, is_mail_due
from campus.queries.preferences import stop_token
from campus.services import bounces, mails

NO_SUCH_ADDRESS = (550, 551, 553)  # RFC 5321, section 4.2.3: the address, not the moment, is what is refused


@dataclass(frozen=True)
class Failure:
    """Why a mail did not leave; whether trying again is of use; what the server said of the address itself."""

    reason: str
    final: bool = False
    refused: str = ""


Taken = tuple[uuid.UUID, str, EmailMessage | Failure]


@dataclass(frozen=True)
class Delivered:
    """How many mails left, and how many must be tried again or looked at."""

    sent: int = 0
    failed: int = 0


def never() -> bool:
    """Go on until nothing is due."""
    return False


def mails_wait() -> bool:
    """Look whether a mail is due, without asking for SQLite's write lock."""
    try:
        return is_mail_due(clock.now())
    finally:
        db.close()


def send_due(
    transport: Transport, *, limit: int = 500, lease: timedelta = mails.LEASE, stopping: Callable[[], bool] = never
) -> Delivered:
    """Send the mails that are due, one by one: no transaction is open while the server is spoken to."""
    sender = read_settings().mail_sender
    sent = failed = 0
    for _turn in range(limit):
        if stopping() or not mails_wait():
            break
        transport.connect()
        taken = _take(sender, lease)
        if taken is None:
            break
        if _deliver(transport, taken):
            sent += 1
        else:
            failed += 1
    return Delivered(sent, failed)


def _take(sender: str, lease: timedelta) -> Taken | None:
    """Lease the next mail and make its message; a mail that cannot be made gives the reason instead."""
    with db.transaction():
        mail = mails.lease_next(lease)
        if mail is None:
            return None
        return mail.id, mail.recipient, _message(sender, mail)


def _message(sender: str, mail: Mail) -> EmailMessage | Failure:
    if bounced := bounce_of(mail.recipient):
        return Failure(f"adresse en erreur : {bounced.reason}", final=True)
    if mail.attempts > mails.MOST_ATTEMPTS:
        return Failure("runner stopped while sending")
    try:
        return compose(
            sender,
            mail.recipient,
            subject=mail.subject,
            body=_body(mail),
            message_id=mail.message_id,
            at=mail.created_at,
        )
    except ValueError as error:
        return Failure(str(error))


def _body(mail: Mail) -> Body:
    category = SWITCHABLE.get(mail.kind)
    stop = stop_token(mail.account_id, category) if category and mail.account_id else ""
    return Body(
        mail.text,
        html=letters.in_html(mail.subject, mail.text, mail.locale),
        attached=[Attached(each.filename, each.content_type, each.content) for each in mail.attachments],
        stop_address=address("public.stops.show", mail.locale, token=stop) if stop else "",
    )


def _deliver(transport: Transport, taken: Taken) -> bool:
    mail_id, recipient, message = taken
    failure = message if isinstance(message, Failure) else _try(transport, recipient, message)
    with db.transaction():
        if failure is None:
            mails.note_sent(mail_id)
        else:
            mails.note_failed(mail_id, failure.reason, final=failure.final)
            if failure.refused:
                bounces.note_bounce(recipient, failure.refused)
    return failure is None


def _try(transport: Transport, recipient: str, message: EmailMessage) -> Failure | None:
    try:
        transport(message)
    except smtplib.SMTPRecipientsRefused as refusal:
        code, said = refusal.recipients.get(recipient, (0, b""))
        words = f"{code} {said.decode(errors='replace') if isinstance(said, bytes) else said}"
        final = code in NO_SUCH_ADDRESS
        return Failure(f"SMTPRecipientsRefused: {words}", final=final, refused=words if final else "")
    except (OSError, smtplib.SMTPException, NoMailServer) as error:
        return Failure(f"{type(error).__name__}: {error}")
    return None
