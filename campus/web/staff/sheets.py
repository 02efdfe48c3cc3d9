"""The sheet of a half-day, typed in afterwards from the paper that people signed."""

from __future__ import annotations

import uuid

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.models import Slot
from campus.queries.attendance import marks_of
from campus.queries.session_people import expected_in
from campus.services import attendance
from campus.web.notices import tell
from campus.web.presences import note_all_present, take_back
from campus.web.staff.slot_forms import SheetForm
from campus.web.staff.slots import slot_or_404
from campus.web.transaction import commits

blueprint = Blueprint("sheets", __name__, url_prefix="/demi-journees/<uuid:slot_id>/feuille")
Answer = str | tuple[str, int] | Response


@blueprint.get("")
def show(slot_id: uuid.UUID) -> str:
    """Show the sheet with the marks there are."""
    slot = slot_or_404(slot_id)
    marks = marks_of(slot)
    lines = [
        {
            "enrolment": each.id,
            "state": marks[each.id].state.value if each.id in marks else "",
            "minutes": marks[each.id].minutes if each.id in marks and marks[each.id].state.value == "late" else None,
        }
        for each in expected_in(slot.course_session)
    ]
    return _page(slot, SheetForm(data={"lines": lines}, formdata=None))


@blueprint.post("")
@commits
def save(slot_id: uuid.UUID) -> Answer:
    """Write the sheet down."""
    slot, form = slot_or_404(slot_id), SheetForm().offer()
    if not form.validate():
        return _page(slot, form), 422
    marks = form.marks(expected_in(slot.course_session))
    attendance.type_in_sheet(current_user.account, slot, marks)
    tell(ngettext("%(num)s présence saisie.", "%(num)s présences saisies.", len(marks)))
    return redirect(url_for("staff.slots.index", course_session_id=slot.course_session_id), 303)


@blueprint.post("/presents")
@commits
def mark_all(slot_id: uuid.UUID) -> Response:
    """Note as present all those without a mark; can be undone for ten minutes."""
    return note_all_present(slot_or_404(slot_id))


@blueprint.post("/presents/<uuid:batch_id>/annuler")
@commits
def undo(slot_id: uuid.UUID, batch_id: uuid.UUID) -> Response:
    """Take back the marks made together."""
    return take_back(slot_or_404(slot_id), batch_id)


def _page(slot: Slot, form: SheetForm) -> str:
    names = {str(each.id): each.account.display_name for each in expected_in(slot.course_session)}
    return render_template("staff/sheets/show.html", slot=slot, form=form.offer(), names=names)
