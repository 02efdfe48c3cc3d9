"""Answers that are files: named by the server, never kept by caches."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flask import Response

from campus import clock
from campus.exchange.tables import Column, Sheet, to_csv, to_workbook, to_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_file(name: str, kind: str, rows: Sequence[Any], *, columns: Sequence[Column[Any]]) -> Response:
    """Answer with a table as CSV or XLSX, named by what it is and the day."""
    csv = kind == "csv"
    content = to_csv(rows, columns) if csv else to_xlsx(rows, columns)
    answer = Response(content, mimetype="text/csv" if csv else XLSX)
    return named(answer, f"{name}-{clock.today().isoformat()}.{kind}")


def workbook_file(name: str, sheets: Sequence[Sheet[Any]]) -> Response:
    """Answer with several tables as one XLSX workbook."""
    return named(Response(to_workbook(sheets), mimetype=XLSX), f"{name}.xlsx")


def pdf_file(name: str, content: bytes) -> Response:
    """Answer with a PDF."""
    return named(Response(content, mimetype="application/pdf"), f"{name}.pdf")


def named(answer: Response, name: str, *, shown: bool = False) -> Response:
    """Give an answer its file's name, saved by the browser unless it is to be shown; no cache keeps it."""
    answer.headers["Content-Disposition"] = f'{"inline" if shown else "attachment"}; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def json_file(name: str, content: Any) -> Response:
    """Answer with values as JSON, named by what it is and the day; days and keys are written as text."""
    answer = Response(json.dumps(content, ensure_ascii=False, indent=2, default=str), mimetype="application/json")
    return named(answer, f"{name}-{clock.today().isoformat()}.json")
