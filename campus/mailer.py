"""Handing mails to an SMTP server."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Protocol
from urllib.parse import unquote, urlsplit

from campus.errors import Refused

TIMEOUT_S = 20
PORTS = {"smtp": 25, "smtps": 465}


class NoMailServer(Refused):
    """The settings name no server, or one that cannot be reached."""


class Transport(Protocol):
    """Where mails are handed over."""

    def connect(self) -> None:
        """Make sure that somebody is there before a mail is taken up; raise NoMailServer otherwise."""

    def __call__(self, message: EmailMessage) -> None:
        """Hand one message over."""


@dataclass(frozen=True)
class Attached:
    """A file that goes with a message; its type says all that the reader's program must know."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Body:
    """What a message says."""

    text: str
    html: str = ""
    attached: Sequence[Attached] = ()
    stop_address: str = ""


def compose(
    sender: str,
    recipient: str,
    *,
    subject: str,
    body: Body,
    message_id: str,
    at: datetime,
) -> EmailMessage:
    """Make the message; the policy refuses a line break in any header."""
    message = EmailMessage(policy=SMTP)
    message["From"] = sender
    message["To"] = recipient
    message["Subject"] = subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    if body.stop_address:
        # RFC 8058: the reader's program may post to the address without opening the page.
        message["List-Unsubscribe"] = f"<{body.stop_address}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(body.text)
    if body.html:
        message.add_alternative(body.html, subtype="html")
    for each in body.attached:
        _attach(message, each)
    return message


def _attach(message: EmailMessage, each: Attached) -> None:
    """Attach a file; the parameters of its type (charset, method) are kept, as a calendar's invitation needs."""
    kind, *parameters = (part.strip() for part in each.content_type.split(";"))
    main, _, sub = kind.partition("/")
    message.add_attachment(each.content, maintype=main, subtype=sub, filename=each.filename)
    part = list(message.iter_attachments())[-1]
    for name, _, value in (parameter.partition("=") for parameter in parameters):
        part.set_param(name, value)


class SmtpTransport:
    """A server of an address such as smtp://user:password@host:587?starttls; connects again when it was cut off."""

    def __init__(self, url: str) -> None:
        self._parts = urlsplit(url)
        self._server: smtplib.SMTP | None = None
        if self._parts.scheme not in PORTS or not self._parts.hostname:
            raise NoMailServer(
                "CAMPUS_SMTP_URL : indiquez le serveur de messagerie, "
                "par exemple smtp://utilisateur:motdepasse@serveur:587?starttls"
            )

    def connect(self) -> None:
        """Open the line if there is none."""
        self._line()

    def _line(self) -> smtplib.SMTP:
        if self._server is None:
            try:
                self._server = self._opened()
            except (OSError, smtplib.SMTPException) as error:
                host = self._parts.hostname
                raise NoMailServer(f"Le serveur de messagerie {host} ne répond pas : {error}") from error
        return self._server

    def _opened(self) -> smtplib.SMTP:
        parts = self._parts
        kind = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
        server = kind(str(parts.hostname), parts.port or PORTS[parts.scheme], timeout=TIMEOUT_S)
        if "starttls" in parts.query:
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        return server

    def __call__(self, message: EmailMessage) -> None:
        """Hand one message over; after a failure the next one goes over a new line."""
        server = self._line()
        try:
            server.send_message(message)
        except (OSError, smtplib.SMTPException):
            self.close()
            raise

    def close(self) -> None:
        """Say goodbye."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError, smtplib.SMTPException):
                server.quit()


@contextmanager
def smtp_transport(url: str) -> Iterator[SmtpTransport]:
    """Reach the server for as long as the block runs."""
    transport = SmtpTransport(url)
    transport.connect()
    try:
        yield transport
    finally:
        transport.close()
