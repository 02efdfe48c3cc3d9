"""The organisations: to verify first, and the requests to join them."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.models import Organisation, OrganisationState
from campus.queries.organisations import (
    memberships_waiting,
    organisation_by_id,
    organisations_by_state,
    organisations_found,
    people_of,
)
from campus.queries.paging import page_slice
from campus.services import organisations
from campus.web.employers.memberships import RefusalForm
from campus.web.notices import tell
from campus.web.paging import kind_asked, page_asked, page_links, words_asked
from campus.web.transaction import commits

blueprint = Blueprint("organisations", __name__, url_prefix="/entreprises")
Answer = str | tuple[str, int] | Response


def organisation_or_404(organisation_id: uuid.UUID) -> Organisation:
    """Give an organisation, or answer 404."""
    return organisation_by_id(organisation_id) or abort(404)


@blueprint.get("")
def index() -> str:
    """List the organisations: those to verify first, the longest waiting on top."""
    words, state, page = words_asked(), kind_asked(OrganisationState), page_asked()
    found, total = organisations_found(words, state, page=page_slice(page))
    return render_template(
        "staff/organisations/index.html",
        organisations=found,
        pages_links=page_links(page, total),
        waiting=memberships_waiting(),
        counts=organisations_by_state(),
        words=words,
        state=state,
    )


@blueprint.get("/<uuid:organisation_id>")
def show(organisation_id: uuid.UUID) -> str:
    """Show an organisation, its people, and what can be decided."""
    organisation = organisation_or_404(organisation_id)
    return render_template("staff/organisations/show.html", organisation=organisation, people=people_of(organisation))


@blueprint.post("/<uuid:organisation_id>/verifier")
@commits
def verify(organisation_id: uuid.UUID) -> Response:
    """Say that the site is what it claims to be."""
    organisation = organisations.verify_organisation(current_user.account, organisation_or_404(organisation_id))
    tell(_("%(name)s est vérifiée. La personne qui l'a fait connaître peut publier.", name=organisation.name))
    return redirect(url_for(".show", organisation_id=organisation.id), 303)


@blueprint.get("/<uuid:organisation_id>/refuser")
def refusal(organisation_id: uuid.UUID) -> str:
    """Ask why."""
    organisation = organisation_or_404(organisation_id)
    return render_template("staff/organisations/refusal.html", form=RefusalForm(), organisation=organisation)


@blueprint.post("/<uuid:organisation_id>/refuser")
@commits
def refuse(organisation_id: uuid.UUID) -> Answer:
    """Refuse the site, with the reason."""
    organisation, form = organisation_or_404(organisation_id), RefusalForm()
    if not form.validate():
        return render_template("staff/organisations/refusal.html", form=form, organisation=organisation), 422
    organisations.refuse_organisation(current_user.account, organisation, form.reason.data or "")
    tell(_("%(name)s est refusée. Les personnes concernées reçoivent votre motif.", name=organisation.name))
    return redirect(url_for(".index"), 303)
