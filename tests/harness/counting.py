"""Counting the queries of a page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

HOUSEKEEPING = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "PRAGMA")


class Queries(list[str]):
    """The statements sent while one looked."""

    def writes(self) -> list[str]:
        """List those that change something."""
        return [each for each in self if each.lstrip().split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}]


@contextmanager
def counted(at_most: int | None = None) -> Iterator[Queries]:
    """Collect the statements sent to the database; fail above a limit, when there is one."""
    seen = Queries()

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().upper().startswith(HOUSEKEEPING):
            seen.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    if at_most is not None:
        assert len(seen) <= at_most, f"{len(seen)} queries where {at_most} are enough:\n" + "\n".join(seen)
