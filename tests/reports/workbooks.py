"""Reading what the reports answer: workbooks sheet by sheet, tables of pages row by row."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

from python_calamine import CalamineWorkbook

from tests.harness.pages import words


def sheets_of(browser, name, *, edition="interne", **asked):
    """Read the workbook of a dossier, the internal edition: its sheets as rows, by their names, in their order."""
    asked["edition"] = edition
    answer = browser.get(f"/campus/dossiers/{name}.xlsx", query_string=asked)
    assert answer.status_code == 200
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def tables_of(page):
    """Read the tables of a page: each its rows under the heading, every cell in its words."""
    return [[[words(cell) for cell in row] for row in table.iter("tr")][1:] for table in page.all("table")]


def cells(rows):
    """Write rows as a workbook gives them back: numbers are floats, what is empty is a text, spaces are plain."""
    return [[_cell(each) for each in row] for row in rows]


def _cell(value):
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, str):
        return " ".join(value.replace("\u2019", "'").split())
    if value is None or isinstance(value, date):
        return "" if value is None else value
    return float(round(Decimal(value), 6)) if not isinstance(value, float) else round(value, 6)
