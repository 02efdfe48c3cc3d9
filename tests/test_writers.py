"""SQLite lets one writer in at a time: whoever came first goes first, and nobody waits for ever."""

import sqlite3
import threading
import time
from contextlib import closing

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from campus import db


@pytest.fixture
def file(tmp_path, databases):
    """An embedded database of its own, in use."""
    before = databases.engine("sqlite")
    place = tmp_path / "writers.sqlite"
    made = db.configure(f"sqlite:///{place}")
    with db.transaction() as session:
        session.execute(text("CREATE TABLE written (who INTEGER)"))
    yield place
    made.dispose()
    db.use(before)


@pytest.fixture
def holder(file):
    """Somebody from elsewhere who is writing."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other


def write(who):
    with db.transaction() as session:
        session.execute(text("INSERT INTO written VALUES (:who)"), {"who": who})


def wait_until(condition):
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.001)


def test_writers_go_in_the_order_in_which_they_came(holder, file):
    writers = [threading.Thread(target=write, args=(who,)) for who in range(12)]
    for place, writer in enumerate(writers, start=1):
        writer.start()
        wait_until(lambda place=place: len(db.writers) == place)
    holder.execute("COMMIT")
    for writer in writers:
        writer.join()
    assert [row[0] for row in holder.execute("SELECT who FROM written")] == list(range(12))


def test_a_writer_who_waited_too_long_is_told_and_can_try_again(holder, monkeypatch):
    monkeypatch.setattr(db, "BUSY_TIMEOUT_S", 0.05)
    with pytest.raises(OperationalError, match="locked"):
        write(1)
    holder.execute("COMMIT")
    write(2)
    assert holder.execute("SELECT who FROM written").fetchall() == [(2,)]


def test_who_gives_up_the_line_leaves_it_to_the_next():
    line = db.Turnstile()
    with line.turn(1) as first, line.turn(0.01) as second:
        assert (first, second) == (True, False)
    with line.turn(1) as again:
        assert again


def test_readers_do_not_wait_for_the_writer(holder):
    db.begin_writing(write=False)
    assert db.session.execute(text("SELECT count(*) FROM written")).scalar() == 0
    db.close()
