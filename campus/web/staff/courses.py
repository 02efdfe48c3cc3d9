"""Courses, as the staff write, publish and put them away."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from campus.models import Course, CourseState
from campus.queries import course_sessions as session_queries
from campus.queries import courses as queries
from campus.queries.results import liked_course
from campus.queries.waiting import count_concerned
from campus.services import courses as services
from campus.web.notices import tell
from campus.web.paging import kind_asked, page_asked, page_links, words_asked
from campus.web.staff.course_changes import conflict, timeline
from campus.web.staff.course_editing import Editing, follow_steps
from campus.web.staff.course_form import CourseForm, typed_from
from campus.web.staff.course_needs import waiting_page
from campus.web.staff.course_texts import UNCODED, columns, missing_links, state_filters, uncoded_filter
from campus.web.transaction import commits

blueprint = Blueprint("courses", __name__, url_prefix="/formations")
Answer = str | tuple[str, int] | Response


@blueprint.get("/")
def index() -> str:
    """List the courses."""
    words, state = words_asked(), kind_asked(CourseState)
    sort = request.args.get("tri", "")
    sort = sort if sort in queries.SORTS else ""
    page, uncoded = page_asked(), request.args.get("specialite") == UNCODED
    found = queries.courses_for_staff(words, state, sort=sort, page=page, uncoded=uncoded)
    return render_template(
        "staff/courses/index.html",
        found=found,
        words=words,
        columns=columns(sort or ("" if words else "title")),
        filters=state_filters(found.states, state),
        uncoded=uncoded_filter(found.uncoded, on=uncoded),
        pages=page_links(page, found.total),
    )


@blueprint.get("/nouvelle")
def new() -> str:
    """Show an empty form."""
    return _form_page(Editing(CourseForm()), None)


@blueprint.post("/nouvelle")
@commits
def create() -> Answer:
    """Write a draft."""
    page = follow_steps(CourseForm())
    if page.steps:
        return _form_page(page, None)
    if not page.form.validate():
        return _form_page(page, None), 422
    course = services.draft_course(current_user.account, page.form.details())
    tell(_("Brouillon enregistré. Personne d'autre que le campus ne le voit."))
    return redirect(url_for(".show", course_id=course.id), 303)


@blueprint.post("/propositions")
def proposals() -> str:
    """Show what the texts propose while they are being typed, and write nothing."""
    page = Editing(CourseForm())
    if "HX-Request" not in request.headers:
        return _form_page(page, None)
    return render_template("staff/courses/_proposals.html", page=page)


@blueprint.get("/<uuid:course_id>")
def show(course_id: uuid.UUID) -> str:
    """Show a course with what it lacks, its sessions and its history."""
    course = _course(course_id)
    return render_template(
        "staff/courses/show.html",
        course=course,
        missing=missing_links(course),
        concerned=count_concerned(course),
        sessions=session_queries.sessions_of(course),
        liked=liked_course(course, publicly=False),
        history=timeline(queries.history_of(course)),
    )


@blueprint.get("/<uuid:course_id>/besoins")
def waiting(course_id: uuid.UUID) -> str:
    """Show the needs that wait for a course, and what it would cover of each."""
    course = _course(course_id)
    return render_template("staff/courses/waiting.html", course=course, waiting=waiting_page(course))


@blueprint.get("/<uuid:course_id>/modifier")
def edit(course_id: uuid.UUID) -> str:
    """Show the form with what is stored."""
    course = _course(course_id)
    values = typed_from(services.details_of(course)) | {"version": course.version}
    return _form_page(Editing(CourseForm(data=values)), course)


@blueprint.post("/<uuid:course_id>/modifier")
@commits
def update(course_id: uuid.UUID) -> Answer:
    """Change a course."""
    course = _course(course_id)
    page = follow_steps(CourseForm())
    if page.steps:
        return _form_page(page, course)
    if not page.form.validate():
        return _form_page(page, course), 422
    version = page.form.version.data or ""
    try:
        services.revise_course(
            current_user.account, course, page.form.details(), version=int(version) if version.isdecimal() else 0
        )
    except services.CourseChangedMeanwhile:
        return _conflict_page(page, course), 409
    except services.CourseIsIncomplete:
        page.form.form_errors.append(
            _("Une formation publiée doit rester complète : suspendez-la pour la retravailler.")
        )
        return _form_page(page, course), 409
    tell(_("Modifications enregistrées."))
    return redirect(url_for(".show", course_id=course.id), 303)


@blueprint.post("/<uuid:course_id>/publier")
@commits
def publish(course_id: uuid.UUID) -> Answer:
    """Show a course to everybody."""
    course = _course(course_id)
    services.publish_course(current_user.account, course)
    tell(_("La formation est au catalogue. Les besoins qu'elle peut couvrir ont été rapprochés."))
    return redirect(url_for(".show", course_id=course.id), 303)


@blueprint.post("/<uuid:course_id>/suspendre")
@commits
def suspend(course_id: uuid.UUID) -> Answer:
    """Take a course off the catalogue."""
    course = services.suspend_course(current_user.account, _course(course_id))
    return _told(course, _("La formation n'est plus au catalogue."), undo="publish", label=_("Publier de nouveau"))


@blueprint.post("/<uuid:course_id>/archiver")
@commits
def archive(course_id: uuid.UUID) -> Answer:
    """Put a course away."""
    course = services.archive_course(current_user.account, _course(course_id))
    return _told(course, _("La formation est archivée."), undo="reopen", label=_("Remettre en brouillon"))


@blueprint.post("/<uuid:course_id>/rouvrir")
@commits
def reopen(course_id: uuid.UUID) -> Answer:
    """Take an archived course back to draft."""
    course = services.reopen_course(current_user.account, _course(course_id))
    tell(_("La formation est de nouveau un brouillon."))
    return redirect(url_for(".show", course_id=course.id), 303)


def _told(course: Course, text: str, *, undo: str, label: str) -> Response:
    tell(text, undo_url=url_for(f".{undo}", course_id=course.id), undo_label=label)
    return redirect(url_for(".show", course_id=course.id), 303)


def _course(course_id: uuid.UUID) -> Course:
    return queries.course_by_id(course_id) or abort(404)


def _form_page(page: Editing, course: Course | None) -> str:
    return render_template("staff/courses/edit.html", page=page, form=page.form, course=course)


def _conflict_page(page: Editing, course: Course) -> str:
    """Show both versions, and let the next save go over the stored one knowingly."""
    last = queries.last_change(course)
    page.conflict = conflict(services.details_of(course), page.form.details())
    page.changed_by = last.actor.display_name if last and last.actor else ""
    page.form.version.data = str(course.version)
    return _form_page(page, course)
