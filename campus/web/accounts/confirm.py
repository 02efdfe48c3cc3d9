"""Confirming an address: the mail leads to a page, its button counts, since mail scanners follow links."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from campus.models import LinkPurpose, OneTimeLink
from campus.queries.links import open_link
from campus.services.accounts import confirm_new_address
from campus.services.links import LinkIsSpent
from campus.services.sessions import open_session_for
from campus.services.sign_up import confirm_sign_up
from campus.web import signed_in
from campus.web.forms import Form
from campus.web.landing import landing_page
from campus.web.notices import tell
from campus.web.refusals import says
from campus.web.transaction import commits

blueprint = Blueprint("confirm", __name__, url_prefix="/confirmer")
Answer = str | tuple[str, int] | Response


@says(LinkIsSpent)
def _spent() -> str:
    return _("Ce lien a déjà servi ou n'est plus valable. Demandez-en un nouveau.")


@blueprint.get("/<token>")
def show(token: str) -> Answer:
    """Show what the button will do."""
    link = open_link(token, LinkPurpose.CONFIRM_ADDRESS)
    if link is None:
        return render_template("accounts/confirm/gone.html"), 404
    return render_template("accounts/confirm/show.html", link=link, form=Form())


@blueprint.post("/<token>")
@commits
def create(token: str) -> Answer:
    """Confirm the address, and let the newcomer in."""
    link = open_link(token, LinkPurpose.CONFIRM_ADDRESS)
    if link is None:
        return render_template("accounts/confirm/gone.html"), 404
    return change_address(link) if link.account_id else welcome(link)


def change_address(link: OneTimeLink) -> Response:
    """Give an account its new address."""
    confirm_new_address(link)
    tell(_("Votre nouvelle adresse est confirmée. Connectez-vous avec elle."))
    return redirect(url_for("accounts.me.index"), 303)


def welcome(link: OneTimeLink) -> Response:
    """Open the account and its first session."""
    account = confirm_sign_up(link)
    _opened, token = open_session_for(account, user_agent=request.user_agent.string)
    signed_in.remember(token)
    tell(_("Votre adresse est confirmée, votre compte est ouvert."))
    return redirect(landing_page(account.role), 303)
