"""Handing mails to an SMTP server."""

from __future__ import annotations

import smtplib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from urllib.parse import unquote, urlsplit

from campus.errors import Refused

Transport = Callable[[EmailMessage], None]
TIMEOUT_S = 20
PORTS = {"smtp": 25, "smtps": 465}


class NoMailServer(Refused):
    """The settings name no server, or one that cannot be reached."""


def compose(sender: str, recipient: str, *, subject: str, text: str, message_id: str, at: datetime) -> EmailMessage:
    """Make the message; the policy refuses a line break in any header."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


@contextmanager
def smtp_transport(url: str) -> Iterator[Transport]:
    """Open the server of an address such as smtp://user:password@host:587?starttls or smtps://host."""
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise NoMailServer(
            "CAMPUS_SMTP_URL : indiquez le serveur de messagerie, "
            "par exemple smtp://utilisateur:motdepasse@serveur:587?starttls"
        )
    kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    try:
        server = kind(parts.hostname, parts.port or PORTS[parts.scheme], timeout=TIMEOUT_S)
    except (OSError, smtplib.SMTPException) as error:
        raise NoMailServer(f"Le serveur de messagerie {parts.hostname} ne répond pas : {error}") from error
    with server:
        if "starttls" in parts.query:
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        yield server.send_message
