"""The mails: what was written to whom, and those that could not be sent."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus import clock
from campus.config import read_settings
from campus.mail_rules import KEPT_APART, OPENS_AN_ACCOUNT
from campus.models import Mail, MailState
from campus.queries.accounts import account_by_id
from campus.queries.mails import mail_by_id, mails_by_state, mails_found, parked_mail
from campus.services.mails import drop_mail, retry_mail
from campus.services.sharing import file_is_open
from campus.web.notices import tell
from campus.web.paging import kind_asked, words_asked
from campus.web.transaction import commits

blueprint = Blueprint("mails", __name__, url_prefix="/messages")


def state_words(state: MailState) -> tuple[str, str]:
    """Name the state of a mail, and the kind of its tag."""
    return {
        MailState.QUEUED: (_("à envoyer"), "warn"),
        MailState.SENT: (_("envoyé"), "ok"),
        MailState.PARKED: (_("à examiner"), "bad"),
    }[state]


@blueprint.get("")
def index() -> str:
    """List the mails, the newest first."""
    words, state = words_asked(), kind_asked(MailState)
    return render_template(
        "staff/mails/index.html",
        mails=[(each, *state_words(each.state)) for each in mails_found(words, state)],
        states=[(each, state_words(each)[0], count) for each, count in sorted(mails_by_state().items())],
        words=words,
        state=state,
    )


@blueprint.get("/<uuid:mail_id>")
def show(mail_id: uuid.UUID) -> str:
    """Show a mail as its reader gets it."""
    mail = mail_by_id(mail_id) or abort(404)
    # In the demo nothing is sent: its mails are read here.
    secret = mail.kind in OPENS_AN_ACCOUNT and not read_settings().demo
    words = state_words(mail.state)
    return render_template("staff/mails/show.html", mail=mail, state=words, apart=_is_apart(mail), secret=secret)


def _is_apart(mail: Mail) -> bool:
    """Tell whether a mail repeats what is kept apart in the person's file, and that file is not open to the reader."""
    person = account_by_id(mail.account_id) if mail.kind in KEPT_APART and mail.account_id else None
    return person is not None and not file_is_open(current_user.account, person, clock.now())


@blueprint.post("/<uuid:mail_id>/renvoyer")
@commits
def retry(mail_id: uuid.UUID) -> Response:
    """Send a parked mail again."""
    mail = retry_mail(current_user.account, parked_mail(mail_id) or abort(404))
    tell(_("Le message part au prochain envoi."))
    return redirect(url_for(".show", mail_id=mail.id), 303)


@blueprint.post("/<uuid:mail_id>/abandonner")
@commits
def drop(mail_id: uuid.UUID) -> Response:
    """Give a parked mail up."""
    drop_mail(current_user.account, parked_mail(mail_id) or abort(404))
    tell(_("Le message est abandonné."))
    return redirect(url_for(".index"), 303)
