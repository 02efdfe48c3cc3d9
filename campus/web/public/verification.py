"""Is this document genuine? The code printed on each leads here; the answer says no more than the paper does."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from campus.services.documents import verify
from campus.web.forms import Form
from campus.web.transaction import commits

blueprint = Blueprint("verification", __name__, url_prefix="/verifier")
Answer = str | tuple[str, int] | Response


class VerificationForm(Form):
    """What is printed at the top of a document."""

    numero = StringField(
        _l("Numéro du document"),
        [InputRequired(_l("Recopiez le numéro, par exemple CAMP-2026-000123.")), Length(max=40)],
    )
    code = StringField(
        _l("Code de vérification"),
        [InputRequired(_l("Recopiez le code, par exemple K7MQ-2XWD-9RFT.")), Length(max=40)],
    )


@blueprint.get("")
def show() -> str:
    """Show the form, filled in when somebody scanned the code."""
    return render_template("public/verification/show.html", form=VerificationForm(request.args))


@blueprint.post("")
@commits
def check() -> Answer:
    """Say whether the document is genuine, replaced or not known."""
    form = VerificationForm()
    if not form.validate():
        return render_template("public/verification/show.html", form=form), 422
    found = verify(form.numero.data or "", form.code.data or "", asked_from=request.remote_addr or "")
    return render_template("public/verification/answer.html", found=found, number=form.numero.data)
