"""The posts of a need one by one, as the staff see them."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, render_template
from flask_login import current_user

from campus.queries.coverage import coverage_of_need, covered_posts
from campus.queries.needs import need_of
from campus.web.coverage_words import ANSWERS, NEEDS, read_post

blueprint = Blueprint("coverage", __name__, url_prefix="/besoins/<uuid:need_id>/couverture")


@blueprint.get("/")
def show(need_id: uuid.UUID) -> str:
    """Show each post with its candidates and its lines."""
    need = need_of(current_user.account, need_id) or abort(404)
    return render_template(
        "staff/coverage/show.html",
        need=need,
        posts=[read_post(each) for each in covered_posts(need)],
        summary=NEEDS[coverage_of_need(need)],
        answers=ANSWERS,
    )
