"""Dossiers for sponsors: what each holds, for which period, as PDF and XLSX; what does not add up."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from campus import clock
from campus.queries.dossiers import years_taught
from campus.queries.report_cube import cube_today
from campus.queries.report_delays import delays_today
from campus.queries.report_published import latest_report, published_report
from campus.queries.report_training import training_today
from campus.queries.reports import frozen_reports
from campus.reports.book import Book, read
from campus.web.dossiers import annual, bilan, courses, indicators, words
from campus.web.dossiers.editions import Edition
from campus.web.dossiers.parts import Told, as_pdf, as_sheets
from campus.web.downloads import pdf_file, workbook_file
from campus.web.notices import tell
from campus.web.paging import address
from campus.web.published_words import hidden_rule
from campus.web.staff.course_texts import UNCODED
from campus.web.staff.reports import Asked, asked

blueprint = Blueprint("dossiers", __name__, url_prefix="/dossiers")
OF_A_DAY = ("indicateurs", "rapport")  # told to sponsors of a frozen day only


@blueprint.get("/")
def index() -> str:
    """List the dossiers, with the edition and the period to choose."""
    what, edition, frozen = asked(), edition_asked(), frozen_reports()
    internal = edition is Edition.INTERNAL
    return render_template(
        "staff/dossiers/index.html",
        what=what,
        edition=edition,
        editions=[(words.EDITIONS[each], address(edition=each.value), each is edition) for each in Edition],
        meaning=words.MEANINGS[edition],
        rule=None if internal else hidden_rule(),
        years=years_taught() or [clock.today().year],
        year=year_asked(what),
        frozen=frozen,
        published=what.frozen or next(iter(frozen), None),
        of_a_day=OF_A_DAY,
        missing=() if internal or frozen else OF_A_DAY,
        address=address,
        words=words,
    )


def edition_asked() -> Edition:
    """Read from the address who the dossier is for; sponsors unless it says otherwise."""
    said = request.args.get("edition", "")
    return Edition.INTERNAL if said == Edition.INTERNAL else Edition.SPONSORS


@blueprint.get("/<any(carte, indicateurs, bilan, rapport):name>.<any(pdf, xlsx):file_type>")
def file(name: str, file_type: str) -> Response:
    """Give a dossier as a file; to sponsors, some tell of a frozen day only."""
    told = _told(name, asked(), edition_asked())
    if told is None:
        tell(_("Arrêtez d'abord un bilan : ce dossier ne dit aux financeurs que des chiffres arrêtés."), kind="warn")
        return redirect(url_for("staff.frozen_reports.index"), 303)
    return (
        pdf_file(told.file_name, as_pdf(told)) if file_type == "pdf" else workbook_file(told.file_name, as_sheets(told))
    )


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


def _told(name: str, what: Asked, edition: Edition) -> Told | None:
    if name == "carte":
        return courses.told(edition)
    if name == "bilan":
        return bilan.told(year_asked(what), internal=edition is Edition.INTERNAL)
    published = None
    if edition is Edition.SPONSORS:
        what = replace(what, frozen=what.frozen or latest_report())
        published = published_report(what.frozen.id) if what.frozen else None
        if published is None:
            return None
    book = _book(what)
    if name == "indicateurs":
        return indicators.told(book, year=what.year, day=what.day, published=published)
    return annual.told(book, year=year_asked(asked()), day=what.day, published=published)


def _book(what: Asked) -> Book:
    """Give the figures of a frozen day, or today's."""
    return read(what.frozen.figures) if what.frozen else Book(cube_today(), training_today(), delays_today())
