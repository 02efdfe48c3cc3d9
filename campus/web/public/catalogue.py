"""The public catalogue: finding a course, reading it, asking for a seat."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, render_template
from flask_login import current_user

from campus import clock
from campus.models import Course, CourseState, Role
from campus.queries.catalogue import search_catalogue
from campus.queries.course_sessions import sessions_to_join
from campus.queries.courses import published_course, withdrawn_course
from campus.queries.demand_public import demand_for
from campus.queries.documents import has_programme
from campus.queries.results import liked_course
from campus.queries.rounds import rounds_of
from campus.web.paging import page_links
from campus.web.public.catalogue_filters import active, choices, read_search, sort_links, widenings

blueprint = Blueprint("catalogue", __name__, url_prefix="/formations")


@blueprint.get("/")
def index() -> str:
    """Show the courses that answer a search."""
    asked = read_search()
    found = search_catalogue(asked, clock.today())
    return render_template(
        "public/catalogue/index.html",
        asked=asked,
        found=found,
        choices=choices(asked, found.facets),
        active=active(asked),
        sorts=sort_links(asked),
        widenings=widenings(asked, found),
        pages=page_links(asked.page, found.total),
    )


@blueprint.get("/<uuid:course_id>")
def show(course_id: uuid.UUID) -> str | tuple[str, int]:
    """Show a course to whoever may join it."""
    course = published_course(course_id)
    if course is None:
        return _put_away(withdrawn_course(course_id) or abort(404))
    sessions = sessions_to_join(course, clock.today())
    return render_template(
        "public/catalogue/show.html",
        course=course,
        sessions=sessions,
        rounds=rounds_of([each.id for each in sessions]),
        demand=demand_for(course),
        has_programme=has_programme(course.id),
        liked=liked_course(course, publicly=True),
        may_apply=current_user.role == Role.TRAINEE,
    )


def _put_away(course: Course) -> tuple[str, int]:
    """Say that a course is no longer offered, and where to look instead: gone for good when it is archived."""
    archived = course.state == CourseState.ARCHIVED
    return render_template("public/catalogue/gone.html", course=course, archived=archived), 410 if archived else 404
