"""Dossiers for sponsors: what each holds, for which period, as PDF and XLSX; what does not add up."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, url_for

from campus import clock
from campus.queries.dossiers import years_taught
from campus.queries.report_cube import cube_today
from campus.queries.report_delays import delays_today
from campus.queries.report_training import training_today
from campus.queries.reports import frozen_reports
from campus.reports.book import Book, read
from campus.web.dossiers import annual, bilan, courses, indicators, words
from campus.web.dossiers.parts import Told, as_pdf, as_sheets
from campus.web.downloads import pdf_file, workbook_file
from campus.web.paging import address
from campus.web.staff.course_texts import UNCODED
from campus.web.staff.reports import Asked, asked

blueprint = Blueprint("dossiers", __name__, url_prefix="/dossiers")


@blueprint.get("/")
def index() -> str:
    """List the dossiers, with the period to choose."""
    return render_template(
        "staff/dossiers/index.html",
        what=asked(),
        years=years_taught() or [clock.today().year],
        year=year_asked(asked()),
        frozen=frozen_reports(),
        address=address,
        words=words,
    )


@blueprint.get("/<any(carte, indicateurs, bilan, rapport):name>.<any(pdf, xlsx):file_type>")
def file(name: str, file_type: str) -> Response:
    """Give a dossier as a file."""
    told = _told(name, asked())
    title = f"{told.name}-{told.day.isoformat()}"
    return pdf_file(title, as_pdf(told)) if file_type == "pdf" else workbook_file(title, as_sheets(told))


@blueprint.get("/coherence")
def consistency() -> str:
    """Show what adds up in the pedagogical and financial report of a year, and what does not."""
    what = asked()
    year = year_asked(what)
    return render_template(
        "staff/dossiers/consistency.html",
        what=what,
        year=year,
        years=years_taught() or [year],
        rows=bilan.check_rows(year),
        repairs=_repairs(year),
        address=address,
    )


def _repairs(year: int) -> dict[str, str]:
    """Give the page on which each of what does not add up is put right."""
    amounts = url_for("staff.dossier_entries.amounts", year=year)
    return {
        "kind": url_for("staff.trainee_kinds.index", year=year),
        "speciality": url_for("staff.courses.index", specialite=UNCODED),
        **dict.fromkeys(("income", "charges", "purchases", "wages"), amounts),
    }


def year_asked(what: Asked) -> int:
    """Give the year of the address, else this one."""
    return int(what.year) if len(what.year) == 4 else clock.today().year


def _told(name: str, what: Asked) -> Told:
    if name == "carte":
        return courses.told()
    if name == "bilan":
        return bilan.told(year_asked(what))
    book = _book(what)
    if name == "indicateurs":
        return indicators.told(book.funnel, book.training, year=what.year, day=what.day)
    return annual.told(book, year=year_asked(what), day=what.day)


def _book(what: Asked) -> Book:
    """Give the figures of a frozen day, or today's."""
    return read(what.frozen.figures) if what.frozen else Book(cube_today(), training_today(), delays_today())
