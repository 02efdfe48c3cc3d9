"""Demand as sponsors may see it: small cells hidden, so that no firm's plans can be read off or worked out."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from campus.exchange.tables import Cell as FileCell
from campus.exchange.tables import Column
from campus.planning.quarters import Quarter
from campus.queries.demand import By
from campus.queries.demand_opened import opened
from campus.queries.demand_published import PublishedRow, published_demand
from campus.reports.hiding import FEWEST_FIRMS, FEWEST_POSTS
from campus.web import demand_words as words
from campus.web.demand_tables import public_rows
from campus.web.demand_words import quarter_name
from campus.web.downloads import table_file
from campus.web.paging import address, one_page, page_asked, page_links

blueprint = Blueprint("demand", __name__, url_prefix="/demande")
LONGEST_KEY = 10
BY = {"metier": By.OCCUPATION, "famille": By.FAMILY, "bassin": By.AREA}


def chosen() -> By:
    """Read from the address what the rows are."""
    return BY.get(request.args.get("par", ""), By.OCCUPATION)


@blueprint.get("/")
def index() -> str:
    """Show posts beside seats by occupation, family or area, and quarter."""
    by, page = chosen(), page_asked()
    columns, found = published_demand(by)
    return render_template(
        "observers/demand/index.html",
        columns=[quarter_name(each) for each in columns],
        rows=public_rows(one_page(found, page), columns, _behind(by)),
        first=words.FIRST[by],
        chips=[(words.BY[each], address(par=word), each is by) for word, each in BY.items()],
        par=request.args.get("par"),
        fewest_posts=FEWEST_POSTS,
        fewest_firms=FEWEST_FIRMS,
        pages_links=page_links(page, len(found)),
    )


def _behind(by: By) -> Callable[[int | str, Quarter], str]:
    """Tell which address opens a figure."""
    word = next(word for word, each in BY.items() if each is by)
    return lambda key, quarter: url_for(".rows", par=word, cle=key, trimestre=quarter.code)


@blueprint.get("/lignes")
def rows() -> str:
    """Show what is behind a figure: the occupations it adds up, the sessions beside; a hidden one opens nothing."""
    by, said = chosen(), request.args.get("cle", "")
    key = said if by.coded else int(said) if said.isdecimal() and len(said) < LONGEST_KEY else 0
    figure = opened(by, key, request.args.get("trimestre", "")) or abort(404)
    return render_template(
        "observers/demand/rows.html",
        figure=figure,
        par=request.args.get("par"),
        quarter=quarter_name(figure.quarter),
        occupation_address=_behind(By.OCCUPATION),
        words=words,
        fewest_firms=FEWEST_FIRMS,
    )


@blueprint.get("/export.<any(csv, xlsx):kind>")
def export(kind: str) -> Response:
    """Give the table as a file, with the same figures hidden."""
    by = chosen()
    columns, found = published_demand(by)
    made: list[Column[PublishedRow]] = [Column(str(words.FIRST[by]), lambda row: row.label)]
    for place, quarter in enumerate(columns):
        made += _quarter_columns(place, quarter)
    return table_file("demande", kind, found, columns=made)


def _quarter_columns(place: int, quarter: Quarter) -> list[Column[PublishedRow]]:
    name, hidden = quarter_name(quarter), _("caché")

    def posts(row: PublishedRow) -> FileCell:
        count = row.posts[place]
        return hidden if count is None else count

    return [
        Column(_("%(quarter)s, postes", quarter=name), posts),
        Column(_("%(quarter)s, places", quarter=name), lambda row: row.seats[place]),
    ]
