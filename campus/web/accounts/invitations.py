"""Answering an invitation sent by mail."""

from __future__ import annotations

import uuid

from flask import Blueprint, redirect, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from campus.models import Account, LinkPurpose, OneTimeLink, Organisation
from campus.queries.accounts import account_by_email
from campus.queries.links import open_link
from campus.queries.organisations import organisation_by_id
from campus.services.invitations import OtherKindOfAccount, accept_invitation
from campus.services.sessions import open_session_for
from campus.web import signed_in
from campus.web.accounts.fields import new_password, person_name
from campus.web.forms import Form
from campus.web.landing import landing_page
from campus.web.notices import tell
from campus.web.refusals import says
from campus.web.transaction import commits

blueprint = Blueprint("invitations", __name__, url_prefix="/invitation")
Answer = str | tuple[str, int] | Response


class WelcomeForm(Form):
    """Who the invited person is."""

    name = person_name()
    password = new_password()
    about: tuple[str, ...] = ()


@says(OtherKindOfAccount)
def _other_kind() -> str:
    return _(
        "Cette adresse sert déjà à un compte d'un autre type, ou à un compte fermé. "
        "Demandez une invitation à une autre adresse."
    )


@blueprint.get("/<token>")
def show(token: str) -> Answer:
    """Show what the invitation opens."""
    link = open_link(token, LinkPurpose.INVITATION)
    if link is None:
        return render_template("accounts/invitations/gone.html"), 404
    known = account_by_email(link.email)
    return answer_page(link, Form() if known else WelcomeForm(), known)


@blueprint.post("/<token>")
@commits
def create(token: str) -> Answer:
    """Accept, and go in."""
    link = open_link(token, LinkPurpose.INVITATION)
    if link is None:
        return render_template("accounts/invitations/gone.html"), 404
    known = account_by_email(link.email)
    form: Form = Form() if known else WelcomeForm()
    form.about = (link.email,)
    if not form.validate():
        return answer_page(link, form, known), 422
    account = accept_invitation(link, **typed(form))
    _opened, secret = open_session_for(account, user_agent=request.user_agent.string)
    signed_in.remember(secret)
    tell(_("Invitation acceptée. Bienvenue sur Campus."))
    return redirect(landing_page(account.role), 303)


def typed(form: Form) -> dict[str, str]:
    """Give the name and password of a newcomer, nothing for somebody known."""
    return {"name": form.name.data, "password": form.password.data} if isinstance(form, WelcomeForm) else {}


def answer_page(link: OneTimeLink, form: Form, known: Account | None) -> str:
    """Render the page of an invitation."""
    place: Organisation | None = None
    if "organisation_id" in link.details:
        place = organisation_by_id(uuid.UUID(link.details["organisation_id"]))
    return render_template(
        "accounts/invitations/show.html", link=link, form=form, known=known, place=place, role=link.details["role"]
    )
