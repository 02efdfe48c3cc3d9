"""A person's own account: name, language, address, password, open sessions."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, g, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from campus import clock
from campus.queries.accounts import open_sessions_of, own_session
from campus.queries.personal_data import personal_data
from campus.services.accounts import ask_new_address, revise_profile
from campus.services.passwords import WrongPassword, change_password
from campus.services.sessions import end_sessions, sign_out
from campus.web.accounts.devices import device_of
from campus.web.accounts.fields import current_password, email_address, new_password, person_name
from campus.web.downloads import json_file
from campus.web.forms import Form
from campus.web.languages import LANGUAGES
from campus.web.notices import tell
from campus.web.signed_in import ABSOLUTE
from campus.web.transaction import commits, commits_also

blueprint = Blueprint("me", __name__, url_prefix="/moi")
Answer = str | tuple[str, int] | Response


class ProfileForm(Form):
    """What others see, and the language of the mails."""

    name = person_name()
    locale = RadioField(
        _l("Langue de vos messages"), choices=[SelectChoice(code, name) for code, name in LANGUAGES.items()]
    )


class AddressForm(Form):
    """A new address, with the password."""

    email = email_address(_l("Nouvelle adresse électronique"))
    current = current_password()


class PasswordForm(Form):
    """A new password, with the present one."""

    current = current_password()
    password = new_password()
    about: tuple[str, ...] = ()


@blueprint.get("")
def index() -> str:
    """Show the account and its open sessions."""
    account = current_user.account
    sessions = open_sessions_of(account, not_before=clock.now() - ABSOLUTE)
    devices = [(each, device_of(each.user_agent), each.id == g.account_session.id) for each in sessions]
    return render_template("accounts/me/index.html", account=account, devices=devices)


@blueprint.get("/profil")
def profile() -> str:
    """Ask for the name and the language."""
    account = current_user.account
    form = ProfileForm(data={"name": account.display_name, "locale": account.locale})
    return render_template("accounts/me/profile.html", form=form)


@blueprint.post("/profil")
@commits
def revise() -> Answer:
    """Change the name and the language."""
    form = ProfileForm()
    if not form.validate():
        return render_template("accounts/me/profile.html", form=form), 422
    revise_profile(current_user.account, name=form.name.data or "", locale=form.locale.data)
    tell(_("Votre profil est enregistré."))
    return redirect(url_for(".index"), 303)


@blueprint.get("/adresse")
def address() -> str:
    """Ask for the new address."""
    return render_template("accounts/me/address.html", form=AddressForm())


@blueprint.post("/adresse")
@commits_also(422)
def change_address() -> Answer:
    """Send the mail that confirms the new address."""
    form = AddressForm()
    if form.validate() and accepted(form, lambda: ask_new_address(*wanted(form))):
        tell(_("Regardez la messagerie de %(email)s : le lien y confirme l'adresse.", email=form.email.data))
        return redirect(url_for(".index"), 303)
    return render_template("accounts/me/address.html", form=form), 422


@blueprint.get("/mot-de-passe")
def password() -> str:
    """Ask for the new password."""
    return render_template("accounts/me/password.html", form=PasswordForm())


@blueprint.post("/mot-de-passe")
@commits_also(422)
def replace_password() -> Answer:
    """Change the password; the other sessions end."""
    form = PasswordForm()
    account = current_user.account
    form.about = (account.email, account.display_name)
    typed = (form.current.data or "", form.password.data or "")
    if form.validate() and accepted(form, lambda: change_password(account, *typed, opened=g.account_session)):
        tell(_("Votre mot de passe est changé. Vos autres appareils sont déconnectés."))
        return redirect(url_for(".index"), 303)
    return render_template("accounts/me/password.html", form=form), 422


def wanted(form: AddressForm) -> tuple[Any, str, str]:
    """Give whose address changes, and how."""
    return current_user.account, form.email.data or "", form.current.data or ""


def accepted(form: AddressForm | PasswordForm, act: Callable[[], None]) -> bool:
    """Act, or put the refusal of the present password beside its field."""
    try:
        act()
    except WrongPassword:
        form.current.errors = [_("Ce n'est pas votre mot de passe actuel.")]
        return False
    return True


@blueprint.get("/donnees.json")
def download() -> Response:
    """Give the person a copy of all that is kept about them."""
    return json_file("mes-donnees", personal_data(current_user.account))


@blueprint.post("/sessions/<uuid:account_session_id>/fin")
@commits
def end_session(account_session_id: uuid.UUID) -> Answer:
    """End one of the person's sessions."""
    opened = own_session(current_user.account, account_session_id)
    if opened is None:
        abort(404)
    sign_out(opened)
    tell(_("Cette session est terminée."))
    return redirect(url_for(".index"), 303)


@blueprint.post("/sessions/fin")
@commits
def end_others() -> Answer:
    """End all sessions but this one."""
    end_sessions(current_user.account, but=g.account_session)
    tell(_("Vos autres sessions sont terminées."))
    return redirect(url_for(".index"), 303)
