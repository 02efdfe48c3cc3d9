"""Demand: posts beside seats, by skill or occupation, level and quarter."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from campus import clock
from campus.queries.demand import (
    Behind,
    By,
    DemandRow,
    DemandTable,
    Quarter,
    demand_table,
    label_of,
    needs_behind,
    quarters,
    sessions_behind,
)
from campus.web.demand_tables import file_columns, heat_rows, quarter_name
from campus.web.downloads import table_file
from campus.web.paging import PAGE, address, page_asked, page_links

blueprint = Blueprint("demand", __name__, url_prefix="/demande")


def chosen() -> By:
    """Read from the address what the rows are."""
    return By.OCCUPATION if request.args.get("par") == "metier" else By.SKILL


def word(by: By) -> str:
    """Write in an address what the rows are."""
    return "metier" if by is By.OCCUPATION else "competence"


def _asked(by: By) -> DemandTable:
    return demand_table(by, search=request.args.get("q", ""))


@blueprint.get("/")
def index() -> str:
    """Show the table, the largest gap first."""
    by, columns, page = chosen(), quarters(clock.today()), page_asked()
    found = _asked(by)
    shown = found.lines(slice(PAGE * (page - 1), PAGE * page)).rows()
    return render_template(
        "staff/demand/index.html",
        by=word(by),
        q=request.args.get("q", ""),
        columns=[quarter_name(each) for each in columns],
        rows=heat_rows(by, shown, columns, address=lambda row, quarter: _behind(by, row, quarter)),
        address=address,
        pages_links=page_links(page, len(found)),
    )


def _behind(by: By, row: DemandRow, quarter: Quarter) -> str:
    return url_for(".rows", par=word(by), cle=row.key, niveau=row.level, trimestre=quarter.code)


@blueprint.get("/export.<any(csv, xlsx):kind>")
def export(kind: str) -> Response:
    """Give the table as a file, exactly as filtered."""
    by = chosen()
    return table_file("demande", kind, _asked(by).rows(), columns=file_columns(by, quarters(clock.today())))


@blueprint.get("/lignes")
def rows() -> str:
    """Show the needs and the sessions behind a figure."""
    by = chosen()
    level = request.args.get("niveau", type=int) if by is By.SKILL else None
    behind = Behind(by, request.args.get("cle", 0, type=int), level, request.args.get("trimestre", ""))
    label = label_of(behind) or abort(404)
    names = {each.code: quarter_name(each) for each in quarters(clock.today())}
    needs, sessions = needs_behind(behind), sessions_behind(behind)
    return render_template(
        "staff/demand/rows.html",
        label=label,
        level=level,
        quarter=names.get(behind.quarter, _("Toutes les dates")),
        by=word(by),
        needs=needs,
        sessions=sessions,
        posts=sum(need.posts for need in needs),
        seats=sum(each.seats_max for each in sessions),
    )
