"""Choosing a new password through a link sent by mail."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from campus.models import LinkPurpose
from campus.queries.links import open_link
from campus.services.passwords import ask_reset, reset_password
from campus.web import signed_in
from campus.web.accounts.fields import email_address, new_password
from campus.web.forms import Form
from campus.web.languages import current_language
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("reset", __name__, url_prefix="/mot-de-passe")
Answer = str | tuple[str, int] | Response


class AskForm(Form):
    """The address of the account."""

    email = email_address()


class ChooseForm(Form):
    """A new password."""

    password = new_password()
    about: tuple[str, ...] = ()


@blueprint.get("")
def index() -> str:
    """Ask for the address."""
    return render_template("accounts/reset/index.html", form=AskForm())


@blueprint.post("")
@commits
def create() -> Answer:
    """Send the mail, whatever the address."""
    form = AskForm()
    if not form.validate():
        return render_template("accounts/reset/index.html", form=form), 422
    ask_reset(form.email.data or "", address=request.remote_addr or "", locale=current_language())
    return redirect(url_for(".sent"), 303)


@blueprint.get("/envoye")
def sent() -> str:
    """Say to look at one's mail."""
    return render_template("accounts/reset/sent.html")


@blueprint.get("/<token>")
def edit(token: str) -> Answer:
    """Ask for the new password."""
    link = open_link(token, LinkPurpose.RESET_PASSWORD)
    if link is None or link.account is None:
        return render_template("accounts/reset/gone.html"), 404
    return render_template("accounts/reset/edit.html", form=ChooseForm(), account=link.account)


@blueprint.post("/<token>")
@commits
def update(token: str) -> Answer:
    """Change the password and end all sessions."""
    link = open_link(token, LinkPurpose.RESET_PASSWORD)
    if link is None or link.account is None:
        return render_template("accounts/reset/gone.html"), 404
    form = ChooseForm()
    form.about = (link.account.email, link.account.display_name)
    if not form.validate():
        return render_template("accounts/reset/edit.html", form=form, account=link.account), 422
    reset_password(link, form.password.data or "")
    signed_in.forget()
    tell(_("Votre mot de passe est changé. Connectez-vous avec lui."))
    return redirect(url_for("accounts.sign_in.show"), 303)
