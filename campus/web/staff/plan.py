"""The plan of sessions: asked for, followed while it is searched, read as a calendar, compared, published."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.errors import Refused
from campus.models import PlanState, SessionPlan
from campus.queries import plans as queries
from campus.queries.plan_comparisons import side_by_side
from campus.queries.plan_inputs import places_to_plan
from campus.services import plans as services
from campus.services.plan_publishing import publish_plan
from campus.web.notices import tell
from campus.web.refusals import sentence
from campus.web.staff import plan_words
from campus.web.staff.plan_calendar import Place, calendar
from campus.web.transaction import commits

blueprint = Blueprint("plan", __name__, url_prefix="/plan")
Answer = str | tuple[str, int] | Response
FIRST = 12
IN_SEARCH = (PlanState.QUEUED, PlanState.SEARCHING)


@blueprint.get("/")
def index() -> str:
    """List the latest plans."""
    return render_template("staff/plan/index.html", plans=queries.plans(), words=plan_words)


@blueprint.post("/")
@commits
def create() -> Response:
    """Ask for a plan."""
    plan = services.ask_plan(current_user.account, movable=request.form.get("movable") == "1")
    tell(_("La recherche est demandée. Le plan apparaît ici dès qu'il est trouvé, en une minute au plus."))
    return redirect(url_for(".show", plan_id=plan.id), 303)


@blueprint.get("/comparer")
def compare() -> str:
    """Show two plans side by side."""
    before, after = (queries.plan_by_text(request.args.get(name, "")) for name in ("avant", "apres"))
    found = side_by_side(before, after) if before and after else None
    return render_template(
        "staff/plan/compare.html", before=before, after=after, found=found, plans=queries.plans(), words=plan_words
    )


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


@blueprint.get("/<uuid:plan_id>/avancement")
def progress(plan_id: uuid.UUID) -> Answer:
    """Say how far a search is; once it is over, let the page be read anew."""
    plan = _plan(plan_id)
    if "HX-Request" not in request.headers:
        return _page(plan)
    answer = make_response(render_template("staff/plan/_progress.html", plan=plan))
    if plan.state not in IN_SEARCH:
        answer.headers["HX-Refresh"] = "true"
    return answer


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


@blueprint.post("/<uuid:plan_id>/annuler")
@commits
def take_back(plan_id: uuid.UUID) -> Answer:
    """Put the session that was moved last back where it was."""
    plan = _plan(plan_id)
    try:
        planned, effect = services.take_move_back(current_user.account, plan)
    except Refused as refusal:
        return _page(plan, sentence(refusal)), 409
    gain = plan_words.gain_words(effect)
    tell(_("« %(course)s » est revenue à sa place. %(gain)s.", course=planned.course.title, gain=gain))
    return redirect(url_for(".show", plan_id=plan.id), 303)


@blueprint.post("/<uuid:plan_id>/publier")
@commits
def publish(plan_id: uuid.UUID) -> Answer:
    """Make the sessions of a plan, and tell whom they concern."""
    plan = _plan(plan_id)
    try:
        done = publish_plan(current_user.account, plan)
    except Refused as refusal:
        return _page(plan, sentence(refusal)), 409
    tell(plan_words.published_words(done))
    return redirect(url_for(".show", plan_id=plan.id), 303)


def _plan(plan_id: uuid.UUID) -> SessionPlan:
    return queries.plan_by_id(plan_id) or abort(404)


def _page(plan: SessionPlan, refusal: str = "") -> str:
    sessions = queries.planned_sessions(plan)
    by_trainer = request.args.get("par") == "formateur"
    whole = plan.report.get("left_out", [])
    out = whole if request.args.get("tout") == "1" else whole[:FIRST]
    wanted = queries.courses_wanted({uuid.UUID(each["course"]) for each in out})
    outside = plan.report.get("outside", {})
    late = {uuid.UUID(key) for key in outside.get("too_early", {})}
    names = plan_words.names_of(sessions)
    first = request.args.get("semaine", 0, type=int)
    return render_template(
        "staff/plan/show.html",
        plan=plan,
        sessions=sessions,
        calendar=calendar(plan, sessions, _places(by_trainer=by_trainer), by_trainer=by_trainer, first=first),
        broken=plan_words.broken_lines(plan, plan.report.get("broken", ()), names),
        moved=[each for each in sessions if each.moves_by],
        seated=sum(count for _session, _demand, count in plan.report.get("seated", ())),
        left_out=[(each, *plan_words.reason_words(plan, each["change"], wanted.get(each["course"]))) for each in out],
        more=len(whole) - len(out),
        wanted=wanted,
        outside=plan_words.outside_lines(outside),
        outside_posts=sum(sum(posts) for needs in outside.values() for posts in needs.values()),
        late=queries.needs_named(late),
        words=plan_words,
        refusal=refusal,
    )


def _places(*, by_trainer: bool) -> list[Place]:
    rooms, trainers = places_to_plan()
    if by_trainer:
        return [Place(key, each.display_name) for key, each in trainers.items()]
    return [
        Place(key, each.name, ngettext("%(num)s place", "%(num)s places", each.capacity)) for key, each in rooms.items()
    ]
