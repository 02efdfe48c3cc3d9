"""A large campus, generated: the shapes of the real thing, and the same rows for the same seed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlalchemy import insert

from campus import db
from campus.changes import note_everything
from campus.demo.generated.courses import Courses, Sessions
from campus.demo.generated.draw import Draw, Row, Table
from campus.demo.generated.enrolments import Enrolments
from campus.demo.generated.ladder import Ladder
from campus.demo.generated.ledger import Ledger
from campus.demo.generated.needs import Followed, draw_need, need_tables
from campus.demo.generated.people import people_tables
from campus.models import AuditEvent, CourseSession
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
    yield from people_tables(draw, organisations=size.organisations, trainees=size.trainees, courses=size.courses)
    people = made["accounts"]
    courses = Courses(draw, size.courses)
    sessions = Sessions(draw, courses, size.sessions)
    enrolments = Enrolments(draw, courses, [each for each in people if each["role"] == "trainer"])
    trainees = iter([each for each in people if each["role"] == "trainee"])
    ledger = Ledger(draw, sessions, enrolments, people=trainees)
    ladder = Ladder(draw, ledger)
    needs = [_need(draw, n, people=people, sites=made["organisations"]) for n in range(size.needs)]
    for need in needs:
        ladder.live(need)
    for person in trainees:
        session = sessions.any()
        enrolments.apply(session, person, earliest=draw.later(session["starts_on"], -90, -15))
    yield from courses.tables()
    yield "Sessions", CourseSession, sessions.rows
    for told in (need_tables(needs), ladder.tables(), enrolments.tables(), ledger.tables()):
        yield from told
    yield "Journal d’audit", AuditEvent, [*sessions.log(), *enrolments.log, *ladder.log]


def _need(draw: Draw, n: int, *, people: list[Row], sites: list[Row]) -> Followed:
    place = draw.luck.randrange(len(sites))
    return draw_need(draw, n, site=sites[place], author=people[place])
