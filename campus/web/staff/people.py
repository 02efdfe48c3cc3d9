"""The people: find, invite, close and open accounts."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice

from campus.clock import day_of
from campus.exchange.tables import Column
from campus.models import Account, Role
from campus.queries.accounts import account_by_id, people_by_role, people_found
from campus.queries.links import invitation_by_id, open_invitations
from campus.queries.organisations import memberships_of
from campus.queries.paging import EVERYTHING, page_slice
from campus.services import accounts
from campus.services.invitations import invite_colleague, withdraw_invitation
from campus.web.accounts.fields import email_address
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.paging import kind_asked, page_asked, page_links, words_asked
from campus.web.refusals import says
from campus.web.site_words import account_state, role_name
from campus.web.straight_files import WholeList, straight_from
from campus.web.transaction import commits

blueprint = Blueprint("people", __name__, url_prefix="/personnes")
Answer = str | tuple[str, int] | Response


class InvitationForm(Form):
    """Whom to invite, as what."""

    email = email_address()
    role = RadioField(
        _l("Cette personne rejoint"),
        choices=[
            SelectChoice(Role.STAFF.value, _l("L'équipe du campus")),
            SelectChoice(Role.TRAINER.value, _l("Les formatrices et formateurs")),
            SelectChoice(Role.OBSERVER.value, _l("Les partenaires publics, qui lisent les indicateurs")),
        ],
        default=Role.STAFF.value,
    )


@says(accounts.OwnAccount)
def _own_account() -> str:
    return _("Vous ne pouvez pas fermer votre propre compte : demandez-le à une autre personne de l'équipe.")


def person_or_404(account_id: uuid.UUID) -> Account:
    """Give a person, or answer 404."""
    return account_by_id(account_id) or abort(404)


@blueprint.get("")
def index() -> str:
    """Find people by name or address."""
    words, role, page = words_asked(), kind_asked(Role, "role"), page_asked()
    people, total = people_found(words, role, page=page_slice(page))
    return render_template(
        "staff/people/index.html",
        people=people,
        pages_links=page_links(page, total),
        counts=people_by_role(),
        invitations=open_invitations(),
        words=words,
        role=role,
    )


@straight_from("staff.people.index")
def whole() -> WholeList:
    """Give the list as a file wants it."""
    people, _total = people_found(words_asked(), kind_asked(Role, "role"), page=EVERYTHING)
    columns = [
        Column(_("Nom"), lambda row: row.display_name),
        Column(_("Adresse"), lambda row: row.email),
        Column(_("Rôle"), lambda row: role_name(row.role)),
        Column(_("Compte"), lambda row: account_state(row)[0]),
        Column(_("Depuis le"), lambda row: day_of(row.created_at)),
    ]
    return WholeList(_("Personnes"), people, columns)


@blueprint.get("/inviter")
def new() -> str:
    """Ask whom to invite."""
    role = request.args.get("role", Role.STAFF.value)
    return render_template("staff/people/new.html", form=InvitationForm(formdata=None, data={"role": role}))


@blueprint.post("/inviter")
@commits
def invite() -> Answer:
    """Send the invitation."""
    form = InvitationForm()
    if not form.validate():
        return render_template("staff/people/new.html", form=form), 422
    invite_colleague(current_user.account, form.email.data or "", Role(form.role.data))
    tell(_("Invitation envoyée à %(email)s. Elle est valable 7 jours.", email=form.email.data))
    return redirect(url_for(".index"), 303)


@blueprint.post("/invitations/<uuid:invitation_id>/retirer")
@commits
def withdraw(invitation_id: uuid.UUID) -> Response:
    """Take an invitation back."""
    withdraw_invitation(current_user.account, invitation_by_id(invitation_id) or abort(404))
    tell(_("L'invitation est retirée : son lien n'ouvre plus rien."))
    return redirect(url_for(".index"), 303)


@blueprint.get("/<uuid:account_id>")
def show(account_id: uuid.UUID) -> str:
    """Show a person and their places."""
    person = person_or_404(account_id)
    return render_template("staff/people/show.html", person=person, places=memberships_of(person))


@blueprint.post("/<uuid:account_id>/fermer")
@commits
def disable(account_id: uuid.UUID) -> Response:
    """Close an account; its sessions end at once."""
    person = accounts.disable_account(current_user.account, person_or_404(account_id))
    enable_url = url_for(".enable", account_id=person.id)
    said = _("Le compte de %(name)s est fermé.", name=person.display_name)
    tell(said, undo_url=enable_url, undo_label=_("Le rouvrir"))
    return redirect(url_for(".show", account_id=person.id), 303)


@blueprint.post("/<uuid:account_id>/rouvrir")
@commits
def enable(account_id: uuid.UUID) -> Response:
    """Open an account again."""
    person = accounts.enable_account(current_user.account, person_or_404(account_id))
    tell(_("Le compte de %(name)s est ouvert.", name=person.display_name))
    return redirect(url_for(".show", account_id=person.id), 303)
