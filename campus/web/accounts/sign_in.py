"""Signing in and out."""

from __future__ import annotations

from flask import Blueprint, g, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import EmailField, PasswordField
from wtforms.validators import InputRequired, Length

from campus.password_rules import LONGEST
from campus.services import sessions
from campus.web import held, signed_in
from campus.web.forms import Form
from campus.web.landing import landing_page, safe_next
from campus.web.refusals import says, sentence
from campus.web.transaction import commits, commits_also

blueprint = Blueprint("sign_in", __name__)
Answer = str | tuple[str, int] | Response


too_long = Length(max=LONGEST, message=_l("Ce mot de passe est trop long : vérifiez ce que vous avez collé."))


class SignInForm(Form):
    """An address and a password."""

    email = EmailField(_l("Adresse électronique"), [InputRequired(_l("Indiquez votre adresse électronique."))])
    password = PasswordField(_l("Mot de passe"), [InputRequired(_l("Indiquez votre mot de passe.")), too_long])


@says(sessions.SignInRefused)
def _refused() -> str:
    return _("L'adresse ou le mot de passe ne correspond pas. Vérifiez les deux, ou demandez un nouveau mot de passe.")


@blueprint.get("/connexion")
def show() -> Answer:
    """Ask for the address and the password."""
    if current_user.is_authenticated:
        return redirect(landing_page(current_user.role), 303)
    return page(SignInForm())


@blueprint.post("/connexion")
@commits_also(422)
def create() -> Answer:
    """Open a session and go where the person wanted to."""
    form = SignInForm()
    if not form.validate():
        return page(form), 422
    try:
        opened, token = sessions.sign_in(
            form.email.data or "",
            form.password.data or "",
            address=request.remote_addr or "",
            user_agent=request.user_agent.string,
        )
    except sessions.SignInRefused as refusal:
        return page(form, refusal=sentence(refusal)), 422
    signed_in.remember(token)
    if waiting := held.held():
        return render_template("accounts/sign_in/resume.html", held=waiting)
    return redirect(safe_next(request.args.get("next", "")) or landing_page(opened.account.role), 303)


def page(form: SignInForm, *, refusal: str = "") -> str:
    """Render the sign-in page; it carries what was being sent when the session had ended."""
    kept, target = request.form.get("held", ""), request.args.get("next", "")
    return render_template("accounts/sign_in/show.html", form=form, refusal=refusal, held=kept, next=target)


def ask_again(kept: str, target: str) -> str:
    """Ask who is there in place of a page that was sent something after its session had ended."""
    form = SignInForm(formdata=None)
    return render_template("accounts/sign_in/show.html", form=form, refusal="", held=kept, next=target)


@blueprint.post("/deconnexion")
@commits
def end() -> Answer:
    """End the session and go home."""
    if current_user.is_authenticated:
        sessions.sign_out(g.account_session)
    signed_in.forget()
    return redirect(url_for("public.home.index"), 303)
