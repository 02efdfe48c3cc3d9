"""Demand as sponsors may see it: small cells hidden, so that no firm's plans can be read off."""

from __future__ import annotations

from flask import Blueprint, render_template

from campus import clock
from campus.planning.quarters import quarters
from campus.queries.demand import By, demand
from campus.reports.hiding import FEWEST_FIRMS, FEWEST_POSTS
from campus.web.demand_tables import public_rows
from campus.web.demand_words import quarter_name
from campus.web.paging import PAGE, page_asked, page_links

blueprint = Blueprint("demand", __name__, url_prefix="/demande")


@blueprint.get("/")
def index() -> str:
    """Show posts beside seats by occupation and quarter."""
    columns, page = quarters(clock.today()), page_asked()
    found = sorted(demand(By.OCCUPATION), key=lambda row: row.label)
    return render_template(
        "observers/demand/index.html",
        columns=[quarter_name(each) for each in columns],
        rows=public_rows(found[PAGE * (page - 1) : PAGE * page], columns),
        fewest_posts=FEWEST_POSTS,
        fewest_firms=FEWEST_FIRMS,
        pages_links=page_links(page, len(found)),
    )
