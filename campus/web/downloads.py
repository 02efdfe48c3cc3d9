"""Answers that are files: named by the server, never kept by caches."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flask import Response

from campus import clock
from campus.exchange.tables import Column, to_csv, to_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_file(name: str, kind: str, rows: Sequence[Any], *, columns: Sequence[Column[Any]]) -> Response:
    """Answer with a table as CSV or XLSX, named by what it is and the day."""
    csv = kind == "csv"
    content = to_csv(rows, columns) if csv else to_xlsx(rows, columns)
    answer = Response(content, mimetype="text/csv" if csv else XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today().isoformat()}.{kind}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def json_file(name: str, content: Any) -> Response:
    """Answer with values as JSON, named by what it is and the day; days and keys are written as text."""
    answer = Response(json.dumps(content, ensure_ascii=False, indent=2, default=str), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{clock.today().isoformat()}.json"'
    answer.headers["Cache-Control"] = "no-store"
    return answer
