"""The signed copy of a firm's letter of intent: handed in, and opened again."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.queries.needs import need_of
from campus.queries.signed_copies import copy_of
from campus.web.copy_words import CopyForm, copy_file
from campus.web.employers import commitments
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("signed_copies", __name__)
Answer = str | tuple[str, int] | Response


@blueprint.post("/besoins/<uuid:need_id>/lettre-signee")
@commits
def create(need_id: uuid.UUID) -> Answer:
    """Keep the signed letter."""
    need, form = need_of(current_user.account, need_id) or abort(404), CopyForm()
    if not form.hand_in(need):
        return commitments.page(need, commitments.AgreementForm(formdata=None), copying=form), 422
    tell(_("La lettre signée est déposée. Le campus la relit et vous écrit si quelque chose manque."))
    return redirect(url_for("employers.commitments.show", need_id=need.id), 303)


@blueprint.get("/lettres-signees/<uuid:signed_copy_id>")
def show(signed_copy_id: uuid.UUID) -> Response:
    """Give the file back as it came."""
    return copy_file(copy_of(current_user.account, signed_copy_id) or abort(404))
