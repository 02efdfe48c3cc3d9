"""Courses to create as sponsors may see them."""

from __future__ import annotations

from flask import Blueprint, render_template

from campus.queries.creation_public import public_groups
from campus.reports.hiding import FEWEST_FIRMS, FEWEST_POSTS
from campus.web.paging import one_page, page_asked, page_links

blueprint = Blueprint("creation", __name__, url_prefix="/formations-a-creer")


@blueprint.get("/")
def index() -> str:
    """List what no course brings and enough firms ask for."""
    found, page = public_groups(), page_asked()
    return render_template(
        "observers/creation/index.html",
        groups=one_page(found, page),
        fewest_posts=FEWEST_POSTS,
        fewest_firms=FEWEST_FIRMS,
        pages=page_links(page, len(found)),
    )
