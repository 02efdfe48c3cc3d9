"""Courses to create: what no course brings, in groups that one course could, and a draft in one click."""

from __future__ import annotations

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response as Answer

from campus import clock
from campus.planning.creation import Group
from campus.planning.quarters import Quarter, quarters
from campus.queries import creation as queries
from campus.queries.creation import Narrowing
from campus.services.creation import draft_from_group
from campus.web import creation_words
from campus.web.demand_tables import quarter_name
from campus.web.downloads import table_file
from campus.web.notices import tell
from campus.web.paging import address, page_asked, page_links, words_asked
from campus.web.transaction import commits

blueprint = Blueprint("creation", __name__, url_prefix="/demande/formations-a-creer")
PAGE = 10
ALONE = {"groupes": False, "seules": True}


def _columns() -> tuple[Quarter, ...]:
    return quarters(clock.today())


def _narrowed(columns: tuple[Quarter, ...]) -> Narrowing:
    quarter = next((each for each in columns if each.code == request.args.get("trimestre")), None)
    return Narrowing(words_asked(), quarter, ALONE.get(request.args.get("voir", "")))


@blueprint.get("/")
def index() -> str:
    """List the groups, most posts first."""
    columns, page = _columns(), page_asked()
    narrowed = _narrowed(columns)
    found = queries.groups(narrowed, columns, page=slice(PAGE * (page - 1), PAGE * page))
    return render_template(
        "staff/creation/index.html",
        found=found,
        narrowed=narrowed,
        columns=columns,
        quarter_name=quarter_name,
        words=creation_words,
        address=address,
        chosen={name: value for name, value in request.args.items() if value and name != "page"},
        pages=page_links(page, found.total, size=PAGE),
    )


@blueprint.get("/export.<any(csv, xlsx):kind>")
def export(kind: str) -> Response:
    """Give the groups as a file, exactly as filtered; firms are counted, not named."""
    columns = _columns()
    found = queries.groups(_narrowed(columns), columns, page=slice(None))
    return table_file("formations-a-creer", kind, found.seen, columns=creation_words.file_columns(columns))


@blueprint.get("/<int:lacking_id>")
def show(lacking_id: int) -> str:
    """Show the group that holds a skill, with the needs behind it."""
    columns, group = _columns(), _group(lacking_id)
    [seen] = queries.described([group])
    needs = queries.needs_behind(group)
    return render_template(
        "staff/creation/show.html",
        seen=seen,
        needs=needs,
        firms=queries.firms_named(needs),
        columns=columns,
        quarter_name=quarter_name,
        words=creation_words,
    )


@blueprint.post("/<int:lacking_id>/brouillon")
@commits
def draft(lacking_id: int) -> Answer:
    """Draft the course that a group asks for, or open the draft that there is."""
    _group(lacking_id)
    course_id = draft_from_group(current_user.account, lacking_id)
    tell(_("Voici le brouillon de ce groupe : relisez-le, complétez-le, puis publiez-le."))
    return redirect(url_for("staff.courses.edit", course_id=course_id), 303)


def _group(skill_id: int) -> Group:
    return queries.group_of(skill_id) or abort(404)
