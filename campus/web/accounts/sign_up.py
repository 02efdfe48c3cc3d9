"""Signing up: one chooses what one comes for, then says who one is."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.models import Organisation
from campus.queries.organisations import organisation_by_siret
from campus.services.joining import Site
from campus.services.sign_up import NewPerson, sign_up_employer, sign_up_trainee
from campus.siret import read_siret
from campus.web.accounts.fields import email_address, new_password, person_name
from campus.web.accounts.site_fields import SiretForm, SiteFields
from campus.web.forms import Form
from campus.web.landing import landing_page
from campus.web.languages import current_language
from campus.web.transaction import commits

blueprint = Blueprint("sign_up", __name__, url_prefix="/creer")
Answer = str | tuple[str, int] | Response


class PersonForm(Form):
    """Who one is."""

    name = person_name()
    email = email_address()
    password = new_password()

    def person(self) -> NewPerson:
        """Give what was typed."""
        return NewPerson(
            self.email.data or "", self.name.data or "", self.password.data or "", locale=current_language()
        )


class JoiningForm(PersonForm):
    """An employer whose organisation the campus knows."""

    about: tuple[str, ...] = ()


class FoundingForm(PersonForm, SiteFields):
    """An employer who makes an organisation known."""


@blueprint.get("")
def index() -> Answer:
    """Let the person choose what they come for."""
    if current_user.is_authenticated:
        return redirect(landing_page(current_user.role), 303)
    return render_template("accounts/sign_up/index.html")


@blueprint.get("/stagiaire")
def trainee() -> Answer:
    """Ask a trainee who they are."""
    return render_template("accounts/sign_up/trainee.html", form=PersonForm())


@blueprint.post("/stagiaire")
@commits
def create_trainee() -> Answer:
    """Send the mail that confirms a trainee's address."""
    form = PersonForm()
    if not form.validate():
        return render_template("accounts/sign_up/trainee.html", form=form), 422
    sign_up_trainee(form.person(), address=request.remote_addr or "")
    return redirect(url_for(".sent"), 303)


@blueprint.get("/entreprise")
def siret() -> Answer:
    """Ask an employer for the SIRET; once it is right, go on to the rest."""
    if "siret" not in request.args:
        return render_template("accounts/sign_up/siret.html", form=SiretForm(formdata=None))
    form = SiretForm(request.args)
    if not form.validate():
        return render_template("accounts/sign_up/siret.html", form=form), 422
    return redirect(url_for(".employer", siret=form.number), 303)


@blueprint.get("/entreprise/<siret>")
def employer(siret: str) -> Answer:
    """Ask an employer who they are and, when it is not known, about their organisation."""
    form, known = employer_form(siret)
    if form is None:
        return redirect(url_for(".siret", siret=siret), 303)
    return render_template("accounts/sign_up/employer.html", form=form, siret=siret, organisation=known)


@blueprint.post("/entreprise/<siret>")
@commits
def create_employer(siret: str) -> Answer:
    """Send the mail that confirms an employer's address."""
    form, known = employer_form(siret)
    if form is None:
        return redirect(url_for(".siret", siret=siret), 303)
    if not form.validate():
        return render_template("accounts/sign_up/employer.html", form=form, siret=siret, organisation=known), 422
    site = form.site(siret) if isinstance(form, FoundingForm) else Site(siret=siret, name=known.name if known else "")
    sign_up_employer(form.person(), site, address=request.remote_addr or "")
    return redirect(url_for(".sent"), 303)


def employer_form(siret: str) -> tuple[JoiningForm | FoundingForm | None, Organisation | None]:
    """Make the form that a SIRET calls for, none when it is not one."""
    if read_siret(siret) != siret:
        return None, None
    known = organisation_by_siret(siret)
    if known is None:
        return FoundingForm(), None
    form = JoiningForm()
    form.about = (known.name,)
    return form, known


@blueprint.get("/envoye")
def sent() -> str:
    """Say to look at one's mail, in the same words whether or not the address is known."""
    return render_template("accounts/sign_up/sent.html")
