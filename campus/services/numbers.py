"""Numbers that nobody else gets: one row per series, counted on by whoever writes first."""

from __future__ import annotations

from campus import db
from campus.models import Revision


def next_number(series: str) -> int:
    """Take the next number of a series; another transaction waits until this one has ended."""
    insert = db.insert_into(Revision).values(name=series, number=1)
    counted = insert.on_conflict_do_update(index_elements=[Revision.name], set_={"number": Revision.number + 1})
    return db.session.scalars(counted.returning(Revision.number)).one()
