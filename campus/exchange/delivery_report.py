"""Reports of delivery (RFC 3464) that mail servers send back: which address refused for good, and why."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message

PERMANENT = "5"


@dataclass(frozen=True)
class Refusal:
    """An address that refuses mail for good."""

    email: str
    reason: str


def read_refusals(raw: bytes) -> list[Refusal]:
    """List the addresses that a report says refuse mail for good.

    `raw` is a whole message as the server sent it, multipart/report with a message/delivery-status part (RFC 3464,
    sections 2.2 and 2.3). An address whose status class is not 5 (a full mailbox, a slow server) is left out; a message
    that is no report gives an empty list.
    """
    refusals = []
    for part in message_from_bytes(raw).walk():
        if part.get_content_type() == "message/delivery-status":
            refusals += [found for fields in _groups(part) if (found := _refusal(fields))]
    return refusals


def _groups(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def _refusal(fields: Message) -> Refusal | None:
    recipient = str(fields.get("Final-Recipient") or fields.get("Original-Recipient") or "")
    email = recipient.partition(";")[2].strip().strip("<>").lower()
    failed = str(fields.get("Action", "")).strip().lower() == "failed"
    status = str(fields.get("Status", "")).strip()
    if not email or not failed or not status.startswith(PERMANENT):
        return None
    said = str(fields.get("Diagnostic-Code", "")).partition(";")[2]
    return Refusal(email, f"{status} {' '.join(said.split())}".strip()[:500])
