"""What a dossier says: sections of text, tables and bar charts, each number with its label, definition and day.

One template prints them all. A chart is drawn from the numbers of the table under it, which is its alternative.
"""

from __future__ import annotations

from dataclasses import dataclass

from campus.exchange.pdf.papers import Paper


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its number in words, and its length in percent of the longest."""

    label: str
    value: str
    percent: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart: what it shows, and the same in words for who does not see it."""

    caption: str
    alternative: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a dossier: its title, what it means, a table, perhaps a chart.

    Columns of numbers are set right; `widths` says how wide each column is beside the others.
    """

    title: str
    text: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    numeric: tuple[bool, ...] = ()
    widths: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    chart: Chart | None = None


@dataclass(frozen=True, slots=True)
class Dossier(Paper):
    """A dossier for sponsors: the period and the day of its figures, then its sections."""

    template = "dossier"
    title: str
    period: str
    day: str
    sections: tuple[Section, ...]
    wide: bool = False
