"""Answers that are calendars."""

from __future__ import annotations

from flask import Response

from campus.exchange.ics import MIMETYPE, Appointment, to_ics


def calendar_file(name: str, appointments: list[Appointment], filename: str) -> Response:
    """Answer with a calendar; no shared cache keeps it."""
    answer = Response(to_ics(name, appointments), content_type=MIMETYPE)
    answer.headers["Content-Disposition"] = f'inline; filename="{filename}"'
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
