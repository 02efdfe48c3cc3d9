"""What became of a firm's past commitments, as the firm itself and the campus read it."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from campus.models import Organisation
from campus.policies import belongs_to
from campus.queries.commitments import comment_on, record_of
from campus.queries.organisations import organisation_of
from campus.services.commitments import comment_record
from campus.web import commitment_words
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("record", __name__, url_prefix="/etablissements/<uuid:organisation_id>/engagements")
Answer = str | tuple[str, int] | Response


class CommentForm(Form):
    """What a firm says of its record."""

    text = TextAreaField(
        _l("Votre commentaire"),
        [
            DataRequired(_l("Écrivez votre commentaire.")),
            Length(max=1000, message=_l("Gardez moins de 1 000 signes.")),
        ],
    )


@blueprint.get("/")
def show(organisation_id: uuid.UUID) -> Answer:
    """Show what became of the firm's commitments, with their number and its own words."""
    return _page(_find(organisation_id), CommentForm(formdata=None))


@blueprint.post("/")
@commits
def comment(organisation_id: uuid.UUID) -> Answer:
    """Let the firm say something of its record."""
    organisation, form = _find(organisation_id), CommentForm()
    if not form.validate():
        return _page(organisation, form), 422
    comment_record(current_user.account, organisation, form.text.data or "")
    tell(_("Votre commentaire se lit à côté des chiffres."))
    return redirect(url_for(".show", organisation_id=organisation.id), 303)


def _find(organisation_id: uuid.UUID) -> Organisation:
    found = organisation_of(current_user.account, organisation_id)
    return found if found is not None and belongs_to(current_user.account, found) else abort(404)


def _page(organisation: Organisation, form: CommentForm) -> str:
    return render_template(
        "employers/record/show.html",
        organisation=organisation,
        record=record_of(organisation.id),
        comment=comment_on(organisation.id),
        words=commitment_words,
        form=form,
    )
