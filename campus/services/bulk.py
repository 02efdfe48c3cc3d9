"""Bring many rows of a table to what they should be, with as few statements as there are kinds of change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, bindparam, delete, insert, update

from campus import db

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """What is missing from a table, what differs in it, and the keys of what should not be there."""

    missing: list[Any]
    changed: list[Any]
    gone: list[Any]


def difference(rows: Mapping[Any, Any], wanted: Mapping[Any, Values]) -> Difference:
    """Compare the rows of a table with the values that they should have, by key."""
    return Difference(
        missing=[key for key in wanted if key not in rows],
        changed=[key for key, values in wanted.items() if key in rows and differs(rows[key], values)],
        gone=[key for key in rows if key not in wanted],
    )


def differs(row: Any, values: Values) -> bool:
    """Tell whether a row has another value in one of these columns."""
    return any(getattr(row, name) != value for name, value in values.items())


def add(table: Table, rows: Sequence[Values]) -> None:
    """Insert rows that all name the same columns."""
    if rows:
        db.session.execute(insert(table), [dict(row) for row in rows])


def change(table: Table, rows: Iterable[Values], *, keys: Sequence[str]) -> None:
    """Update rows found by these columns; all name the same columns."""
    values = [{f"new_{name}": value for name, value in row.items()} for row in rows]
    if not values:
        return
    names = [name.removeprefix("new_") for name in values[0]]
    query = update(table).where(*(table.c[key] == bindparam(f"new_{key}") for key in keys))
    db.session.execute(query.values({name: bindparam(f"new_{name}") for name in names if name not in keys}), values)


def drop(table: Table, rows: Iterable[Values], *, keys: Sequence[str]) -> None:
    """Delete rows found by these columns."""
    values = [{f"old_{key}": row[key] for key in keys} for row in rows]
    if values:
        query = delete(table).where(*(table.c[key] == bindparam(f"old_{key}") for key in keys))
        db.session.execute(query, values)
