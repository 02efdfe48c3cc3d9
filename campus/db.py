"""The engine, and the session of the current request (or command, or task).

Where SQLite and PostgreSQL differ, the difference has its name here: `begin_writing` takes SQLite's write lock
before the first read, because a reader cannot become a writer while somebody else writes; PostgreSQL locks rows,
and `one_at_a_time` locks a name there.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, scoped_session, sessionmaker

_factory: sessionmaker[Session] = sessionmaker(expire_on_commit=False)
session: scoped_session[Session] = scoped_session(_factory)
_engine: Engine | None = None
_mode = threading.local()

BUSY_TIMEOUT_S = 10


def configure(url: str) -> Engine:
    """Open the database at this address for the whole process."""
    use(make_engine(url))
    return engine()


def make_engine(url: str) -> Engine:
    """Make an engine that behaves the same on SQLite and PostgreSQL."""
    address = make_url(normalise(url))
    if address.get_backend_name() != "sqlite":
        return create_engine(address, pool_pre_ping=True, pool_size=10)
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
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing() else "BEGIN")


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
    session.remove()
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
