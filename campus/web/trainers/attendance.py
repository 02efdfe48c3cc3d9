"""Attendance of a half-day: everybody in one tap, or person by person; and the code that trainees scan."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, abort, make_response, redirect, render_template, url_for
from flask_login import current_user
from werkzeug.wrappers import Response as Answer

from campus.exchange.qr import qr_picture
from campus.models import AttendanceMode, AttendanceState, Slot
from campus.queries.attendance import marks_of
from campus.queries.session_people import expected_in
from campus.queries.slots import slot_of_trainer
from campus.services import attendance
from campus.services.presence_codes import code_for
from campus.web.presences import note_all_present, take_back
from campus.web.transaction import commits

blueprint = Blueprint("attendance", __name__, url_prefix="/demi-journees/<uuid:slot_id>")
NEW_CODE_EVERY_S = 300


@blueprint.get("")
def show(slot_id: uuid.UUID) -> str:
    """Show who is expected, and what is marked."""
    slot = slot_or_404(slot_id)
    people, marks = expected_in(slot.course_session), marks_of(slot)
    return render_template(
        "trainers/attendance/show.html",
        slot=slot,
        people=people,
        marks=marks,
        unmarked=[each for each in people if each.id not in marks],
        states=list(AttendanceState),
    )


@blueprint.post("/presents")
@commits
def mark_all(slot_id: uuid.UUID) -> Answer:
    """Note as present all those without a mark; can be undone for ten minutes."""
    return note_all_present(slot_or_404(slot_id))


@blueprint.post("/presents/<uuid:batch_id>/annuler")
@commits
def undo(slot_id: uuid.UUID, batch_id: uuid.UUID) -> Answer:
    """Take back the marks made together."""
    return take_back(slot_or_404(slot_id), batch_id)


@blueprint.post("/personnes/<uuid:taught_id>/<state>")
@commits
def mark(slot_id: uuid.UUID, taught_id: uuid.UUID, state: str) -> Answer:
    """Note one person."""
    slot = slot_or_404(slot_id)
    person = next((each for each in expected_in(slot.course_session) if each.id == taught_id), None)
    if person is None or state not in list(AttendanceState):
        abort(404)
    as_ = attendance.Mark(AttendanceState(state), AttendanceMode.PHONE)
    attendance.mark(current_user.account, slot, person, as_=as_)
    return redirect(url_for(".show", slot_id=slot.id, _anchor=f"p-{person.id}"), 303)


@blueprint.get("/code")
def code(slot_id: uuid.UUID) -> Response:
    """Show the code of the room; the page brings a new one every five minutes, by a header that needs no script."""
    slot = slot_or_404(slot_id)
    target = url_for("trainees.presence.show", code=code_for(slot), _external=True)
    page = render_template("trainers/attendance/code.html", slot=slot, picture=qr_picture(target))
    answer = make_response(page)
    answer.headers["Refresh"] = str(NEW_CODE_EVERY_S)
    return answer


def slot_or_404(slot_id: uuid.UUID) -> Slot:
    """Give one of the trainer's own half-days, or answer 404."""
    return slot_of_trainer(current_user.account, slot_id) or abort(404)
