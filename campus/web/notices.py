"""What the next page says at its top about what was just done, with a way back when there is one."""

from __future__ import annotations

from typing import Any

from flask import Flask, session

KEY = "notices"
LARGEST = 3


def tell(text: str, *, kind: str = "ok", undo_url: str = "", undo_label: str = "") -> None:
    """Leave a notice for the next page; an undo is an address that takes a POST."""
    undo = {"url": undo_url, "label": undo_label} if undo_url else None
    waiting: list[dict[str, Any]] = session.get(KEY, [])
    session[KEY] = [*waiting, {"kind": kind, "text": str(text), "undo": undo}][-LARGEST:]


def notices() -> list[dict[str, Any]]:
    """Take the waiting notices away and give them to the page."""
    return session.pop(KEY, []) if KEY in session else []


def install(app: Flask) -> None:
    """Let the layout show the notices."""
    app.jinja_env.globals["notices"] = notices
