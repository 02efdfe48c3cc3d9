"""The programme of a published course, as a file that everybody may read."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, abort

from campus.queries.courses import published_course
from campus.queries.documents import programme_of
from campus.web.document_words import pdf_file

blueprint = Blueprint("programmes", __name__, url_prefix="/formations")


@blueprint.get("/<uuid:course_id>/programme.pdf")
def show(course_id: uuid.UUID) -> Response:
    """Open the programme of a course that is in the catalogue."""
    course = published_course(course_id) or abort(404)
    return pdf_file(programme_of(course.id) or abort(404))
