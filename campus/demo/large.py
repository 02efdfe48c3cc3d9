"""A large campus, generated: the shapes of the real thing, and the same rows for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import insert

from campus import db
from campus.changes import note_everything
from campus.demo.generated.courses import course_tables
from campus.demo.generated.draw import Draw, Row, Table
from campus.demo.generated.needs import need_tables
from campus.demo.generated.people import people_tables
from campus.services import matches
from campus.services.revisions import bump

Progress = Callable[[str, int, int], None]
SEED = 28085
BATCH = 5000


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    needs: int = 5_000
    courses: int = 1_000
    sessions: int = 3_000
    trainees: int = 20_000
    organisations: int = 400

    def times(self, factor: float) -> Size:
        """Give this share of everything, at least one of each."""
        return Size(**{name: max(1, round(count * factor)) for name, count in vars(self).items()})


def generate(size: Size, progress: Progress, *, seed: int = SEED) -> None:
    """Write a large campus beside what is there, in the caller's transaction."""
    made: dict[str, list[Row]] = {}
    for name, model, rows in _tables(Draw(seed), size, made):
        made[model.__tablename__] = [*made.get(model.__tablename__, []), *rows]
        for start in range(0, len(rows), BATCH):
            progress(name, start, len(rows))
            db.session.execute(insert(model.__table__), rows[start : start + BATCH])
        progress(name, len(rows), len(rows))
    bump("catalogue")
    note_everything(db.session())
    needs = [row["id"] for row in made["needs"]]
    matches.match_all(needs, lambda done: progress("Rapprochements", done, len(needs)))


def _tables(draw: Draw, size: Size, made: dict[str, list[Row]]) -> Iterator[Table]:
    """Give the rows table by table, each after those that it points to, which are in `made` by then."""
    yield from people_tables(draw, organisations=size.organisations, trainees=size.trainees)
    trainees = made["accounts"][size.organisations :]
    yield from course_tables(draw, trainees, courses=size.courses, sessions=size.sessions)
    yield from need_tables(draw, made["organisations"], made["accounts"], count=size.needs)
