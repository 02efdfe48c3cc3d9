"""What a person was sending when their session had ended: carried through the sign-in page, then sent again."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

LONGEST = 300_000
KEPT_S = 12 * 3600
NEVER = ("csrf_token", "held")
Fields = list[tuple[str, str]]


@dataclass(frozen=True)
class Held:
    """A form that waits: where it goes, and its fields."""

    path: str
    fields: Fields


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="held-form")


def typed() -> Held | None:
    """Keep what is being sent; nothing of a form with a password, nor of a very long one."""
    if request.method != "POST" or (request.content_length or 0) > LONGEST:
        return None
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER]
    if not fields or any("password" in name for name, _value in fields):
        return None
    return Held(request.script_root + request.path, fields)


def hold() -> str:
    """Sign what is being sent, so that nobody else can make a person send something; empty when nothing is."""
    kept = typed()
    return str(_signer().dumps({"path": kept.path, "fields": kept.fields})) if kept else ""


def held() -> Held | None:
    """Read what the sign-in page carries, if it is ours and not too old."""
    try:
        kept = _signer().loads(request.form.get("held", ""), max_age=KEPT_S)
    except BadData:
        return None
    return Held(kept["path"], [(name, value) for name, value in kept["fields"]])
