"""A dossier as parts, each a table with its words: printed as PDF, or a sheet each of a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask import url_for
from flask_babel import gettext as _

from campus import clock
from campus.exchange import pdf
from campus.exchange.tables import Cell, Column, Sheet
from campus.services.paper_facts import letterhead
from campus.web.dossiers.editions import said
from campus.web.filters import language, number, short_day

Cells = Sequence[Cell]
NARROWEST, WIDEST = 6, 36


@dataclass(frozen=True)
class Part:
    """One table: its title, what it means, its columns and rows; a chart shows one column of numbers by another."""

    title: str
    text: tuple[str, ...]
    header: tuple[str, ...]
    rows: Sequence[Cells]
    chart: str = ""
    charted: int = 1


@dataclass(frozen=True)
class Told:
    """A dossier: its title, the period, the day of its figures, its parts; wide ones are printed across the page.

    The internal edition hides nothing, and says on its title, its file and its first sheet that it is not to be given.
    """

    name: str
    title: str
    period: str
    day: date
    parts: Sequence[Part]
    wide: bool = False
    internal: bool = False

    @property
    def heading(self) -> str:
        """Give the title with the edition where it is the internal one."""
        return _("%(title)s. %(edition)s", title=self.title, edition=_edition(self)) if self.internal else self.title

    @property
    def file_name(self) -> str:
        """Name the file by what it holds, its edition and its day."""
        return "-".join([self.name, *(["interne-a-ne-pas-diffuser"] if self.internal else []), self.day.isoformat()])


def _edition(told: Told) -> str:
    return _("Édition interne, à ne pas diffuser") if told.internal else _("Édition pour les financeurs")


def as_pdf(told: Told) -> bytes:
    """Print a dossier."""
    dossier = pdf.Dossier(
        campus=letterhead(),
        title=told.heading,
        period=told.period,
        day=short_day(told.day),
        sections=tuple(_section(part) for part in told.parts),
        wide=told.wide,
    )
    address = url_for("staff.dossiers.index", _external=True)
    stamp = pdf.Stamp(told.name, 1, short_day(clock.today()), "", address, language())
    return pdf.render(dossier, stamp, at=clock.now())


def as_sheets(told: Told) -> list[Sheet[Cells]]:
    """Give the sheets of a workbook: the first says what the others are, on which day, and what their words mean."""
    about = [(told.heading, f"{told.period}"), (_("Édition"), _edition(told))]
    about += [(_("Chiffres au"), short_day(told.day)), (_("Imprimé le"), short_day(clock.today()))]
    about += [(part.title, line) for part in told.parts for line in part.text]
    first = Sheet(_("À lire"), about, [_column(_("Sujet"), 0), _column(_("Ce que cela veut dire"), 1)])
    return [first, *(_sheet(part) for part in told.parts)]


def _sheet(part: Part) -> Sheet[Cells]:
    return Sheet(part.title, part.rows, [_column(title, place) for place, title in enumerate(part.header)])


def _column(title: str, place: int) -> Column[Cells]:
    return Column(title, lambda row: row[place])


def _section(part: Part) -> pdf.Section:
    hidden = said(None)
    numeric = tuple(
        bool(part.rows)
        and all(row[place] == hidden or isinstance(row[place], int | Decimal | None) for row in part.rows)
        for place in range(len(part.header))
    )
    rows = tuple(tuple(map(_said, row)) for row in part.rows)
    text = part.text if part.rows else (*part.text, _("Rien à compter pour cette période."))
    widths = tuple(_width(title, [row[place] for row in rows]) for place, title in enumerate(part.header))
    return pdf.Section(part.title, text, part.header, numeric, widths, rows, _chart(part))


def _width(title: str, texts: Sequence[str]) -> int:
    """Give a column the width of its longest text, within bounds, and of the longest word of its title."""
    longest = max(map(len, texts), default=0)
    return max(min(longest, WIDEST), *map(len, title.split()), NARROWEST)


def _said(cell: Cell) -> str:
    if cell is None:
        return "–"
    if isinstance(cell, int | Decimal):
        return number(float(cell))
    return short_day(cell) if isinstance(cell, date) else str(cell)


def _chart(part: Part) -> pdf.Chart | None:
    shown = [(str(row[0]), row[part.charted]) for row in part.rows if isinstance(row[part.charted], int | Decimal)]
    most = max((float(value) for _label, value in shown), default=0)  # type: ignore[arg-type]
    if not part.chart or not most:
        return None
    bars = tuple(pdf.Bar(label, _said(value), round(100 * float(value) / most, 1)) for label, value in shown)  # type: ignore[arg-type]
    said = " ; ".join(f"{bar.label} : {bar.value}" for bar in bars)
    return pdf.Chart(part.chart, _("%(caption)s. %(values)s.", caption=part.chart, values=said), bars)
