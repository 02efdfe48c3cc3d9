"""The applications to decide: filter, admit, refuse with a reason, move."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus import clock
from campus.exchange.tables import Column
from campus.models import ACTIVE, Enrolment
from campus.queries import applications as asked
from campus.queries.coverage import posts_to_fill
from campus.queries.enrolments import history_of, position_of
from campus.queries.trainee_kinds import inferred_kind
from campus.services import admissions, attending
from campus.services.sharing import file_is_open
from campus.services.trainee_kinds import set_kinds
from campus.web.enrolment_words import enrolment_state, seats_taken, session_days, waited
from campus.web.notices import tell
from campus.web.staff.enrolment_filters import read_filters
from campus.web.staff.enrolment_forms import LeavingForm, MoveForm, PassForm, RefusalForm, TieForm
from campus.web.staff.enrolment_steps import STEPS, steps_from
from campus.web.staff.kind_forms import KindForm
from campus.web.straight_files import WholeList, straight_from
from campus.web.transaction import commits

blueprint = Blueprint("enrolments", __name__, url_prefix="/candidatures")
Answer = tuple[str, int] | Response


def application_or_404(enrolment_id: uuid.UUID) -> Enrolment:
    """Give an application, or answer 404."""
    return asked.application(enrolment_id) or abort(404)


@blueprint.get("/")
def index() -> str:
    """List the applications, the one that has waited longest first."""
    filters = read_filters(request.args)
    return render_template(
        "staff/enrolments/index.html",
        filters=filters,
        enrolments=asked.applications(filters.wanted, filters.page),
    )


@straight_from("staff.enrolments.index")
def whole() -> WholeList:
    """Give the list as a file wants it."""
    wanted = read_filters(request.args).wanted
    sessions = asked.sessions_applied_to(wanted)
    said = {key: f"{each.course.title} {session_days(each)}" for key, each in sessions.items()}
    columns = [
        Column(_("Personne"), lambda row: row.display_name),
        Column(_("Session"), lambda row: said[row.course_session_id]),
        Column(_("Places"), lambda row: seats_taken(sessions[row.course_session_id])),
        Column(_("Attend depuis"), lambda row: waited(row.created_at)),
        Column(_("État"), lambda row: enrolment_state(row.state)),
    ]
    return WholeList(_("Candidatures, la plus ancienne d'abord"), asked.all_applications(wanted), columns)


@blueprint.get("/<uuid:enrolment_id>")
def show(enrolment_id: uuid.UUID) -> str:
    """Show an application with what can be decided, and what happened so far."""
    return page(application_or_404(enrolment_id))


def page(
    enrolment: Enrolment,
    refusal: RefusalForm | None = None,
    moving: MoveForm | None = None,
    *,
    passing: PassForm | None = None,
    tying: TieForm | None = None,
    leaving: LeavingForm | None = None,
    kind: KindForm | None = None,
) -> str:
    """Render the page of an application, with the form that was just sent."""
    sessions = asked.other_sessions(enrolment)
    return render_template(
        "staff/enrolments/show.html",
        enrolment=enrolment,
        position=position_of(enrolment),
        history=history_of(enrolment),
        refusal=refusal or RefusalForm(formdata=None),
        moving=moving or MoveForm.offering(sessions, formdata=None),
        passing=passing or PassForm(formdata=None),
        tying=tying or TieForm.offering(posts_to_fill(), formdata=None),
        leaving=leaving or LeavingForm(formdata=None),
        kind=kind or _kind_form(enrolment, formdata=None),
        sessions=sessions,
        steps=steps_from(enrolment),
        may_read_reason=may_read_reason(enrolment),
        active=ACTIVE,
    )


def _kind_form(enrolment: Enrolment, **given: Any) -> KindForm:
    """Make the form of the kind of trainee, with what is kept."""
    return KindForm(data={"kind": enrolment.trainee_kind or ""}, **given).offer(inferred_kind(enrolment))


def may_read_reason(enrolment: Enrolment) -> bool:
    """Tell whether the reader decided this application, or has said why they must know."""
    reader = current_user.account
    return enrolment.decided_by_id == reader.id or file_is_open(reader, enrolment.account, clock.now())


@blueprint.post("/<uuid:enrolment_id>/accepter")
@commits
def admit(enrolment_id: uuid.UUID) -> Response:
    """Admit the person."""
    enrolment = admissions.admit(current_user.account, application_or_404(enrolment_id))
    tell(_("Candidature acceptée pour %(name)s, qui reçoit un message.", name=enrolment.account.display_name))
    return back()


@blueprint.post("/<uuid:enrolment_id>/refuser")
@commits
def refuse(enrolment_id: uuid.UUID) -> Answer:
    """Refuse the application with a reason."""
    enrolment, form = application_or_404(enrolment_id), RefusalForm()
    if not form.validate():
        return page(enrolment, refusal=form), 422
    admissions.refuse(current_user.account, enrolment, form.refusal_reason.data or "")
    tell(
        _(
            "La candidature de %(name)s n'est pas retenue ; le motif part par message.",
            name=enrolment.account.display_name,
        )
    )
    return back()


@blueprint.post("/<uuid:enrolment_id>/deplacer")
@commits
def move(enrolment_id: uuid.UUID) -> Answer:
    """Move the person to another session of the course."""
    enrolment = application_or_404(enrolment_id)
    sessions = asked.other_sessions(enrolment)
    form = MoveForm.offering(sessions)
    if not form.validate():
        return page(enrolment, moving=form), 422
    target = next(each for each in sessions if str(each.id) == form.target.data)
    made = admissions.move(current_user.account, enrolment, target, reason=form.move_reason.data or "")
    tell(_("%(name)s a maintenant une place dans l'autre session.", name=made.account.display_name))
    return redirect(url_for(".show", enrolment_id=made.id), 303)


@blueprint.post("/<uuid:enrolment_id>/passer")
@commits
def let_first(enrolment_id: uuid.UUID) -> Answer:
    """Put the person before the others of the waiting list, with a reason that they all read."""
    enrolment, form = application_or_404(enrolment_id), PassForm()
    if not form.validate():
        return page(enrolment, passing=form), 422
    admissions.let_first(current_user.account, enrolment, reason=form.pass_reason.data or "")
    tell(_("%(name)s passe en tête de la liste ; le motif est visible.", name=enrolment.account.display_name))
    return redirect(url_for(".show", enrolment_id=enrolment.id), 303)


@blueprint.post("/<uuid:enrolment_id>/poste")
@commits
def tie(enrolment_id: uuid.UUID) -> Answer:
    """Say on which post the person is expected."""
    enrolment, posts = application_or_404(enrolment_id), posts_to_fill()
    form = TieForm.offering(posts)
    if not form.validate():
        return page(enrolment, tying=form), 422
    post = next(each for each, _need in posts if str(each.id) == form.post.data)
    admissions.tie_to_post(current_user.account, enrolment, post, reason=form.tie_reason.data or "")
    tell(_("%(name)s est attendue ou attendu sur ce poste.", name=enrolment.account.display_name))
    return redirect(url_for(".show", enrolment_id=enrolment.id), 303)


@blueprint.post("/<uuid:enrolment_id>/abandon")
@commits
def drop_out(enrolment_id: uuid.UUID) -> Answer:
    """Write down that the person stopped the course under way, and why."""
    enrolment, form = application_or_404(enrolment_id), LeavingForm()
    if not form.validate():
        return page(enrolment, leaving=form), 422
    attending.drop_out(current_user.account, enrolment, form.leaving_reason.data or "")
    tell(_("L'abandon de %(name)s est noté.", name=enrolment.account.display_name))
    return redirect(url_for(".show", enrolment_id=enrolment.id), 303)


@blueprint.post("/<uuid:enrolment_id>/type")
@commits
def keep_kind(enrolment_id: uuid.UUID) -> Answer:
    """Keep what kind of trainee the person is, for the year's report."""
    enrolment = application_or_404(enrolment_id)
    form = _kind_form(enrolment)
    if not form.validate():
        return page(enrolment, kind=form), 422
    set_kinds(current_user.account, {enrolment.id: form.chosen()})
    tell(_("Le type de stagiaire de %(name)s est noté.", name=enrolment.account.display_name))
    return redirect(url_for(".show", enrolment_id=enrolment.id), 303)


@blueprint.post("/<uuid:enrolment_id>/etapes/<verb>")
@commits
def take(enrolment_id: uuid.UUID, verb: str) -> Response:
    """Take one of the plain steps of an application."""
    step = STEPS.get(verb) or abort(404)
    enrolment = step.take(current_user.account, application_or_404(enrolment_id))
    tell(_("C'est noté pour %(name)s.", name=enrolment.account.display_name))
    return redirect(url_for(".show", enrolment_id=enrolment.id), 303)


def back() -> Response:
    """Go back to the applications that wait for a decision."""
    return redirect(url_for(".index"), 303)
