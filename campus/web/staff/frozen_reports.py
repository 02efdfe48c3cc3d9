"""Freezing the figures of a day, the list of what was frozen, and counting it again."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms.validators import InputRequired

from campus.queries.reports import frozen_report, frozen_reports
from campus.services import reports
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.refusals import sentence
from campus.web.staff.reports import Asked
from campus.web.transaction import commits
from campus.web.typed import Day

blueprint = Blueprint("frozen_reports", __name__, url_prefix="/bilans/arretes")
TODAY = Asked(frozen=None, year="")
Answer = str | tuple[str, int] | Response


class FreezingForm(Form):
    """The day whose figures are frozen."""

    day = Day(_l("Arrêter les chiffres au"), [InputRequired(_l("Indiquez un jour."))])


def _page(form: FreezingForm) -> str:
    return render_template("staff/frozen_reports/index.html", form=form, reports=frozen_reports(), what=TODAY)


@blueprint.get("")
def index() -> str:
    """List what was frozen, the latest day first."""
    return _page(FreezingForm(formdata=None))


@blueprint.post("")
@commits
def freeze() -> Answer:
    """Freeze the figures of a day that is over."""
    form = FreezingForm()
    if not form.validate() or form.day.data is None:
        return _page(form), 422
    try:
        made = reports.freeze(current_user.account, form.day.data)
    except (reports.DayIsNotOver, reports.DayIsFrozen) as refusal:
        form.day.errors = (sentence(refusal),)
        return _page(form), 409
    tell(_("Les chiffres sont arrêtés : ils ne changeront plus, et les financeurs les lisent."))
    return redirect(url_for("staff.reports.index", arrete=made.id), 303)


@blueprint.post("/<uuid:report_id>/recompte")
def recount(report_id: uuid.UUID) -> Response:
    """Count a frozen day again from the ledger, and say whether every figure comes out the same."""
    report = frozen_report(report_id) or abort(404)
    if reports.comes_out_again(report):
        tell(_("Recompté depuis le journal : chaque chiffre est le même."))
    else:
        tell(_("Recompté depuis le journal : au moins un chiffre diffère. Prévenez l'équipe technique."), kind="bad")
    return redirect(url_for(".index"), 303)
