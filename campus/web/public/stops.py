"""Where the link of a mail switches its kind off: a page with a button, or one request of the reader's mail program."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from campus.mail_rules import MailCategory, Rhythm
from campus.models import Account
from campus.queries.preferences import person_of_stop_token, rhythm_of
from campus.services.preferences import stop as stop_mails
from campus.web.forms import csrf
from campus.web.mail_words import CATEGORIES
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("stops", __name__, url_prefix="/messages/arret")
Answer = str | Response


@blueprint.get("/<token>")
def show(token: str) -> Answer:
    """Ask whether the mails shall stop."""
    account, category = find(token)
    stopped = rhythm_of(account, category) is Rhythm.NEVER
    return render_template("public/stops/show.html", token=token, category=CATEGORIES[category], stopped=stopped)


@blueprint.post("/<token>")
@csrf.exempt
@commits
def stop(token: str) -> Answer:
    """Stop the mails; RFC 8058 lets the reader's program ask without having seen the page, hence without its token."""
    if request.form.get("List-Unsubscribe") != "One-Click":
        csrf.protect()
    stop_mails(*find(token))
    tell(_("Vous ne recevrez plus ces messages."))
    return redirect(url_for(".show", token=token), 303)


def find(token: str) -> tuple[Account, MailCategory]:
    """Find whom the link belongs to, or answer 404."""
    return person_of_stop_token(token) or abort(404)
