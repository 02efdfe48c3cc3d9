"""The demand table as pages and files show it."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _

from campus.exchange.tables import Column
from campus.queries.demand import LATER, UNDATED, By, DemandRow, Quarter
from campus.web.heat import Cell, HeatRow

Address = Callable[[DemandRow, Quarter], str]


def quarter_name(quarter: Quarter) -> str:
    """Name a column."""
    if quarter == UNDATED:
        return _("Sans date")
    if quarter == LATER:
        return _("Plus tard")
    return _("T%(number)s %(year)s", number=quarter.number, year=quarter.year)


def detail(by: By, row: DemandRow) -> str:
    """Say the level of a row, when it has one."""
    if by is By.OCCUPATION:
        return ""
    return _("niveau %(level)s", level=row.level) if row.level else _("niveau non précisé")


def heat_rows(by: By, rows: list[DemandRow], columns: tuple[Quarter, ...], *, address: Address) -> list[HeatRow]:
    """Draw the rows; each cell with a figure opens what is behind it."""
    return [
        HeatRow(
            label=row.label,
            detail=detail(by, row),
            cells=tuple(
                Cell(row.posts[each], row.seats[each], address(row, each) if row.posts[each] or row.seats[each] else "")
                for each in columns
            ),
        )
        for row in rows
    ]


def public_rows(rows: list[DemandRow], columns: tuple[Quarter, ...]) -> list[HeatRow]:
    """Draw the rows with small cells hidden."""
    return [
        HeatRow(
            label=row.label,
            detail="",
            cells=tuple(Cell(row.posts[each], row.seats[each], hidden=row.small(each)) for each in columns),
        )
        for row in rows
    ]


def file_columns(by: By, columns: tuple[Quarter, ...]) -> list[Column[DemandRow]]:
    """List the columns of the file: posts, seats and gap of each quarter, and their sums."""
    first = _("Métier") if by is By.OCCUPATION else _("Compétence")
    made: list[Column[DemandRow]] = [Column(first, lambda row: row.label)]
    if by is By.SKILL:
        made.append(Column(_("Niveau"), lambda row: row.level or None))
    for each in columns:
        name = quarter_name(each)
        made += [
            Column(_("%(quarter)s, postes", quarter=name), lambda row, q=each: row.posts[q]),
            Column(_("%(quarter)s, places", quarter=name), lambda row, q=each: row.seats[q]),
            Column(_("%(quarter)s, écart", quarter=name), lambda row, q=each: row.posts[q] - row.seats[q]),
        ]
    return [
        *made,
        Column(_("Total, postes"), lambda row: row.total_posts),
        Column(_("Total, places"), lambda row: row.total_seats),
        Column(_("Total, écart"), lambda row: row.gap),
    ]
