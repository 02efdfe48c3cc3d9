"""Both databases, migrated once a worker; each test inside a transaction that is rolled back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import Engine
from sqlalchemy.engine import make_url

from campus import db, schema
from tests.harness.machine import POSTGRESQL

PREFIX = "campus_test_"


class Databases:
    """The databases of one worker, made when the first test asks for them."""

    def __init__(self, folder: Path, worker: str) -> None:
        self.file = folder / "campus.sqlite"
        self.name = f"{PREFIX}{os.getpid()}_{worker}"
        self.engines: dict[str, Engine] = {}

    def engine(self, kind: str) -> Engine:
        """Give the migrated database of this kind."""
        if kind not in self.engines:
            self.engines[kind] = migrated(self._address(kind))
        return self.engines[kind]

    def _address(self, kind: str) -> str:
        if kind == "sqlite":
            return f"sqlite:///{self.file}"
        create_database(self.name)
        return database_url(self.name)

    @contextmanager
    def copy(self, kind: str, file: Path) -> Iterator[str]:
        """Work on a copy of the migrated database, with data that is really committed; give its address."""
        self.engine(kind).dispose()
        name = f"{self.name}_copy"
        if kind == "sqlite":
            shutil.copy(self.file, file)
        else:
            create_database(name, template=self.name)
        address = f"sqlite:///{file}" if kind == "sqlite" else database_url(name)
        engine = db.configure(address)
        try:
            yield address
        finally:
            db.session.remove()
            engine.dispose()
            if kind == "postgresql":
                drop_database(name)

    def close(self) -> None:
        """Let go of the connections, and drop what was made on the server."""
        for engine in self.engines.values():
            engine.dispose()
        if "postgresql" in self.engines:
            drop_database(self.name)


def migrated(url: str) -> Engine:
    """Open a database and bring it to the current schema."""
    engine = db.make_engine(url)
    db.use(engine)
    schema.upgrade()
    return engine


@contextmanager
def untouched(engine: Engine) -> Iterator[None]:
    """Keep whatever a test commits inside one transaction, and undo it."""
    db.use(engine)
    with engine.connect() as connection:
        outer = connection.begin()
        try:
            with db.bound_to(connection):
                yield
        finally:
            outer.rollback()


def database_url(name: str) -> str:
    """Give the address of a database on the test server."""
    return make_url(os.environ[POSTGRESQL]).set(database=name).render_as_string(hide_password=False)


def create_database(name: str, *, template: str = "template0") -> None:
    """Make a database on the test server, empty or a copy, and sweep those that a killed run left behind."""
    with _server() as server:
        for leftover in _leftovers(server):
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(leftover)))
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
        server.execute(create.format(sql.Identifier(name), sql.Identifier(template)))


def drop_database(name: str) -> None:
    """Remove a database from the test server, whoever is still connected."""
    with _server() as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _server() -> psycopg.Connection:
    address = make_url(os.environ[POSTGRESQL]).set(drivername="postgresql")
    return psycopg.connect(address.render_as_string(hide_password=False), autocommit=True)


def _leftovers(server: psycopg.Connection) -> list[str]:
    query = """
        SELECT datname FROM pg_database WHERE starts_with(datname, %s)
        AND NOT EXISTS (SELECT 1 FROM pg_stat_activity WHERE pg_stat_activity.datname = pg_database.datname)
    """
    names = [row[0] for row in server.execute(query, (PREFIX,))]
    return [name for name in names if not _is_running(name.removeprefix(PREFIX).split("_")[0])]


def _is_running(pid: str) -> bool:
    if not pid.isdigit():
        return True
    try:
        os.kill(int(pid), 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
