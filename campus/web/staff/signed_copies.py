"""Signed letters of intent for the staff: handed in on paper, opened, accepted, sent back with a reason."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import TextAreaField
from wtforms.validators import DataRequired, Length

from campus.models import SignedCopy
from campus.queries.needs import need_of
from campus.queries.signed_copies import copy_of
from campus.services.signed_copies import accept_copy, send_back
from campus.web.copy_words import CopyForm, copy_file
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.staff import needs
from campus.web.transaction import commits

blueprint = Blueprint("signed_copies", __name__)
COPY = "/lettres-signees/<uuid:signed_copy_id>"
Answer = str | tuple[str, int] | Response


class SendBackForm(Form):
    """What is wrong with a copy."""

    reason = TextAreaField(
        _l("Que manque-t-il à cette copie ?"),
        [
            DataRequired(_l("Dites ce qui manque : l'entreprise le reçoit.")),
            Length(max=500, message=_l("Gardez 500 signes.")),
        ],
    )


@blueprint.post("/besoins/<uuid:need_id>/lettre-signee")
@commits
def create(need_id: uuid.UUID) -> Answer:
    """Keep the letter that a firm handed over on paper."""
    need, form = need_of(current_user.account, need_id) or abort(404), CopyForm()
    if not form.hand_in(need):
        return needs.page_of(need, copying=form), 422
    tell(_("La lettre signée est au dossier, vérifiée à votre nom."))
    return redirect(url_for("staff.needs.show", need_id=need.id), 303)


@blueprint.get(COPY)
def show(signed_copy_id: uuid.UUID) -> Response:
    """Give the file back as it came."""
    return copy_file(_copy(signed_copy_id))


@blueprint.post(f"{COPY}/accepter")
@commits
def accept(signed_copy_id: uuid.UUID) -> Response:
    """Say that the copy is the letter, signed."""
    copy = _copy(signed_copy_id)
    accept_copy(current_user.account, copy)
    tell(_("La lettre signée est vérifiée, à votre nom."))
    return redirect(url_for("staff.needs.show", need_id=copy.commitment.need_id), 303)


@blueprint.get(f"{COPY}/rendre")
def return_form(signed_copy_id: uuid.UUID) -> str:
    """Ask what is wrong with the copy."""
    return _asking(_copy(signed_copy_id), SendBackForm(formdata=None))


@blueprint.post(f"{COPY}/rendre")
@commits
def refuse(signed_copy_id: uuid.UUID) -> Answer:
    """Send the copy back, with the reason."""
    copy, form = _copy(signed_copy_id), SendBackForm()
    if not form.validate():
        return _asking(copy, form), 422
    send_back(current_user.account, copy, form.reason.data or "")
    tell(_("La copie est rendue. L'entreprise reçoit votre motif."))
    return redirect(url_for("staff.needs.show", need_id=copy.commitment.need_id), 303)


def _copy(signed_copy_id: uuid.UUID) -> SignedCopy:
    return copy_of(current_user.account, signed_copy_id) or abort(404)


def _asking(copy: SignedCopy, form: SendBackForm) -> str:
    return render_template("staff/signed_copies/return.html", copy=copy, need=copy.commitment.need, form=form)
