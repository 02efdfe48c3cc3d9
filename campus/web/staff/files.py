"""A person's file: what everybody of the staff may know, and what is kept apart until one says why one must know."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from campus import clock
from campus.models import Account, Role
from campus.queries.accounts import account_by_id
from campus.queries.attendance import presences_of
from campus.queries.documents import documents_of
from campus.queries.enrolments import standings_of
from campus.queries.mails import mails_to
from campus.queries.profiles import skills_of
from campus.queries.results import results_of_person
from campus.queries.rounds import entries_of_person
from campus.queries.sharing import readings_of, support_need_of
from campus.services.sharing import file_is_open
from campus.services.sharing import open_file as let_read
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("files", __name__, url_prefix="/dossiers")
Answer = str | tuple[str, int] | Response


class ReadingForm(Form):
    """Why somebody must know."""

    why = TextAreaField(
        _l("Pourquoi devez-vous le savoir ?"),
        [DataRequired(_l("Dites pourquoi : la personne le lira.")), Length(max=500, message=_l("Gardez 500 signes."))],
    )


def person_or_404(account_id: uuid.UUID) -> Account:
    """Give a person, or answer 404."""
    return account_by_id(account_id) or abort(404)


@blueprint.get("/<uuid:account_id>")
def show(account_id: uuid.UUID) -> str:
    """Show a person's file; what is kept apart only to whoever has said why, within the hour."""
    return page(person_or_404(account_id), ReadingForm(formdata=None))


def page(person: Account, form: ReadingForm) -> str:
    """Render a person's file."""
    is_open = file_is_open(current_user.account, person, clock.now())
    known = support_need_of(person)
    return render_template(
        "staff/files/show.html",
        person=person,
        form=form,
        standings=standings_of(person),
        entries=entries_of_person(person),
        skills=skills_of(person),
        presences=presences_of(person),
        reached=results_of_person(person),
        documents=documents_of(person) if person.role is Role.TRAINEE else [],
        mails=mails_to(person),
        readings=readings_of(person),
        has_support=known is not None,
        support=known.needs if known and is_open else "",
        is_open=is_open,
    )


@blueprint.post("/<uuid:account_id>/lire")
@commits
def open_file(account_id: uuid.UUID) -> Answer:
    """Open what is kept apart for an hour, and write down who read it and why."""
    person, form = person_or_404(account_id), ReadingForm()
    if not form.validate():
        return page(person, form), 422
    let_read(current_user.account, person, form.why.data or "")
    tell(_("La partie réservée vous est ouverte pour une heure ; %(name)s voit votre motif.", name=person.display_name))
    return redirect(url_for(".show", account_id=person.id), 303)
