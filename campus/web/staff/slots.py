"""The half-days of a session: planned from its dates, changed one by one, given up."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.errors import Refused
from campus.models import CourseSession, Slot
from campus.queries.attendance import sheets_of
from campus.queries.rooms import rooms_in_use
from campus.queries.slots import skills_not_held, slot_by_id, slots_of
from campus.queries.trainers import all_trainers
from campus.services import slots as services
from campus.web.notices import tell
from campus.web.refusals import sentence
from campus.web.staff.course_sessions import session_or_404
from campus.web.staff.slot_forms import PlanForm, SlotForm, values_of
from campus.web.transaction import commits

blueprint = Blueprint("slots", __name__)
Answer = str | tuple[str, int] | Response


@blueprint.get("/sessions/<uuid:course_session_id>/demi-journees")
def index(course_session_id: uuid.UUID) -> str:
    """Show the half-days, and the form that plans those that are missing."""
    course_session = session_or_404(course_session_id)
    first = {"first": course_session.starts_on, "last": course_session.ends_on or course_session.starts_on}
    return _plan_page(course_session, PlanForm(data=first, formdata=None))


@blueprint.post("/sessions/<uuid:course_session_id>/demi-journees")
@commits
def plan(course_session_id: uuid.UUID) -> Answer:
    """Add the half-days that are missing."""
    course_session = session_or_404(course_session_id)
    form = PlanForm().offer(rooms_in_use(), all_trainers())
    if not form.validate():
        return _plan_page(course_session, form), 422
    wanted = form.plan()
    try:
        made = services.plan_slots(current_user.account, course_session, wanted)
    except Refused as refusal:
        return _plan_page(course_session, form, refusal), 409
    tell(ngettext("%(num)s demi-journée ajoutée.", "%(num)s demi-journées ajoutées.", len(made)))
    _warn(course_session, wanted)
    return redirect(url_for(".index", course_session_id=course_session.id), 303)


@blueprint.post("/sessions/<uuid:course_session_id>/demi-journees/donner")
@commits
def assign(course_session_id: uuid.UUID) -> Answer:
    """Give a room or a trainer to the half-days to come that have none."""
    course_session = session_or_404(course_session_id)
    form = PlanForm().offer(rooms_in_use(), all_trainers())
    try:
        given = services.assign(
            current_user.account, course_session, room=form.chosen_room(), trainer=form.chosen_trainer()
        )
    except Refused as refusal:
        return _plan_page(course_session, form, refusal), 409
    tell(ngettext("%(num)s demi-journée complétée.", "%(num)s demi-journées complétées.", given))
    return redirect(url_for(".index", course_session_id=course_session.id), 303)


@blueprint.get("/demi-journees/<uuid:slot_id>")
def edit(slot_id: uuid.UUID) -> str:
    """Show one half-day to change."""
    slot = slot_or_404(slot_id)
    return _slot_page(slot, SlotForm(data=values_of(slot), formdata=None))


@blueprint.post("/demi-journees/<uuid:slot_id>")
@commits
def update(slot_id: uuid.UUID) -> Answer:
    """Change one half-day."""
    slot = slot_or_404(slot_id)
    form = SlotForm().offer(rooms_in_use(), all_trainers())
    if not form.validate():
        return _slot_page(slot, form), 422
    try:
        services.move_slot(current_user.account, slot, form.details())
    except Refused as refusal:
        return _slot_page(slot, form, refusal), 409
    tell(_("La demi-journée est changée."))
    return redirect(url_for(".index", course_session_id=slot.course_session_id), 303)


@blueprint.post("/demi-journees/<uuid:slot_id>/retirer")
@commits
def cancel(slot_id: uuid.UUID) -> Response:
    """Give one half-day up."""
    slot = slot_or_404(slot_id)
    services.cancel_slot(current_user.account, slot)
    tell(_("La demi-journée est retirée."))
    return redirect(url_for(".index", course_session_id=slot.course_session_id), 303)


def slot_or_404(slot_id: uuid.UUID) -> Slot:
    """Give a half-day, or answer 404."""
    return slot_by_id(slot_id) or abort(404)


def _warn(course_session: CourseSession, plan: services.SlotPlan) -> None:
    """Say which skills the trainer may not teach; a person decides what to do about it."""
    missing = skills_not_held(plan.trainer, course_session, plan.last) if plan.trainer else []
    if missing and plan.trainer:
        said = _(
            "%(name)s n'a pas d'habilitation valable pour : %(skills)s.",
            name=plan.trainer.display_name,
            skills=", ".join(missing[:5]),
        )
        tell(said, kind="warn")


def _plan_page(course_session: CourseSession, form: PlanForm, refusal: Refused | None = None) -> str:
    found = slots_of(course_session)
    return render_template(
        "staff/slots/index.html",
        course_session=course_session,
        form=_with_refusal(form, refusal),
        slots=found,
        sheets=sheets_of(found),
        **_clashing(refusal),
    )


def _slot_page(slot: Slot, form: SlotForm, refusal: Refused | None = None) -> str:
    return render_template("staff/slots/edit.html", slot=slot, form=_with_refusal(form, refusal), **_clashing(refusal))


def _with_refusal(form: PlanForm | SlotForm, refusal: Refused | None) -> PlanForm | SlotForm:
    form.offer(form.rooms or rooms_in_use(), form.trainers or all_trainers())
    if refusal is not None:
        form.form_errors.append(sentence(refusal))
    return form


def _clashing(refusal: Refused | None) -> dict[str, object]:
    """Give what stands in the way and what can be had instead."""
    if not isinstance(refusal, services.SlotsClash):
        return {"clashes": [], "rooms": [], "trainers": []}
    return {"clashes": refusal.clashes, "rooms": refusal.rooms, "trainers": refusal.trainers}
