"""Tests leave no trace, reach no network, and count what they claim to count."""

import socket
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from campus import clock
from campus.models import Account


@pytest.mark.parametrize("turn", [1, 2])
def test_what_one_test_commits_another_does_not_see(turn, make, db):
    make.trainee(email="la.meme@exemple.fr")
    db.session.commit()
    assert db.session.scalar(select(func.count(Account.id))) == 1


def test_what_is_rolled_back_is_gone_and_what_was_committed_stays(make, db):
    make.trainee()
    db.session.add(Account(email="perdue@exemple.fr", display_name="Perdue", role="trainee"))
    db.session.flush()
    db.session.rollback()
    assert db.session.scalar(select(func.count(Account.id))) == 1


def test_the_network_is_off():
    with socket.socket() as outside, pytest.raises((UserWarning, RuntimeError), match=r"192\.0\.2\.1"):
        outside.connect(("192.0.2.1", 80))


def test_queries_are_counted_and_writes_told_apart(make, db, count_queries):
    with count_queries() as seen:
        db.session.scalar(select(func.count(Account.id)))
        make.trainee()
    assert (len(seen), len(seen.writes())) == (2, 1)


def test_too_many_queries_fail(db, count_queries):
    with pytest.raises(AssertionError, match="1 queries where 0"), count_queries(at_most=0):
        db.session.scalar(select(func.count(Account.id)))


def test_a_stopped_clock_stands_still(stop_clock):
    noon = datetime(2027, 3, 1, 12, tzinfo=UTC)
    stop_clock(noon)
    assert clock.now() == noon
