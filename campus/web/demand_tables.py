"""The demand table as pages and files show it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _

from campus.exchange.tables import Column
from campus.planning.quarters import Quarter
from campus.queries.demand import Asked, By, DemandRow, Step
from campus.queries.demand_published import PublishedRow
from campus.queries.marks import Told
from campus.web import demand_words as words
from campus.web import mark_words
from campus.web.demand_words import level_name, quarter_name
from campus.web.heat import Cell, HeatRow

Address = Callable[[DemandRow, Quarter | None], str]
DemandColumn = Column[DemandRow]


def detail(by: By, row: DemandRow) -> str:
    """Say the level of a row, when it has one."""
    return level_name(row.level) if by is By.SKILL else ""


def heat_rows(asked: Asked, rows: list[DemandRow], columns: tuple[Quarter, ...], *, address: Address) -> list[HeatRow]:
    """Draw the rows, all dates first; each cell with a figure opens what is behind it."""
    return [
        HeatRow(
            label=row.label,
            detail=detail(asked.by, row),
            cells=(_all_dates(row, address(row, None)), *(_cell(row, each, address(row, each)) for each in columns)),
            note=steps_said(row),
        )
        for row in rows
    ]


def steps_said(row: DemandRow) -> str:
    """Say the posts of each step of a row."""
    return ", ".join(f"{words.STEPS[step]} {row.steps[step]}" for step in Step)


def _all_dates(row: DemandRow, url: str) -> Cell:
    return Cell(row.total_posts, row.total_seats, url, note=words.surely(row.missing))


def _cell(row: DemandRow, quarter: Quarter, url: str) -> Cell:
    posts, seats = row.posts[quarter], row.seats[quarter]
    return Cell(posts, seats, url if posts or seats else "")


def public_rows(
    rows: list[PublishedRow], columns: Sequence[Quarter], address: Callable[[int | str, Quarter], str]
) -> list[HeatRow]:
    """Draw the rows with the hidden figures left out; each other figure opens what is behind it."""
    return [
        HeatRow(
            label=row.label,
            detail="",
            cells=tuple(
                Cell(
                    posts or 0,
                    seats,
                    address(row.key, quarter) if posts is not None and (posts or seats) else "",
                    hidden=posts is None,
                    note=_("hors chiffres cachés") if partial else "",
                )
                for quarter, posts, seats, partial in zip(columns, row.posts, row.seats, row.partial, strict=True)
            ),
        )
        for row in rows
    ]


Marks = Mapping[Any, Sequence[Told]]


def file_columns(asked: Asked, columns: tuple[Quarter, ...], marks: Marks) -> list[DemandColumn]:
    """List the columns of the file: each quarter's figures, the sums, each step, the range, and the external marks."""
    made: list[DemandColumn] = [Column(str(words.FIRST[asked.by]), lambda row: row.label)]
    if asked.by is By.SKILL:
        made.append(Column(_("Niveau"), lambda row: row.level or None))
    made.append(Column(_("Postes comptés"), lambda _row: str(words.STEPS[asked.step])))
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
        *_step_columns(),
        *_range_columns(),
        *_mark_columns(asked.by, marks),
    ]


def _mark_columns(by: By, marks: Marks) -> list[DemandColumn]:
    """Tell external marks last, in a column of their own, as words: nobody adds them to ours by mistake."""
    if not marks:
        return []
    title = _("Repère externe, pour la famille") if by is By.OCCUPATION else _("Repère externe")
    return [Column(title, lambda row: ", ".join(mark_words.told(marks.get(row.key, []))))]


def _step_columns() -> list[DemandColumn]:
    made: list[DemandColumn] = [
        Column(_("Total, postes %(step)s", step=str(words.STEPS[step])), lambda row, s=step: row.steps[s])
        for step in (Step.DECLARED, Step.CONFIRMED, Step.COMMITTED)
    ]
    return [
        *made,
        Column(_("Total, embauches constatées"), lambda row: row.steps[Step.OBSERVED]),
        Column(_("Personnes en formation"), lambda row: row.people),
    ]


def _range_columns() -> list[DemandColumn]:
    return [
        Column(_("Places manquantes, au moins (%(sure)s)", sure=words.SURE_SAID), lambda row: row.missing.low),
        Column(_("Places manquantes, en moyenne"), lambda row: round(row.missing.mean, 1)),
        Column(_("Places manquantes, au plus (%(sure)s)", sure=words.SURE_SAID), lambda row: row.missing.high),
    ]
