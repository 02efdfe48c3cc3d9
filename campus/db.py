"""The engine, and the session of the current request (or command, or task).

Where SQLite and PostgreSQL differ, the difference has its name here: `begin_writing` takes SQLite's write lock
before the first read, because a reader cannot become a writer while somebody else writes; PostgreSQL locks rows,
and `one_at_a_time` locks a name there.

SQLite's own wait for the write lock is unfair: it looks again after 1 ms, then 2, 5... up to 100, so that whoever has
waited longest looks least often, and newcomers pass. Here the threads of a process ask one after the other, in the
order of their coming, and each process at the same pace as the others, so that nobody is passed for long.
"""

from __future__ import annotations

import random
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from campus import changes

_factory: sessionmaker[Session] = sessionmaker(expire_on_commit=False)
session: scoped_session[Session] = scoped_session(_factory)
event.listen(_factory, "after_flush", changes.note_flush)
event.listen(_factory, "after_transaction_end", changes.forget_noted)
_engine: Engine | None = None
_mode = threading.local()

BUSY_TIMEOUT_S = 20  # below the 30 s after which gunicorn gives a request up
ASK_AGAIN_S = (0.001, 0.003)


class Turnstile:
    """Let threads through one at a time, in the order in which they came."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._line: deque[object] = deque()

    def __len__(self) -> int:
        """Count who is in line."""
        return len(self._line)

    @contextmanager
    def turn(self, longest_s: float) -> Iterator[bool]:
        """Wait in line, then keep the others waiting for as long as the block runs; False when the turn never came."""
        ticket = object()
        with self._changed:
            self._line.append(ticket)
            came = self._changed.wait_for(lambda: self._line[0] is ticket, longest_s)
        try:
            yield came
        finally:
            with self._changed:
                self._line.remove(ticket)
                self._changed.notify_all()


writers = Turnstile()


def configure(url: str) -> Engine:
    """Open the database at this address for the whole process, and close the one before."""
    before = _engine
    use(make_engine(url))
    if before is not None:
        before.dispose()
    return engine()


def make_engine(url: str) -> Engine:
    """Make an engine that behaves the same on SQLite and PostgreSQL."""
    address = make_url(normalise(url))
    if address.get_backend_name() != "sqlite":
        # Compiling a statement that looks dear takes half a second; a page's statements are over sooner than that.
        options = f"{address.query.get('options', '')} -c jit=off".strip()
        return create_engine(address, connect_args={"options": options}, pool_pre_ping=True, pool_size=10)
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(address, connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False})
    event.listen(made, "connect", _prepare_sqlite)
    event.listen(made, "begin", _begin_sqlite)
    return made


def normalise(url: str) -> str:
    """Accept the short forms of a PostgreSQL address."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    return url


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", f"busy_timeout={BUSY_TIMEOUT_S * 1000}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if writing():
        _begin_as_writer(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _begin_as_writer(connection: Connection) -> None:
    raw: Any = connection.connection.dbapi_connection
    raw.execute("PRAGMA busy_timeout=0")
    try:
        if not _took_write_lock(raw):
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # says why not, as an error of the engine
    finally:
        raw.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_S * 1000}")


def _took_write_lock(raw: Any) -> bool:
    """Wait for one's turn among the threads, then ask at an even pace; False after the busy timeout."""
    until = time.monotonic() + BUSY_TIMEOUT_S
    with writers.turn(BUSY_TIMEOUT_S) as mine:
        while mine and time.monotonic() < until:
            try:
                raw.execute("BEGIN IMMEDIATE")
                return True
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY:
                    return False
            time.sleep(random.uniform(*ASK_AGAIN_S))  # noqa: S311 (no secret: it only spreads those who ask)
    return False


def use(made: Engine) -> None:
    """Let sessions work on this engine from now on."""
    global _engine
    session.remove()
    _engine = made
    _factory.configure(bind=made, join_transaction_mode="conditional_savepoint")


def engine() -> Engine:
    """Give the engine in use."""
    if _engine is None:
        raise RuntimeError("the database has not been configured")
    return _engine


def is_sqlite() -> bool:
    """Tell whether the embedded database is in use."""
    return engine().dialect.name == "sqlite"


def insert_into(table: Any) -> Any:
    """Begin an INSERT that may say what to do about a row already there: each dialect has its own class for it."""
    return sqlite.insert(table) if is_sqlite() else postgresql.insert(table)


def begin_writing(write: bool = True) -> None:
    """Say whether the transaction to come will write; must come before its first query."""
    _mode.write = write


def writing() -> bool:
    """Tell whether the current transaction was announced as one that writes."""
    return bool(getattr(_mode, "write", False))


def one_at_a_time(name: str) -> None:
    """Let only one transaction at a time go past this point for a name; SQLite lets one writer in anyway."""
    if not is_sqlite():
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


def close() -> None:
    """End the session of this request: whatever was not committed is gone."""
    try:
        session.remove()
    except DBAPIError:
        session.registry.clear()  # the server went away after all was said: there is nothing left to undo
    _mode.write = False


@contextmanager
def transaction() -> Iterator[scoped_session[Session]]:
    """Run one command or task as one transaction: committed at the end, or not at all."""
    begin_writing()
    try:
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        close()


@contextmanager
def migrating(on: Engine) -> Iterator[Connection]:
    """Open one transaction in which tables may be rebuilt: SQLite then checks the keys at its end, not on the way."""
    begin_writing()
    try:
        with on.connect() as connection:
            _check_keys(connection, False)
            try:
                with connection.begin():
                    yield connection
                    _refuse_broken_keys(connection)
            finally:
                _check_keys(connection, True)
    finally:
        begin_writing(write=False)


def _check_keys(connection: Connection, check: bool) -> None:
    if connection.dialect.name == "sqlite":
        cursor = connection.connection.cursor()
        cursor.execute(f"PRAGMA foreign_keys={'ON' if check else 'OFF'}")
        cursor.close()


def _refuse_broken_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise RuntimeError(f"the migration leaves a key without its row: {broken}")


@contextmanager
def bound_to(connection: Connection) -> Iterator[None]:
    """Keep all sessions inside one connection's transaction, for tests that must leave no trace."""
    session.remove()
    previous = _factory.kw.get("bind")
    _factory.configure(bind=connection, join_transaction_mode="create_savepoint")
    try:
        yield
    finally:
        session.remove()
        _factory.configure(bind=previous, join_transaction_mode="conditional_savepoint")
