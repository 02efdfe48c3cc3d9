"""What sessions brought: fill, completion, satisfaction, why people stopped; by course, family and quarter."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import gettext as _

from campus.queries.report_training import (
    costs_of_courses,
    course_titles,
    reasons_for_leaving,
    sessions_counted,
    training_today,
)
from campus.reports.book import read
from campus.reports.training import Taught, Training
from campus.web import report_words
from campus.web.downloads import table_file
from campus.web.paging import address, one_page, page_asked, page_links
from campus.web.staff.reports import Asked, asked, names_of
from campus.web.training_words import KEYS, TrainingRow, training_columns, training_rows, whole_row

blueprint = Blueprint("training", __name__, url_prefix="/bilans/formations")
FIRST = "formations"


def chosen() -> str:
    """Read from the address what the rows are."""
    said = request.args.get("par", FIRST)
    return said if said in KEYS else FIRST


def training_of(what: Asked) -> Training:
    """Give the sessions begun by the day asked for, those of one year if it is said."""
    known = read(what.frozen.figures).training if what.frozen else training_today()
    return {taught: figures for taught, figures in known.items() if taught.quarter.startswith(what.year)}


def _names(by: str, training: Training) -> dict[str, str]:
    keys = {KEYS[by](taught) for taught in training}
    if by == FIRST:
        return course_titles(keys)
    return names_of("cohortes" if by == "trimestres" else "familles", keys)


def _table(by: str, training: Training) -> tuple[list[TrainingRow], TrainingRow]:
    """Give the rows and their total."""
    costs = costs_of_courses()
    return training_rows(training, by, _names(by, training), costs=costs), whole_row(training, costs)


@blueprint.get("/")
def index() -> str:
    """Show the table, its total, and why people stopped."""
    what, by, page = asked(), chosen(), page_asked()
    training = training_of(what)
    found, whole = _table(by, training)
    return render_template(
        "staff/training/index.html",
        what=what,
        by=by,
        address=address,
        rows=one_page(found, page),
        whole=whole,
        reasons=reasons_for_leaving(what.year),
        years=sorted({taught.quarter[:4] for taught in training}),
        opened=lambda key: url_for(".sessions", par=by, cle=key or "-", **what.kept()),
        pages_links=page_links(page, len(found)),
    )


@blueprint.get("/export.<any(csv, xlsx):kind>")
def export(kind: str) -> Response:
    """Give the table as a file, exactly as filtered."""
    what, by = asked(), chosen()
    training = training_of(what)
    titles = {FIRST: _("Formation"), "familles": _("Famille de métiers"), "trimestres": _("Trimestre")}
    columns = training_columns(titles[by], what.day, what.rules)
    rows, whole = _table(by, training)
    return table_file(f"bilan-{by}", kind, [*rows, whole], columns=columns)


@blueprint.get("/sessions")
def sessions() -> str:
    """List the sessions behind a row, each with its figures."""
    what, by, page = asked(), chosen(), page_asked()
    said = request.args.get("cle", "")
    key = "" if said == "-" else said

    def holds(taught: Taught) -> bool:
        return KEYS[by](taught) == key and taught.quarter.startswith(what.year)

    found = sessions_counted(what.instant, holds)
    return render_template(
        "staff/training/sessions.html",
        what=what,
        by=by,
        words=report_words,
        rows=[(session, TrainingRow("", "", figures)) for session, figures in one_page(found, page)],
        count=len(found),
        pages_links=page_links(page, len(found)),
    )
