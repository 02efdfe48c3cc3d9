"""Reports: the funnel by cohort, family and firm, today or as it was frozen; every figure opens its needs."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from campus import clock
from campus.models import FrozenReport
from campus.queries.report_cube import cube_today, family_labels
from campus.queries.report_delays import delays_at, delays_today
from campus.queries.report_needs import Behind, needs_behind, needs_by_id
from campus.queries.reports import end_of, firm_names, frozen_report, frozen_reports
from campus.reports.book import read
from campus.reports.delays import Delay
from campus.reports.funnel import RULES, STEPS, Cube, narrowed
from campus.web import report_words
from campus.web.downloads import table_file
from campus.web.paging import address, one_page, page_asked, page_links
from campus.web.report_pages import ReportRow, by, file_columns, report_rows, rungs, summed

blueprint = Blueprint("reports", __name__, url_prefix="/bilans")
NOT_KNOWN = "-"
NARROWINGS = {"cohortes": "cohorte", "familles": "famille", "entreprises": "entreprise"}


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a frozen report or today's figures, perhaps of one year."""

    frozen: FrozenReport | None
    year: str

    @property
    def day(self) -> date:
        """Give the day of the figures."""
        return self.frozen.day if self.frozen else clock.today()

    @property
    def rules(self) -> str:
        """Give the rules by which the figures were counted."""
        return self.frozen.rules if self.frozen else RULES

    @property
    def instant(self) -> datetime | None:
        """Give the instant of frozen figures; None for today's."""
        return end_of(self.frozen.day) if self.frozen else None

    def whole(self) -> Cube:
        """Give the figures of all years."""
        return read(self.frozen.figures).funnel if self.frozen else cube_today()

    def kept(self) -> dict[str, str]:
        """Give what links must repeat."""
        said = {"arrete": str(self.frozen.id) if self.frozen else "", "annee": self.year}
        return {name: value for name, value in said.items() if value}


def asked() -> Asked:
    """Read the address; an unknown report answers 404."""
    said = request.args.get("arrete", "")
    try:
        frozen = (frozen_report(uuid.UUID(said)) or abort(404)) if said else None
    except ValueError:
        abort(404)
    year = request.args.get("annee", "")
    return Asked(frozen, year if year.isdecimal() else "")


def _of_year(cube: Cube, year: str) -> Cube:
    return narrowed(cube, lambda where: where.quarter.startswith(year))


def names_of(dimension: str, keys: set[str]) -> dict[str, str]:
    """Name the rows of a table."""
    if dimension == "cohortes":
        return {key: report_words.cohort_name(key) for key in keys}
    if dimension == "entreprises":
        return firm_names(keys)
    return {**family_labels(keys - {""}), "": str(report_words.NO_FAMILY)}


@blueprint.get("/")
def index() -> str:
    """Show the funnel of all cohorts or of a year's, and the table by cohort."""
    what = asked()
    cube = what.whole()
    years = sorted({where.quarter[:4] for where in cube})
    kept = _of_year(cube, what.year)
    whole = summed(kept)
    return render_template(
        "staff/reports/index.html",
        what=what,
        years=years,
        address=address,
        rungs=rungs(whole, lambda step: url_for(".rows", etape=step, **what.kept())),
        whole=whole,
        rows=_rows(what, "cohortes", kept),
        frozen=frozen_reports(),
        words=report_words,
    )


def _rows(what: Asked, dimension: str, cube: Cube) -> list[ReportRow]:
    groups = by(cube, dimension)
    name = NARROWINGS[dimension]

    def opened(step: str, key: str) -> str:
        return url_for(".rows", etape=step, **{**what.kept(), name: key or NOT_KNOWN})

    return report_rows(groups, names_of(dimension, set(groups)), opened)


@blueprint.get("/par/<any(cohortes, familles, entreprises):dimension>")
def table(dimension: str) -> str:
    """Show the table by family or by firm, page by page."""
    what, page = asked(), page_asked()
    found = _rows(what, dimension, _of_year(what.whole(), what.year))
    return render_template(
        "staff/reports/table.html",
        what=what,
        dimension=dimension,
        rows=one_page(found, page),
        pages_links=page_links(page, len(found)),
        words=report_words,
    )


@blueprint.get("/par/<any(cohortes, familles, entreprises):dimension>/export.<any(csv, xlsx):kind>")
def export(dimension: str, kind: str) -> Response:
    """Give a table as a file, exactly as filtered."""
    what = asked()
    first = {"cohortes": _("Cohorte"), "familles": _("Famille de métiers"), "entreprises": _("Entreprise")}[dimension]
    rows = _rows(what, dimension, _of_year(what.whole(), what.year))
    return table_file(f"bilan-{dimension}", kind, rows, columns=file_columns(first, what.day, what.rules))


@blueprint.get("/delais")
def delays() -> str:
    """Show how long posts took from one step to the next."""
    what = asked()
    return render_template("staff/reports/delays.html", what=what, delays=_delays(what), words=report_words)


def _delays(what: Asked) -> Sequence[Delay]:
    """Give the delays asked for; a frozen day keeps those of all years, so those of one are told again."""
    if what.frozen is None:
        return delays_today(what.year)
    return delays_at(end_of(what.frozen.day), what.year) if what.year else read(what.frozen.figures).delays


@blueprint.get("/lignes")
def rows() -> str:
    """List the needs behind a figure, each with its part; from there one reads the ledger post by post."""
    what, page = asked(), page_asked()
    step = request.args.get("etape", "")
    if step not in (*STEPS, "needs", "withdrawn", "due"):
        abort(404)
    narrow = [request.args.get(name) for name in NARROWINGS.values()]
    quarter, family, firm = ("" if each == NOT_KNOWN else each for each in narrow)
    found = needs_behind(Behind(step, quarter, family, firm, what.year), what.instant)
    shown = one_page(found, page)
    needs = needs_by_id([key for key, _part in shown])
    return render_template(
        "staff/reports/rows.html",
        what=what,
        step=step,
        quarter=quarter,
        total=sum(part for _key, part in found),
        needs=[(needs[key], part) for key, part in shown],
        count=len(found),
        pages_links=page_links(page, len(found)),
        words=report_words,
    )
