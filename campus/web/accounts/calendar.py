"""My calendar: a secret address for one's own calendar program, made and taken back here."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.queries.calendars import feed_of
from campus.services import calendars
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("calendar", __name__, url_prefix="/calendrier")


@blueprint.get("")
def show() -> str:
    """Say whether there is a private calendar, and what it holds."""
    return render_template("accounts/calendar/show.html", feed=feed_of(current_user.account), secret="")


@blueprint.post("/ouvrir")
@commits
def create() -> str:
    """Make the secret address and show it, this once."""
    token = calendars.open_feed(current_user.account)
    secret = url_for("public.calendars.private", token=token, _external=True)
    return render_template("accounts/calendar/show.html", feed=feed_of(current_user.account), secret=secret)


@blueprint.post("/fermer")
@commits
def revoke() -> Response:
    """Take the secret address back."""
    calendars.revoke_feed(current_user.account)
    tell(_("L'adresse secrète ne répond plus."))
    return redirect(url_for(".show"), 303)
