"""Days on which the whole campus is closed: said once, and no plan and no half-day falls on them."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus import clock
from campus.queries import teaching as queries
from campus.services import teaching as services
from campus.services.slots import SlotsClash
from campus.web.notices import tell
from campus.web.staff.away_forms import AwayForm
from campus.web.transaction import commits

blueprint = Blueprint("closures", __name__, url_prefix="/fermetures")
Answer = str | tuple[str, int] | Response


@blueprint.get("")
def index() -> str:
    """List the closures to come, and add one."""
    return _page(AwayForm(formdata=None))


@blueprint.post("")
@commits
def create() -> Answer:
    """Close the campus on some days."""
    form = AwayForm()
    if not form.validate():
        return _page(form), 422
    try:
        services.close_campus(current_user.account, form.away())
    except SlotsClash as refusal:
        return _page(form, refusal.clashes), 409
    tell(_("C'est noté : rien ne sera planifié ces jours-là."))
    return redirect(url_for(".index"), 303)


@blueprint.post("/<uuid:closure_id>/retirer")
@commits
def remove(closure_id: uuid.UUID) -> Response:
    """Take a closure back."""
    services.reopen_campus(current_user.account, queries.closure_by_id(closure_id) or abort(404))
    tell(_("Ces jours peuvent de nouveau être planifiés."))
    return redirect(url_for(".index"), 303)


def _page(form: AwayForm, clashes: object = ()) -> str:
    closures = queries.closures(clock.today())
    return render_template("staff/closures/index.html", form=form, closures=closures, clashes=clashes)
