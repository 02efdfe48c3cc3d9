"""Calendars: that of a session for everybody, and a person's own behind a secret address."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, abort
from flask_babel import get_locale
from flask_babel import gettext as _

from campus.queries.calendars import appointments_in, appointments_of, feed_behind
from campus.queries.enrolments import public_course_session
from campus.web.calendar_files import calendar_file

blueprint = Blueprint("calendars", __name__, url_prefix="/calendrier")


@blueprint.get("/session/<uuid:course_session_id>.ics")
def session(course_session_id: uuid.UUID) -> Response:
    """Give the dates of a session of a published course; a cancelled one says so."""
    found = public_course_session(course_session_id) or abort(404)
    locale = str(get_locale())
    return calendar_file(found.course.title, appointments_in(found, locale), f"session-{found.id}.ics")


@blueprint.get("/prive/<token>.ics")
def private(token: str) -> Response:
    """Give a person's own calendar to whoever has its secret address."""
    feed = feed_behind(token) or abort(404)
    return calendar_file(_("Campus, mes formations"), appointments_of(feed.account, feed.locale), "campus.ics")
