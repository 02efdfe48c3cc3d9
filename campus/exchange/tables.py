"""Tables for spreadsheets: CSV as French ones read it, and XLSX."""

import csv
import io
import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Row = TypeVar("Row")
Cell = str | int | float | Decimal | bool | date | datetime | None

FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
LOCAL_TIME = ZoneInfo("Europe/Paris")
LONGEST_TEXT = 32_767
FORBIDDEN_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
WIDTH = 8, 60


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its title, and how its cell is read from a row."""

    title: str
    value: Callable[[Row], Cell]


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """One sheet of a workbook."""

    name: str
    rows: Iterable[Row]
    columns: Sequence[Column[Row]]


def to_csv(rows: Iterable[Row], columns: Sequence[Column[Row]]) -> bytes:
    """Render CSV that a French spreadsheet opens as it is meant.

    UTF-8 with BOM, semicolons, CRLF, decimal commas, dates as 31/12/2026, times of Paris,
    oui and non. A text that a spreadsheet would run as a formula gets an apostrophe in
    front (OWASP, CSV injection); numbers stay numbers, negative ones included.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(column.title) for column in columns])
    writer.writerows([_csv_cell(column.value(row)) for column in columns] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def to_xlsx(rows: Iterable[Row], columns: Sequence[Column[Row]], *, sheet: str = "Feuille 1") -> bytes:
    """Render a workbook of one sheet: texts as texts, real numbers, real dates in Paris time."""
    return to_workbook([Sheet(sheet, rows, columns)])


def to_workbook(sheets: Iterable[Sheet[Any]]) -> bytes:
    """Render a workbook of several sheets; two with the same name get a number."""
    content, names = io.BytesIO(), set[str]()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as workbook:
        bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        formats = {
            date: workbook.add_format({"num_format": "dd/mm/yyyy"}),
            datetime: workbook.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
        }
        for number, sheet in enumerate(sheets, start=1):
            name = _sheet_name(sheet.name)
            name = f"{name[:27]} {number}" if name.casefold() in names else name
            names.add(name.casefold())
            _fill(workbook.add_worksheet(name), sheet, bold=bold, formats=formats)
    return content.getvalue()


def _fill(worksheet: Worksheet, sheet: Sheet[Any], *, bold: Format, formats: dict[type, Format]) -> None:
    for position, column in enumerate(sheet.columns):
        worksheet.write_string(0, position, column.title, bold)
    widths = [len(column.title) for column in sheet.columns]
    last = 0
    for last, row in enumerate(sheet.rows, start=1):
        for position, column in enumerate(sheet.columns):
            cell = column.value(row)
            widths[position] = max(widths[position], len(_csv_cell(cell)))
            _write(worksheet, (last, position), cell, formats=formats)
    _finish(worksheet, widths, last)


def _finish(worksheet: Worksheet, widths: Sequence[int], last_row: int) -> None:
    worksheet.freeze_panes(1, 0)
    for position, width in enumerate(widths):
        worksheet.set_column(position, position, min(max(width + 1, WIDTH[0]), WIDTH[1]))
    if widths:
        worksheet.autofilter(0, 0, last_row, len(widths) - 1)


def _write(worksheet: Worksheet, place: tuple[int, int], cell: Cell, *, formats: dict[type, Format]) -> None:
    if cell is None:
        return
    if isinstance(cell, bool):
        worksheet.write_boolean(*place, cell)
    elif isinstance(cell, int | float | Decimal) and math.isfinite(cell):
        worksheet.write_number(*place, float(cell))
    elif isinstance(cell, datetime):
        worksheet.write_datetime(*place, _local(cell).replace(tzinfo=None), formats[datetime])
    elif isinstance(cell, date):
        worksheet.write_datetime(*place, cell, formats[date])
    else:
        worksheet.write_string(*place, str(cell)[:LONGEST_TEXT])


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "oui" if cell else "non"
    if isinstance(cell, float | Decimal):
        return _decimal(cell)
    if isinstance(cell, datetime):
        return f"{_local(cell):%d/%m/%Y %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return str(cell) if isinstance(cell, int) else _harmless(cell)


def _decimal(number: float | Decimal) -> str:
    return format(Decimal(str(number)), "f").replace(".", ",")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _local(moment: datetime) -> datetime:
    return moment.astimezone(LOCAL_TIME) if moment.tzinfo else moment


def _sheet_name(name: str) -> str:
    return FORBIDDEN_IN_SHEET_NAMES.sub(" ", name).strip(" '")[:31].strip(" '") or "Feuille 1"
