"""Deciding who acts for a site: its managers do, and the campus's staff."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from campus.models import Membership, MembershipRole, MembershipState, Organisation, Role
from campus.policies import may_manage
from campus.queries.organisations import membership_in, organisation_by_id, organisation_of
from campus.services import memberships
from campus.services.invitations import invite_to_site
from campus.web.accounts.fields import email_address
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.refusals import says
from campus.web.transaction import commits

blueprint = Blueprint("memberships", __name__, url_prefix="/etablissements/<uuid:organisation_id>/personnes")
Answer = str | tuple[str, int] | Response
too_long = Length(max=1000, message=_l("Raccourcissez ce motif : 1 000 caractères au plus."))


class RefusalForm(Form):
    """Why a person is not let in; they will read it."""

    reason = TextAreaField(_l("Motif, que la personne lira"), [InputRequired(_l("Écrivez le motif.")), too_long])


class RevocationForm(Form):
    """Why a person's place is taken away; they will read it."""

    reason = TextAreaField(_l("Motif, que la personne lira"), [too_long])


class InvitationForm(Form):
    """Whom to invite, to do what."""

    email = email_address()
    role = RadioField(
        _l("Cette personne pourra"),
        choices=[
            SelectChoice(MembershipRole.MEMBER.value, _l("Publier et suivre les besoins")),
            SelectChoice(MembershipRole.MANAGER.value, _l("Publier, et décider qui agit pour l'établissement")),
        ],
        default=MembershipRole.MEMBER.value,
    )


@says(memberships.LastManager)
def _last_manager() -> str:
    return _("C'est la seule personne qui gère l'établissement. Donnez d'abord ce rôle à quelqu'un d'autre.")


@says(memberships.AlreadyDecided)
def _already_decided() -> str:
    return _("Quelqu'un a déjà décidé. Rechargez la page pour voir où en est la demande.")


@says(memberships.NotVerified)
def _not_verified() -> str:
    return _("L'établissement doit d'abord être vérifié par l'équipe du campus.")


@says(memberships.NotTheManager)
def _not_the_manager() -> str:
    return _("Seules les personnes qui gèrent l'établissement peuvent en décider.")


def site_or_404(organisation_id: uuid.UUID) -> Organisation:
    """Give a site that the asker has to do with, or answer 404."""
    account = current_user.account
    if account.role is Role.STAFF:
        return organisation_by_id(organisation_id) or abort(404)
    return organisation_of(account, organisation_id) or abort(404)


def place_or_404(organisation_id: uuid.UUID, membership_id: uuid.UUID) -> Membership:
    """Give a place that the asker may decide about, or their own; answer 404 otherwise."""
    site = site_or_404(organisation_id)
    place = membership_in(site, membership_id) or abort(404)
    if not may_manage(current_user.account, site) and place.account_id != current_user.account.id:
        abort(404)
    return place


def decide(act: Callable[..., Membership], place: Membership, said: str, **values: Any) -> Response:
    """Decide, say so, and go back to the site."""
    act(current_user.account, place, **values)
    tell(said)
    return redirect(site_page(place), 303)


def site_page(place: Membership) -> str:
    """Give the page of the site as its reader knows it."""
    account = current_user.account
    if account.role is Role.STAFF:
        return url_for("staff.organisations.show", organisation_id=place.organisation_id)
    if place.account_id == account.id and place.state is MembershipState.REVOKED:
        return url_for("employers.organisations.index")
    return url_for("employers.organisations.show", organisation_id=place.organisation_id)


@blueprint.post("/<uuid:membership_id>/accorder")
@commits
def grant(organisation_id: uuid.UUID, membership_id: uuid.UUID) -> Response:
    """Let a person in."""
    place = place_or_404(organisation_id, membership_id)
    return decide(memberships.grant, place, _("Accès accordé à %(name)s.", name=place.account.display_name))


@blueprint.get("/<uuid:membership_id>/refuser")
def refusal(organisation_id: uuid.UUID, membership_id: uuid.UUID) -> str:
    """Ask why."""
    place = place_or_404(organisation_id, membership_id)
    return render_template("employers/memberships/refusal.html", form=RefusalForm(), place=place, back=site_page(place))


@blueprint.post("/<uuid:membership_id>/refuser")
@commits
def refuse(organisation_id: uuid.UUID, membership_id: uuid.UUID) -> Answer:
    """Answer no, with the reason."""
    place, form = place_or_404(organisation_id, membership_id), RefusalForm()
    if not form.validate():
        page = render_template("employers/memberships/refusal.html", form=form, place=place, back=site_page(place))
        return page, 422
    said = _("Accès refusé à %(name)s, qui reçoit votre motif.", name=place.account.display_name)
    return decide(memberships.refuse, place, said, reason=form.reason.data or "")


@blueprint.get("/<uuid:membership_id>/retirer")
def revocation(organisation_id: uuid.UUID, membership_id: uuid.UUID) -> str:
    """Ask whether, and why."""
    place = place_or_404(organisation_id, membership_id)
    return revocation_page(place, RevocationForm())


def revocation_page(place: Membership, form: RevocationForm) -> str:
    """Render the page that takes a place away, or leaves it."""
    leaving = place.account_id == current_user.account.id
    return render_template(
        "employers/memberships/revocation.html", form=form, place=place, leaving=leaving, back=site_page(place)
    )


@blueprint.post("/<uuid:membership_id>/retirer")
@commits
def revoke(organisation_id: uuid.UUID, membership_id: uuid.UUID) -> Answer:
    """Take the place away."""
    place, form = place_or_404(organisation_id, membership_id), RevocationForm()
    if not form.validate():
        return revocation_page(place, form), 422
    said = _("%(name)s n'agit plus pour %(site)s.", name=place.account.display_name, site=place.organisation.name)
    return decide(memberships.revoke, place, said, reason=form.reason.data or "")


@blueprint.post("/<uuid:membership_id>/gerer")
@commits
def make_manager(organisation_id: uuid.UUID, membership_id: uuid.UUID) -> Response:
    """Let a member manage the site."""
    place = place_or_404(organisation_id, membership_id)
    said = _("%(name)s gère maintenant l'établissement.", name=place.account.display_name)
    return decide(memberships.make_manager, place, said)


@blueprint.post("/<uuid:membership_id>/ne-plus-gerer")
@commits
def make_member(organisation_id: uuid.UUID, membership_id: uuid.UUID) -> Response:
    """Relieve a manager of managing."""
    place = place_or_404(organisation_id, membership_id)
    said = _("%(name)s ne gère plus l'établissement.", name=place.account.display_name)
    return decide(memberships.make_member, place, said)


@blueprint.get("/inviter")
def new(organisation_id: uuid.UUID) -> str:
    """Ask whom to invite."""
    site = managed_or_404(organisation_id)
    return render_template("employers/memberships/new.html", form=InvitationForm(), organisation=site)


@blueprint.post("/inviter")
@commits
def invite(organisation_id: uuid.UUID) -> Answer:
    """Send the invitation."""
    site, form = managed_or_404(organisation_id), InvitationForm()
    if not form.validate():
        return render_template("employers/memberships/new.html", form=form, organisation=site), 422
    invite_to_site(current_user.account, site, form.email.data or "", role=MembershipRole(form.role.data))
    tell(_("Invitation envoyée à %(email)s. Elle est valable 7 jours.", email=form.email.data))
    staff = current_user.account.role is Role.STAFF
    endpoint = "staff.organisations.show" if staff else "employers.organisations.show"
    return redirect(url_for(endpoint, organisation_id=site.id), 303)


def managed_or_404(organisation_id: uuid.UUID) -> Organisation:
    """Give a site that the asker manages, or answer 404."""
    site = site_or_404(organisation_id)
    return site if may_manage(current_user.account, site) else abort(404)
