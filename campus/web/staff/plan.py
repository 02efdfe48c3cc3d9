"""The plan of sessions: asked for, read as a calendar, changed by hand, published."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import SelectField

from campus.errors import Refused
from campus.models import PlannedSession, SessionPlan
from campus.queries import plans as queries
from campus.queries.plan_inputs import WEEK, places_to_plan
from campus.services import plans as services
from campus.services.plan_publishing import publish_plan
from campus.web.filters import short_day
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.refusals import sentence
from campus.web.staff import plan_words
from campus.web.staff.plan_calendar import calendar
from campus.web.transaction import commits

blueprint = Blueprint("plan", __name__, url_prefix="/plan")
Answer = str | tuple[str, int] | Response


class MoveForm(Form):
    """Where to put a session."""

    week = SelectField(_l("Semaine de début"), coerce=int)
    room = SelectField(_l("Salle"))
    trainer = SelectField(_l("Formatrice ou formateur"))


@blueprint.get("/")
def index() -> str:
    """List the latest plans."""
    return render_template("staff/plan/index.html", plans=queries.plans(), words=plan_words)


@blueprint.post("/")
@commits
def create() -> Response:
    """Ask for a plan."""
    plan = services.ask_plan(current_user.account)
    tell(_("La recherche est demandée. Le plan apparaît ici dès qu'il est trouvé, en une minute au plus."))
    return redirect(url_for(".show", plan_id=plan.id), 303)


@blueprint.post("/<uuid:plan_id>/chercher")
@commits
def again(plan_id: uuid.UUID) -> Response:
    """Ask for another plan in which what is locked stays."""
    plan = services.ask_plan(current_user.account, after=_plan(plan_id))
    tell(_("Une nouvelle recherche est demandée. Les sessions verrouillées y restent à leur place."))
    return redirect(url_for(".show", plan_id=plan.id), 303)


@blueprint.get("/<uuid:plan_id>")
def show(plan_id: uuid.UUID) -> str:
    """Show a plan, by room or by trainer, ten weeks at a time."""
    return _page(_plan(plan_id))


@blueprint.post("/<uuid:plan_id>/arreter")
@commits
def stop(plan_id: uuid.UUID) -> Answer:
    """Give up a search."""
    plan = _plan(plan_id)
    try:
        services.stop_plan(current_user.account, plan)
    except Refused as refusal:
        return _page(plan, sentence(refusal)), 409
    tell(_("La recherche est arrêtée."))
    return redirect(url_for(".show", plan_id=plan.id), 303)


@blueprint.post("/<uuid:plan_id>/publier")
@commits
def publish(plan_id: uuid.UUID) -> Answer:
    """Make the sessions of a plan."""
    plan = _plan(plan_id)
    try:
        count = publish_plan(current_user.account, plan)
    except Refused as refusal:
        return _page(plan, sentence(refusal)), 409
    made = ngettext("%(num)s session est ouverte", "%(num)s sessions sont ouvertes", count)
    tell(_("%(made)s, avec leurs demi-journées. Les entreprises et les formateurs sont prévenus.", made=made))
    return redirect(url_for(".show", plan_id=plan.id), 303)


@blueprint.get("/session/<uuid:planned_session_id>")
def session(planned_session_id: uuid.UUID) -> str:
    """Show one session of a plan, and where it could go."""
    planned = _session(planned_session_id)
    return _session_page(planned, _form(planned))


@blueprint.post("/session/<uuid:planned_session_id>/verrou")
@commits
def lock(planned_session_id: uuid.UUID) -> Answer:
    """Lock a session that is free, free one that is locked."""
    planned = _session(planned_session_id)
    try:
        services.lock_planned(current_user.account, planned, locked=not planned.locked)
    except Refused as refusal:
        return _session_page(planned, _form(planned), sentence(refusal)), 409
    tell(_("La session est verrouillée.") if planned.locked else _("La session n'est plus verrouillée."))
    return redirect(url_for(".session", planned_session_id=planned.id), 303)


@blueprint.post("/session/<uuid:planned_session_id>")
@commits
def move(planned_session_id: uuid.UUID) -> Answer:
    """Put a session elsewhere, and say what that changes."""
    planned = _session(planned_session_id)
    form = _form(planned, MoveForm())
    if not form.validate():
        return _session_page(planned, form), 422
    rooms, trainers = places_to_plan()
    where = services.Where(form.week.data, rooms[form.room.data], trainers[form.trainer.data])
    try:
        effect = services.move_planned(current_user.account, planned, where)
    except Refused as refusal:
        return _session_page(planned, form, sentence(refusal)), 409
    tell(plan_words.effect_words(effect))
    return redirect(url_for(".session", planned_session_id=planned.id), 303)


def _plan(plan_id: uuid.UUID) -> SessionPlan:
    return queries.plan_by_id(plan_id) or abort(404)


def _session(planned_session_id: uuid.UUID) -> PlannedSession:
    return queries.planned_session_by_id(planned_session_id) or abort(404)


def _page(plan: SessionPlan, refusal: str = "") -> str:
    sessions = queries.planned_sessions(plan)
    by_trainer = request.args.get("par") == "formateur"
    out = plan.report.get("left_out", [])[:12]
    return render_template(
        "staff/plan/show.html",
        plan=plan,
        sessions=sessions,
        by_trainer=by_trainer,
        calendar=calendar(plan, sessions, by_trainer=by_trainer, first=request.args.get("semaine", 0, type=int)),
        left_out=[(each, *plan_words.reason_words(plan, each["change"])) for each in out],
        titles=queries.titles_of({uuid.UUID(each["course"]) for each in out}),
        words=plan_words,
        refusal=refusal,
    )


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


def _session_page(planned: PlannedSession, form: MoveForm, refusal: str = "") -> str:
    return render_template("staff/plan/session.html", planned=planned, form=form, words=plan_words, refusal=refusal)
