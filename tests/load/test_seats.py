"""A crowd, then thousands of people for twelve seats, through gunicorn, on both databases."""

from __future__ import annotations

from collections import Counter

import pytest
from sqlalchemy import select, text

from campus import db as campus_db
from campus.config import Settings
from campus.models import HOLDS_SEAT, CourseSession, Enrolment, EnrolmentState
from campus.web import make_app
from tests import make as builders
from tests.load.crowd import KEY, WORKERS, Report, gunicorn, rush, sign_everybody_in

SEATS = 12
FEW = 3  # processes, for a small crowd: enough to meet at a seat, and most of the time goes into starting them
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("load"), pytest.mark.timeout(600)]


@pytest.fixture(params=BOTH)
def url(request, databases, tmp_path):
    """A database of its own, in which everything is really committed."""
    with databases.copy(request.param, tmp_path / "load.sqlite") as address:
        yield address


def rush_for_seats(
    url: str, people: int, *, workers: int, twin: bool = False
) -> tuple[Report, CourseSession, list[Enrolment]]:
    """Let a crowd apply for one course session; give the answers and what the database then holds."""
    app = make_app(Settings(database_url=url, secret_key=KEY))
    wanted = builders.course_session(seats_min=1, seats_max=SEATS)
    campus_db.session.commit()
    crowd = sign_everybody_in(app, people)
    if twin and not campus_db.is_sqlite():
        campus_db.session.execute(text("ALTER TABLE course_sessions DROP CONSTRAINT ck_course_sessions_seats_taken"))
        campus_db.session.commit()
    campus_db.session.remove()
    with gunicorn(url, twin=twin, workers=workers) as port:
        report = rush(port, f"/parcours/candidatures/{wanted.id}", crowd)
    print(f"\n{campus_db.engine().dialect.name}{', without the lock' if twin else ''}: {report}")  # noqa: T201 (figures)
    rows = list(campus_db.session.scalars(select(Enrolment).where(Enrolment.course_session_id == wanted.id)))
    return report, campus_db.session.get_one(CourseSession, wanted.id), rows


def check_seats(url: str, people: int, workers: int) -> None:
    """Assert what must hold after the rush: twelve seats, everybody else in line, nobody twice, no error."""
    report, course_session, rows = rush_for_seats(url, people, workers=workers)

    assert set(report.statuses) == {303}
    assert Counter(row.state for row in rows) == {
        EnrolmentState.APPLIED: SEATS,
        EnrolmentState.WAITLISTED: people - SEATS,
    }
    assert sorted(row.rank for row in rows if row.rank) == list(range(1, people - SEATS + 1))
    assert len({row.account_id for row in rows}) == people
    assert (course_session.seats_taken, course_session.last_rank) == (SEATS, people - SEATS)


def test_sixty_people_for_twelve_seats(url):
    check_seats(url, 60, FEW)


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_ten_thousand_people_and_five_hundred_double_clicks_for_twelve_seats(url):
    check_seats(url, 10_000, WORKERS)


ONE_TWIN = [
    pytest.param("postgresql", 60, FEW, marks=pytest.mark.postgresql),
    pytest.param("sqlite", 60, FEW, marks=pytest.mark.long),
    pytest.param("postgresql", 2_000, WORKERS, marks=[pytest.mark.postgresql, pytest.mark.long]),
    pytest.param("sqlite", 2_000, WORKERS, marks=pytest.mark.long),
]


@pytest.mark.parametrize(("url", "people", "workers"), ONE_TWIN, indirect=["url"])
def test_without_the_lock_the_same_crowd_shows_the_fault(url, people, workers):
    _report, _course_session, rows = rush_for_seats(url, people, workers=workers, twin=True)

    holders = sum(row.state in HOLDS_SEAT for row in rows)
    print(f"without the lock: {holders} people hold {SEATS} seats")  # noqa: T201 (figures)
    assert holders > SEATS
