"""The demand quarter after quarter: a chart with its table, and what is behind each point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask_babel import gettext as _

from campus import clock
from campus.exchange.tables import Column
from campus.queries.demand import area_labels
from campus.queries.demand_behind import Behind, label_of
from campus.queries.demand_trend import Point, trend, trend_needs, trend_quarters, trend_sessions
from campus.queries.paging import page_slice
from campus.web import demand_words as words
from campus.web.demand_words import quarter_name
from campus.web.downloads import table_file
from campus.web.paging import page_asked, page_links
from campus.web.staff import demand_asked as asking

blueprint = Blueprint("trend", __name__, url_prefix="/demande/evolution")
WIDE, HIGH, FLOOR, CEILING = 640, 240, 200, 24
KEPT = ("par", "cle", "niveau", "bassin")


@dataclass(frozen=True)
class Bar:
    """A bar of the chart, with its figure above it: positions in the units of the drawing."""

    kind: str
    x: float
    y: float
    width: float
    height: float
    count: int

    @property
    def middle(self) -> float:
        """Give where the figure stands."""
        return self.x + self.width / 2


def bars(points: list[Point]) -> list[Bar]:
    """Draw posts and seats of each quarter side by side, the highest of all reaching the ceiling."""
    step, most = WIDE / len(points), max([1, *(max(each.posts, each.seats) for each in points)])
    width, made = step * 0.36, []
    for place, each in enumerate(points):
        for side, (kind, count) in enumerate((("posts", each.posts), ("seats", each.seats))):
            height = round((FLOOR - CEILING) * count / most, 1)
            left = round(place * step + step * 0.12 + side * (width + step * 0.04), 1)
            made.append(Bar(kind, left, round(FLOOR - height, 1), round(width, 1), height, count))
    return made


@blueprint.get("/")
def index() -> str:
    """Show the trend of one row of the demand, or of all of it."""
    figure, label = _figure()
    points, kept = trend(figure), _kept()
    names = [quarter_name(each.quarter) for each in points]
    return render_template(
        "staff/trend/index.html",
        label=label,
        kept=kept,
        area=_area(figure),
        bars=bars(points),
        names=[(name, round(WIDE / len(points) * (place + 0.5), 1)) for place, name in enumerate(names)],
        size=(WIDE, HIGH, FLOOR),
        rows=[
            (name, each.posts, each.seats, url_for(".rows", trimestre=each.quarter.code, **kept))
            for name, each in zip(names, points, strict=True)
        ],
    )


@blueprint.get("/export.<any(csv, xlsx):kind>")
def export(kind: str) -> Response:
    """Give the trend as a file."""
    figure, label = _figure()
    columns: list[Column[Point]] = [
        Column(_("Demande"), lambda _point: label),
        Column(_("Trimestre"), lambda point: quarter_name(point.quarter)),
        Column(_("Postes"), lambda point: point.posts),
        Column(_("Places"), lambda point: point.seats),
        Column(_("Écart"), lambda point: point.posts - point.seats),
    ]
    return table_file("demande-evolution", kind, trend(figure), columns=columns)


@blueprint.get("/lignes")
def rows() -> str:
    """Show the needs and the sessions behind a point of the trend."""
    figure, label = _figure()
    shown = {each.code: each for each in trend_quarters(clock.today())}
    quarter = shown.get(figure.quarter) or abort(404)
    page = page_asked()
    part = page_slice(page)
    (needs, asked), (sessions, planned) = (find(figure, quarter, page=part) for find in (trend_needs, trend_sessions))
    return render_template(
        "staff/trend/rows.html",
        label=label,
        kept=_kept(),
        quarter=quarter_name(quarter),
        needs=needs,
        asked=asked,
        sessions=sessions,
        planned=planned,
        words=words,
        pages_links=page_links(page, max(asked, planned)),
    )


def _figure() -> tuple[Behind, str]:
    """Read what the trend is about, and name it; without a key it is the whole demand."""
    figure = asking.behind()
    if not request.args.get("cle"):
        return figure, _("Toute la demande")
    return figure, label_of(figure) or abort(404)


def _area(figure: Behind) -> str:
    return area_labels([figure.area])[figure.area] if figure.area else ""


def _kept() -> dict[str, Any]:
    return {name: word for name in KEPT if (word := request.args.get(name))}
