"""Demand: posts step by step, by skill, occupation, family or area, level and quarter, beside seats and people."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from campus import clock
from campus.planning.quarters import quarters
from campus.planning.ranges import DRAWS
from campus.queries.demand import Asked, By, DemandRow, DemandTable, Step, area_labels, demand_table
from campus.queries.demand_behind import behind_of, label_of, needs_with, sessions_with
from campus.queries.marks import marks_beside, marks_of
from campus.queries.paging import page_slice
from campus.web import demand_words as words
from campus.web import mark_words
from campus.web.demand_tables import Marks, file_columns, heat_rows
from campus.web.demand_words import level_name, quarter_name
from campus.web.downloads import table_file
from campus.web.paging import address, page_asked, page_links
from campus.web.staff import demand_asked as asking

blueprint = Blueprint("demand", __name__, url_prefix="/demande")
SKILL_LEVELS = (1, 2, 3, 4, 0)


@blueprint.get("/")
def index() -> str:
    """Show the table, the largest gap first: by quarter, or step by step."""
    wanted, page = asking.asked(), page_asked()
    found = demand_table(wanted)
    shown = found.lines(page_slice(page)).rows()
    by_step = request.args.get("vue") == "etapes"
    marks = marks_beside(wanted.by, [row.key for row in shown], area=wanted.area) if by_step else {}
    return render_template(
        "staff/demand/index.html",
        wanted=wanted,
        kept=asking.table_words(wanted),
        by_step=by_step,
        columns=[_("Toutes les dates"), *(quarter_name(each) for each in found.columns)],
        rows=_step_rows(wanted, shown, marks) if by_step else _heat(wanted, found, shown),
        choices=_choices(wanted),
        chips=_chips(wanted, by_step),
        chances=words.chances(found),
        draws=DRAWS,
        marks=marks,
        words=words,
        address=address,
        pages_links=page_links(page, len(found)),
    )


def _heat(wanted: Asked, found: DemandTable, shown: list[DemandRow]) -> list[Any]:
    return heat_rows(
        wanted,
        shown,
        found.columns,
        address=lambda row, quarter: url_for(".rows", **asking.behind_words(wanted, row, quarter)),
    )


def _step_rows(wanted: Asked, shown: list[DemandRow], marks: Marks) -> list[dict[str, Any]]:
    """Give each row's steps with the address of what is behind them, and what others publish beside."""
    return [
        {
            "label": row.label,
            "detail": level_name(row.level) if wanted.by is By.SKILL else "",
            "steps": [
                (words.COLUMNS[step], row.steps[step], url_for(".rows", **asking.behind_words(wanted, row, step=step)))
                for step in Step
            ],
            "seats": row.total_seats,
            "people": row.people,
            "url": url_for(".rows", **asking.behind_words(wanted, row)),
            "missing": words.missing_words(row.missing),
            "marks": mark_words.told(marks.get(row.key, [])),
        }
        for row in shown
    ]


def _chips(wanted: Asked, by_step: bool) -> dict[str, list[tuple[Any, str, bool]]]:
    """Give the choices that one follows by a link: what rows are about, which posts are counted, what is shown."""
    by = [(words.BY[by], address(par=word, niveau=None), by is wanted.by) for word, by in asking.BY.items()]
    steps = [(words.STEPS[step], address(etape=word), step is wanted.step) for word, step in asking.STEP.items()]
    views = [
        (_("par trimestre"), address(vue=None), not by_step),
        (_("étape par étape"), address(vue="etapes"), by_step),
    ]
    return {"by": by, "steps": steps, "views": views}


def _choices(wanted: Asked) -> dict[str, list[dict[str, Any]]]:
    """Give the selects of the filter bar."""
    levels = [(level, level_name(level).capitalize()) for level in SKILL_LEVELS]
    columns = [(each.code, quarter_name(each)) for each in quarters(clock.today())]
    areas = sorted(area_labels().items(), key=lambda pair: pair[1])
    made = {
        "niveau": (_("Tous les niveaux"), wanted.level, levels if wanted.by is By.SKILL else []),
        "trimestre": (_("Toutes les dates"), wanted.quarter, columns),
        "bassin": (_("Tous les bassins"), wanted.area, areas if wanted.by is not By.AREA else []),
    }
    return {name: _options(*each) for name, each in made.items() if each[2]}


def _options(everything: str, chosen: Any, listed: list[Any]) -> list[dict[str, Any]]:
    rest = [{"value": value, "label": label, "selected": value == chosen, "count": None} for value, label in listed]
    return [{"value": "", "label": everything, "selected": chosen in {None, ""}, "count": None}, *rest]


@blueprint.get("/export.<any(csv, xlsx):kind>")
def export(kind: str) -> Response:
    """Give the table as a file, exactly as filtered."""
    wanted = asking.asked()
    found = demand_table(wanted)
    marks = marks_beside(wanted.by, found.keys, area=wanted.area)
    return table_file("demande", kind, found.rows(), columns=file_columns(wanted, found.columns, marks))


@blueprint.get("/lignes")
def rows() -> str:
    """Show the needs and the sessions behind a figure."""
    figure, page = asking.behind(), page_asked()
    label = label_of(figure) or abort(404)
    found = behind_of(figure)
    part = page_slice(page)
    names = {each.code: quarter_name(each) for each in quarters(clock.today())}
    return render_template(
        "staff/demand/rows.html",
        label=label,
        figure=figure,
        kept={name: word for name, word in request.args.items() if name not in {"cle", "page"}},
        quarter=names.get(figure.quarter, _("Toutes les dates")),
        area=area_labels([figure.area])[figure.area] if figure.area else "",
        found=found,
        needs=needs_with(list(found.needs)[part]),
        sessions=sessions_with(list(found.sessions)[part]),
        marks=marks_of(figure.by, figure.key, area=figure.area),
        words=words,
        mark_words=mark_words,
        pages_links=page_links(page, max(len(found.needs), len(found.sessions))),
    )
