"""My sites: what state they are in, who acts for them, joining another."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.models import Organisation
from campus.policies import may_manage
from campus.queries.organisations import (
    managers_by_site,
    memberships_of,
    organisation_by_siret,
    organisation_of,
    people_of,
)
from campus.services.joining import AlreadyThere, Site, join_site
from campus.siret import read_siret
from campus.web.accounts.site_fields import SiretForm, SiteFields
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.refusals import says
from campus.web.site_words import next_step
from campus.web.transaction import commits

blueprint = Blueprint("organisations", __name__, url_prefix="/etablissements")
Answer = str | tuple[str, int] | Response


@says(AlreadyThere)
def _already_there() -> str:
    return _("Vous avez déjà un accès à cet établissement, ou vous l'avez déjà demandé.")


@blueprint.get("")
def index() -> str:
    """List my sites, with who acts next for each."""
    places = memberships_of(current_user.account)
    managers = managers_by_site(each.organisation_id for each in places)
    steps = [(each, next_step(each, managers.get(each.organisation_id, []))) for each in places]
    return render_template("employers/organisations/index.html", places=steps)


@blueprint.get("/<uuid:organisation_id>")
def show(organisation_id: uuid.UUID) -> str:
    """Show a site and, to those in place, the people who act for it."""
    account = current_user.account
    organisation = organisation_of(account, organisation_id) or abort(404)
    people = people_of(organisation)
    mine = next(each for each in people if each.account_id == account.id)
    managers = managers_by_site([organisation.id]).get(organisation.id, [])
    return render_template(
        "employers/organisations/show.html",
        organisation=organisation,
        people=people,
        mine=mine,
        step=next_step(mine, managers),
        may_manage=may_manage(account, organisation),
    )


@blueprint.get("/rejoindre")
def siret() -> Answer:
    """Ask for the SIRET of another site; once it is right, go on."""
    if "siret" not in request.args:
        return render_template("employers/organisations/siret.html", form=SiretForm(formdata=None))
    form = SiretForm(request.args)
    if not form.validate():
        return render_template("employers/organisations/siret.html", form=form), 422
    return redirect(url_for(".new", siret=form.number), 303)


@blueprint.get("/rejoindre/<siret>")
def new(siret: str) -> str:
    """Ask what the campus must know of the site, if it does not know it."""
    known = site_of(siret)
    return render_template(
        "employers/organisations/new.html", form=joining_form(known), siret=siret, organisation=known
    )


@blueprint.post("/rejoindre/<siret>")
@commits
def create(siret: str) -> Answer:
    """Ask for a place in the site."""
    known = site_of(siret)
    form = joining_form(known)
    if not form.validate():
        page = render_template("employers/organisations/new.html", form=form, siret=siret, organisation=known)
        return page, 422
    join_site(current_user.account, form.site(siret) if isinstance(form, SiteFields) else Site(siret=siret))
    tell(_("Votre demande est envoyée. En attendant, vous pouvez préparer vos besoins."))
    return redirect(url_for(".index"), 303)


def site_of(siret: str) -> Organisation | None:
    """Find the site of a right SIRET, or answer 404."""
    if read_siret(siret) != siret:
        abort(404)
    return organisation_by_siret(siret)


def joining_form(known: Organisation | None) -> Form:
    """Make the form: nothing to type for a known site."""
    return Form() if known else SiteFields()
