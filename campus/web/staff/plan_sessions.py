"""One session of a plan: locked, let go, moved by hand with its effect told before and after."""

from __future__ import annotations

import uuid
from dataclasses import asdict

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField
from wtforms.validators import Optional

from campus.errors import Refused
from campus.models import PlannedSession
from campus.queries import plans as queries
from campus.queries.needs import needs_by_id
from campus.queries.plan_demands import need_of
from campus.queries.plan_inputs import WEEK, places_to_plan
from campus.services import plans as services
from campus.services.plans import Effect, Where
from campus.web.filters import short_day
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.refusals import sentence
from campus.web.staff import plan_words
from campus.web.transaction import commits

blueprint = Blueprint("plan_sessions", __name__, url_prefix="/plan/session/<uuid:planned_session_id>")
Answer = str | tuple[str, int] | Response


class MoveForm(Form):
    """Where to put a session; `back` says that one comes from the calendar, and by which line of it."""

    week = SelectField(_l("Semaine de début"), coerce=int)
    room = SelectField(_l("Salle"))
    trainer = SelectField(_l("Formatrice ou formateur"))
    back = HiddenField(validators=[Optional()])


@blueprint.get("")
def show(planned_session_id: uuid.UUID) -> str:
    """Show one session of a plan, and where it could go."""
    planned = _session(planned_session_id)
    return _page(planned, _form(planned))


@blueprint.post("/verrou")
@commits
def lock(planned_session_id: uuid.UUID) -> Answer:
    """Lock a session that is free, free one that is locked."""
    planned = _session(planned_session_id)
    try:
        services.lock_planned(current_user.account, planned, locked=not planned.locked)
    except Refused as refusal:
        return _page(planned, _form(planned), refusal=sentence(refusal)), 409
    tell(_("La session est verrouillée.") if planned.locked else _("La session n'est plus verrouillée."))
    return redirect(url_for(".show", planned_session_id=planned.id), 303)


@blueprint.post("/effet")
def effect(planned_session_id: uuid.UUID) -> Answer:
    """Say what a move would change, and write nothing."""
    planned = _session(planned_session_id)
    form = _form(planned, MoveForm())
    if not form.validate():
        return _page(planned, form), 422
    try:
        told = _told(planned, services.effect_of_move(planned, _where(form)))
    except Refused as refusal:
        told = {"refusal": sentence(refusal)}
    if "HX-Request" in request.headers:
        return render_template("staff/plan_sessions/_effect.html", told=told)
    return _page(planned, form, told=told)


@blueprint.post("")
@commits
def move(planned_session_id: uuid.UUID) -> Answer:
    """Put a session elsewhere, and say what that changes."""
    planned = _session(planned_session_id)
    form = _form(planned, MoveForm())
    if not form.validate():
        return _page(planned, form), 422
    try:
        done = services.move_planned(current_user.account, planned, _where(form))
    except Refused as refusal:
        return _page(planned, form, refusal=sentence(refusal)), 409
    undo = url_for("staff.plan.take_back", plan_id=planned.plan_id)
    tell(plan_words.effect_words(done), undo_url=undo, undo_label=_("Annuler ce déplacement"))
    if form.back.data in {"salle", "formateur"}:
        where = {"par": form.back.data, "semaine": planned.week}
        return redirect(url_for("staff.plan.show", plan_id=planned.plan_id, **where), 303)
    return redirect(url_for(".show", planned_session_id=planned.id), 303)


def _session(planned_session_id: uuid.UUID) -> PlannedSession:
    return queries.planned_session_by_id(planned_session_id) or abort(404)


def _where(form: MoveForm) -> Where:
    rooms, trainers = places_to_plan()
    return Where(form.week.data, rooms[form.room.data], trainers[form.trainer.data])


def _told(planned: PlannedSession, found: Effect) -> dict[str, object]:
    """Put an effect into words: what it gains, whose posts, which rules it breaks."""
    titles = {key: need.title for key, need in needs_by_id({need_of(each.demand) for each in found.changes}).items()}
    names = plan_words.names_of(queries.planned_sessions(planned.plan))
    return {
        "gain": plan_words.gain_words(found),
        "needs": [(titles.get(need_of(each.demand), ""), each.after - each.before) for each in found.changes],
        "broken": plan_words.broken_lines(planned.plan, map(asdict, found.broken), names),
    }


def _form(planned: PlannedSession, form: MoveForm | None = None) -> MoveForm:
    """Offer the weeks of the plan, the rooms and the trainers."""
    now = {"week": planned.week, "room": str(planned.room_id), "trainer": str(planned.trainer_id)}
    form = form or MoveForm(formdata=None, data=now)
    rooms, trainers = places_to_plan()
    plan = planned.plan
    form.week.choices = [(week, short_day(plan.first_day + week * WEEK)) for week in range(plan.weeks)]
    form.room.choices = [(key, f"{each.name} ({each.capacity})") for key, each in rooms.items()]
    form.trainer.choices = [(key, each.display_name) for key, each in trainers.items()]
    return form


def _page(planned: PlannedSession, form: MoveForm, *, told: object = None, refusal: str = "") -> str:
    return render_template(
        "staff/plan_sessions/show.html", planned=planned, form=form, told=told, refusal=refusal, words=plan_words
    )
