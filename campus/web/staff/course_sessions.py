"""Course sessions, as the staff plan them."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.errors import Refused
from campus.models import Course, CourseSession, CourseSessionState
from campus.queries import course_sessions as queries
from campus.queries.courses import course_by_id
from campus.services import course_sessions as services
from campus.web.notices import tell
from campus.web.paging import kind_asked, page_asked, page_links
from campus.web.refusals import sentence
from campus.web.staff.cockpit import cockpit
from campus.web.staff.course_changes import conflict
from campus.web.staff.session_form import SessionForm, values_of
from campus.web.staff.session_texts import chosen_total, session_filters
from campus.web.transaction import commits

blueprint = Blueprint("course_sessions", __name__)
Answer = str | tuple[str, int] | Response
Differing = list[dict[str, str]]
CAMPUS_SEATS = {"seats_min": 8, "seats_max": 12}


@blueprint.get("/sessions/")
def index() -> str:
    """List the sessions that are not over, or those in a state."""
    state = kind_asked(CourseSessionState)
    page, counts = page_asked(), queries.session_counts()
    return render_template(
        "staff/course_sessions/index.html",
        sessions=queries.sessions_in(state, page),
        filters=session_filters(counts, state),
        total=chosen_total(counts, state),
        pages=page_links(page, chosen_total(counts, state)),
    )


@blueprint.get("/formations/<uuid:course_id>/sessions/nouvelle")
def new(course_id: uuid.UUID) -> str:
    """Show an empty form."""
    return _page(SessionForm(data=CAMPUS_SEATS), _course(course_id), None)


@blueprint.post("/formations/<uuid:course_id>/sessions/nouvelle")
@commits
def create(course_id: uuid.UUID) -> Answer:
    """Prepare a session."""
    course, form = _course(course_id), SessionForm()
    if not form.validate():
        return _page(form, course, None), 422
    try:
        course_session = services.add_session(current_user.account, course, form.details())
    except services.CertificationIsOver as refusal:
        return _refused(form, refusal, course)
    tell(_("Session préparée. Ouvrez les inscriptions quand vous voulez."))
    return redirect(url_for(".show", course_session_id=course_session.id), 303)


@blueprint.get("/sessions/<uuid:course_session_id>")
def show(course_session_id: uuid.UUID) -> str:
    """Show a session and what can be done with it."""
    return cockpit(session_or_404(course_session_id))


@blueprint.get("/sessions/<uuid:course_session_id>/modifier")
def edit(course_session_id: uuid.UUID) -> str:
    """Show the form with what is stored."""
    course_session = session_or_404(course_session_id)
    return _page(SessionForm(data=values_of(course_session)), course_session.course, course_session)


@blueprint.post("/sessions/<uuid:course_session_id>/modifier")
@commits
def update(course_session_id: uuid.UUID) -> Answer:
    """Move a session, or change its seats."""
    course_session, form = session_or_404(course_session_id), SessionForm()
    if not form.validate():
        return _page(form, course_session.course, course_session), 422
    version = form.version.data or ""
    try:
        services.move_session(
            current_user.account, course_session, form.details(), version=int(version) if version.isdecimal() else 0
        )
    except Refused as refusal:
        return _refused(form, refusal, course_session.course, course_session=course_session)
    tell(_("Session enregistrée. Les besoins concernés ont été rapprochés de nouveau."))
    return redirect(url_for(".show", course_session_id=course_session.id), 303)


def _course(course_id: uuid.UUID) -> Course:
    return course_by_id(course_id) or abort(404)


def session_or_404(course_session_id: uuid.UUID) -> CourseSession:
    """Give a session, or answer 404."""
    return queries.course_session_by_id(course_session_id) or abort(404)


def _page(form: SessionForm, course: Course, course_session: CourseSession | None, **more: Differing) -> str:
    return render_template(
        "staff/course_sessions/edit.html",
        form=form,
        course=course,
        course_session=course_session,
        **{"conflict": [], **more},
    )


def _refused(form: SessionForm, refusal: Refused, course: Course, **about: CourseSession) -> tuple[str, int]:
    """Show the rule that says no beside what was typed, and what somebody else saved meanwhile."""
    course_session = about.get("course_session")
    differing: Differing = []
    if isinstance(refusal, services.SessionChangedMeanwhile) and course_session:
        form.version.data = str(course_session.version)
        differing = conflict(services.details_of(course_session), form.details())
    fields = {services.SeatsBelowTaken: form.seats_max, services.CertificationIsOver: form.starts_on}
    field = fields.get(type(refusal))
    if field is not None:
        field.errors = (*field.errors, sentence(refusal))
    else:
        form.form_errors.append(sentence(refusal))
    return _page(form, course, course_session, conflict=differing), 409
