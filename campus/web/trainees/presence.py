"""The page that the code of the room leads to: a button by which the trainee signs."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.models import Enrolment, Slot
from campus.queries.attendance import marks_of
from campus.queries.session_people import place_in
from campus.queries.slots import slot_by_id
from campus.services import attendance
from campus.services.presence_codes import slot_of_code
from campus.web.notices import tell
from campus.web.transaction import commits

blueprint = Blueprint("presence", __name__, url_prefix="/presence")


@blueprint.get("/<code>")
def show(code: str) -> str:
    """Ask the person to sign."""
    slot, enrolment = find(code)
    return render_template("trainees/presence/show.html", code=code, slot=slot, mark=marks_of(slot).get(enrolment.id))


@blueprint.post("/<code>")
@commits
def sign(code: str) -> Response:
    """Sign: the person is there."""
    slot, enrolment = find(code)
    attendance.sign_present(current_user.account, slot, enrolment)
    tell(_("Votre présence est notée. Bonne formation !"))
    return redirect(url_for("trainees.enrolments.show", enrolment_id=enrolment.id), 303)


def find(code: str) -> tuple[Slot, Enrolment]:
    """Find the half-day of the code and the person's own place in it, or answer 404."""
    slot = slot_by_id(slot_of_code(code)) or abort(404)
    return slot, place_in(slot.course_session_id, current_user.account) or abort(404)
