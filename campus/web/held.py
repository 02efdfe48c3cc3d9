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


def hold() -> str:
    """Sign what is being sent, so that nobody else can make a person send something; empty when nothing is."""
    if request.method != "POST" or (request.content_length or 0) > LONGEST:
        return ""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER]
    if not fields or any("password" in name for name, _value in fields):
        return ""
    return str(_signer().dumps({"path": request.script_root + request.path, "fields": fields}))


def held() -> Held | None:
    """Read what the sign-in page carries, if it is ours and not too old."""
    try:
        kept = _signer().loads(request.form.get("held", ""), max_age=KEPT_S)
    except BadData:
        return None
    return Held(kept["path"], [(name, value) for name, value in kept["fields"]])
