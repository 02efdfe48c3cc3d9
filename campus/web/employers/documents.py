"""The documents of a firm: agreements for the seats it reserved, letters of intent for its needs."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response as Answered
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from campus.models import Need
from campus.queries.documents import document_of, documents_of
from campus.queries.needs import need_of
from campus.services.issuing import issue_letter
from campus.web.document_words import pdf_file
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("documents", __name__)
Answer = str | tuple[str, int] | Answered


class LetterForm(Form):
    """Who signs for the firm."""

    signatory = StringField(
        _l("Qui signe, avec sa fonction"),
        [
            InputRequired(_l("Indiquez le nom et la fonction de la personne qui signe.")),
            Length(max=120, message=_l("Gardez moins de 120 signes.")),
        ],
    )


@blueprint.get("/documents/")
def index() -> str:
    """List the documents of the person's organisations, the newest first."""
    return render_template("employers/documents/index.html", documents=documents_of(current_user.account))


@blueprint.get("/documents/<uuid:document_id>.pdf")
def show(document_id: uuid.UUID) -> Response:
    """Open a document of the person's organisations."""
    return pdf_file(document_of(current_user.account, document_id) or abort(404))


@blueprint.get("/besoins/<uuid:need_id>/lettre")
def letter(need_id: uuid.UUID) -> str:
    """Ask who signs the letter of intent."""
    need = _need(need_id)
    form = LetterForm(formdata=None, data={"signatory": current_user.account.display_name})
    return render_template("employers/documents/letter.html", need=need, form=form)


@blueprint.post("/besoins/<uuid:need_id>/lettre")
@commits
def issue(need_id: uuid.UUID) -> Answer:
    """Issue the letter of intent."""
    need, form = _need(need_id), LetterForm()
    if not form.validate():
        return render_template("employers/documents/letter.html", need=need, form=form), 422
    made = issue_letter(current_user.account, need, form.signatory.data or "")
    tell(_("Lettre %(number)s éditée. Imprimez-la, signez-la, et remettez-la au campus.", number=made.number))
    return redirect(url_for(".index"), 303)


def _need(need_id: uuid.UUID) -> Need:
    return need_of(current_user.account, need_id) or abort(404)
