"""The lock of a course session's seats: a person leaves and another comes, in two connections at the same moment."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import text

from campus import db as campus_db
from campus.models import Account, CourseSession, Enrolment, EnrolmentState
from campus.services.enrolments import apply, withdraw
from tests import make

LONGEST_S = 20


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def real_db(request, databases, tmp_path):
    """A database of its own, in which everything is really committed."""
    with databases.copy(request.param, tmp_path / "lock.sqlite"):
        yield


def somebody_is_kept_waiting():
    """Tell whether another transaction waits for this one: in our line before SQLite, or for a row of PostgreSQL."""
    if campus_db.is_sqlite():
        return len(campus_db.writers) > 0
    kept = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
    return campus_db.session.scalar(text(kept)) > 0


def test_whoever_comes_while_a_seat_is_freed_gets_it_and_does_not_wait_beside_it(real_db):
    course_session = make.course_session(seats_min=1, seats_max=1)
    leaving, coming = make.enrolment(course_session, make.account()), make.account()
    meet = threading.Barrier(2, timeout=LONGEST_S)

    def come():
        meet.wait()
        with campus_db.transaction():
            there = campus_db.session.get_one(CourseSession, course_session.id)
            apply(campus_db.session.get_one(Account, coming.id), there)

    newcomer = threading.Thread(target=come)
    newcomer.start()
    with campus_db.transaction():
        gone = campus_db.session.get_one(Enrolment, leaving.id)
        withdraw(gone.account, gone)
        meet.wait()
        until = time.monotonic() + LONGEST_S
        while not somebody_is_kept_waiting():
            assert time.monotonic() < until, "the newcomer never came to the seats"
    newcomer.join(LONGEST_S)

    came = campus_db.session.query(Enrolment).filter_by(account_id=coming.id).one()
    assert (came.state, came.course_session.seats_taken) == (EnrolmentState.APPLIED, 1)
