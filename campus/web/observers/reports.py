"""The report as sponsors read it: a frozen day, small figures hidden; each figure opens its proofs, without names."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import NamedTuple

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from campus.queries.report_cube import family_labels
from campus.queries.report_proofs import Proofs, proofs_of
from campus.queries.report_published import PublishedReport, latest_report, published_report
from campus.queries.reports import frozen_reports
from campus.reports.funnel import STEPS
from campus.reports.hiding import Published
from campus.reports.proofs import OTHER_MONTHS, ProofLine
from campus.web import coverage_words, published_words, report_words
from campus.web.downloads import table_file
from campus.web.published_words import PublishedRow

blueprint = Blueprint("reports", __name__, url_prefix="/bilan")
TABLES = {"cohortes": "cohorte", "familles": "famille"}


class Read(NamedTuple):
    """The published report that the address asks for."""

    report: PublishedReport

    def opened(self, step: str) -> str:
        """Give the address of what proves a figure of the funnel."""
        return url_for(".proofs", etape=step, arrete=self.report.id)

    def table(self, dimension: str) -> Published:
        """Give one of its two tables."""
        return self.report.cohorts if dimension == "cohortes" else self.report.families

    def rows(self, dimension: str) -> list[PublishedRow]:
        """Draw one of its two tables; each figure opens its proofs."""
        table, name = self.table(dimension), TABLES[dimension]
        names = names_of(dimension, set(table.rows))

        def opened(step: str, key: str) -> str:
            return url_for(".proofs", etape=step, arrete=self.report.id, **{name: key})

        return published_words.published_rows(table, names, opened)


def names_of(dimension: str, keys: set[str]) -> dict[str, str]:
    """Name cohorts or families."""
    if dimension == "cohortes":
        return {key: report_words.cohort_name(key) for key in keys}
    return {**family_labels(keys), "": str(report_words.NO_FAMILY)}


def asked() -> Read | None:
    """Give the report of the address, else the last one; None when nothing was ever frozen."""
    said = request.args.get("arrete", type=uuid.UUID)
    if said is None:
        latest = latest_report()
        said = latest.id if latest else None
    return Read(published_report(said) or abort(404)) if said else None


@blueprint.get("/")
def index() -> str:
    """Show the funnel, the cohorts and the families of a frozen day."""
    read = asked()
    if read is None:
        return render_template("observers/reports/empty.html")
    return render_template(
        "observers/reports/index.html",
        report=read.report,
        rungs=published_words.published_rungs(read.report.families, read.report.firms, read.opened),
        cohorts=read.rows("cohortes"),
        families=read.rows("familles"),
        hidden=published_words.rows_hidden(read.report.families),
        whole=published_words.whole_row(read.report.families),
        frozen=frozen_reports(),
        rule=published_words.hidden_rule(),
        words=report_words,
    )


@blueprint.get("/<any(cohortes, familles):dimension>.<any(csv, xlsx):kind>")
def export(dimension: str, kind: str) -> Response:
    """Give a table as a file, as it is published."""
    read = asked() or abort(404)
    first = _("Cohorte") if dimension == "cohortes" else _("Famille de métiers")
    rows = [*read.rows(dimension), published_words.whole_row(read.table(dimension))]
    columns = published_words.published_columns(first, read.report.day, read.report.rules)
    return table_file(f"bilan-{dimension}", kind, rows, columns=columns)


class Opened(NamedTuple):
    """A figure that is opened: what it is about, its value, the lines that prove it, and the word for other months."""

    label: str
    value: int | None
    lines: Sequence[ProofLine]
    others: str


def opened_figure(report: PublishedReport, place: int, proofs: Proofs) -> Opened | None:
    """Find the figure of the address: of a cohort, of a family, or of all; None where there is none."""
    for dimension, table, lines in (
        ("cohortes", report.cohorts, proofs.cohorts),
        ("familles", report.families, proofs.families),
    ):
        key = request.args.get(TABLES[dimension])
        if key is not None:
            row = table.rows.get(key)
            return row and Opened(names_of(dimension, {key})[key], row[place], lines.get(key, ()), _("Autres mois"))
    return Opened(_("Ensemble"), report.families.total[place], proofs.whole, _("Autres mois, autres familles"))


@blueprint.get("/preuves")
def proofs() -> str:
    """Tell what proves a published figure, month by month, without the name of a person or a firm."""
    read, step = asked() or abort(404), request.args.get("etape", "")
    if step not in STEPS:
        abort(404)
    figure = opened_figure(read.report, STEPS.index(step), proofs_of(read.report.id, step))
    if figure is None or not figure.value:
        abort(404)  # a hidden figure opens nothing
    return render_template(
        "observers/reports/proofs.html",
        report=read.report,
        step=step,
        figure=figure,
        other_months=OTHER_MONTHS,
        rule=published_words.lines_rule(),
        kinds={kind.value: said for kind, said in coverage_words.KINDS.items()},
        sources={source.value: said for source, said in coverage_words.SOURCES.items()},
        words=report_words,
    )
