"""The code shown in the room: it names a half-day, lives for a quarter of an hour, and cannot be made up."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import uuid
from datetime import UTC, datetime, timedelta

from campus import clock
from campus.config import read_settings
from campus.errors import Refused
from campus.models import Slot

LIVES = timedelta(minutes=15)
_SIGNATURE = 12  # bytes: 96 bits cannot be guessed within the quarter of an hour
_LENGTH = 16 + 4 + _SIGNATURE


class CodeIsOver(Refused):
    """The code is too old, or was never shown."""


def code_for(slot: Slot) -> str:
    """Make the code of a half-day, good for a quarter of an hour."""
    return _write(slot.id, clock.now() + LIVES)


def slot_of_code(code: str) -> uuid.UUID:
    """Read which half-day a code stands for, or refuse."""
    try:
        raw = base64.urlsafe_b64decode(code.encode("ascii"))
    except (UnicodeEncodeError, ValueError) as unreadable:
        raise CodeIsOver from unreadable
    if len(raw) != _LENGTH or not hmac.compare_digest(_sign(raw[:20]), raw[20:]):
        raise CodeIsOver
    until = datetime.fromtimestamp(struct.unpack(">I", raw[16:20])[0], UTC)
    if until < clock.now():
        raise CodeIsOver
    return uuid.UUID(bytes=raw[:16])


def _write(slot_id: uuid.UUID, until: datetime) -> str:
    body = slot_id.bytes + struct.pack(">I", int(until.timestamp()))
    return base64.urlsafe_b64encode(body + _sign(body)).decode("ascii")


def _sign(body: bytes) -> bytes:
    key = read_settings().secret_key.encode()
    return hmac.new(key, b"presence\0" + body, hashlib.sha256).digest()[:_SIGNATURE]
