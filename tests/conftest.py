"""The fixtures of the house. Everything they need is in tests/harness/."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from types import ModuleType
from typing import Any

import pytest
from flask import Flask

from campus import clock
from campus import db as campus_db
from campus.config import Settings
from campus.models import Account
from campus.queries import kept, live_index, report_kept, understanding
from campus.web import make_app
from tests import make as builders
from tests.harness import browser as browsing
from tests.harness.client import CheckedClient
from tests.harness.counting import Queries, counted
from tests.harness.databases import Databases, untouched
from tests.harness.plugin import (  # noqa: F401 (hooks: pytest finds them here)
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_report_header,
    pytest_sessionfinish,
    pytest_unconfigure,
)

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
KEY = "a-key-for-tests-only-that-is-long-enough"


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """The databases of this worker, migrated when first asked for."""
    made = Databases(tmp_path_factory.mktemp("databases"), os.environ.get("PYTEST_XDIST_WORKER", "alone"))
    yield made
    made.close()


@pytest.fixture(params=BOTH)
def db(request: pytest.FixtureRequest, databases: Databases) -> Iterator[ModuleType]:
    """The database, on SQLite and then on PostgreSQL; whatever a test commits is undone after it."""
    understanding.forget()
    live_index.forget()
    kept.forget()
    report_kept.forget()
    with untouched(databases.engine(request.param)):
        yield campus_db


@pytest.fixture
def make(db: ModuleType) -> ModuleType:
    """The builders: `make.need()`, `make.course()`..."""
    return builders


@pytest.fixture(scope="session")
def made_app() -> Flask:
    """The application of this worker; it works on whatever database a test has opened."""
    made = make_app(Settings(database_url="sqlite://", secret_key=KEY))
    made.testing = True
    made.test_client_class = CheckedClient
    # A crash must reach the test as it is, not as the page that people see.
    made.error_handler_spec[None][None].pop(Exception)
    return made


@pytest.fixture
def app(made_app: Flask, db: ModuleType) -> Flask:
    """The application on the test's database."""
    return made_app


@pytest.fixture
def client(app: Flask) -> CheckedClient:
    """A browser without a person: every HTML answer is checked."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask) -> Callable[[Account], CheckedClient]:
    """Give a browser in which this person is signed in."""
    return lambda account: app.test_client().sign_in_as(account)


@pytest.fixture
def as_employer(make: ModuleType, sign_in: Callable[[Account], CheckedClient]) -> CheckedClient:
    """A browser of somebody who manages a verified organisation; `as_employer.account` is the person."""
    return sign_in(make.employer())


@pytest.fixture
def as_trainee(make: ModuleType, sign_in: Callable[[Account], CheckedClient]) -> CheckedClient:
    """A browser of a trainee."""
    return sign_in(make.trainee())


@pytest.fixture
def as_staff(make: ModuleType, sign_in: Callable[[Account], CheckedClient]) -> CheckedClient:
    """A browser of somebody of the campus's staff."""
    return sign_in(make.staff())


@pytest.fixture
def as_observer(make: ModuleType, sign_in: Callable[[Account], CheckedClient]) -> CheckedClient:
    """A browser of an observer."""
    return sign_in(make.observer())


@pytest.fixture
def count_queries() -> Callable[..., AbstractContextManager[Queries]]:
    """Count the queries of a block: `with count_queries(at_most=12): ...`."""
    return counted


@pytest.fixture(autouse=True)
def running_clock() -> Iterator[None]:
    """Let the clock run again after each test: where it stands, what is kept in memory by a moment looks up to date."""
    yield
    clock.freeze(None)


@pytest.fixture
def stop_clock() -> Callable[[datetime], None]:
    """Stop the clock at an instant: `stop_clock(datetime(2027, 3, 1, tzinfo=UTC))`; call again to travel."""
    return clock.freeze


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The browser of this run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = browsing.launch(playwright)
        yield opened
        opened.close()


@pytest.fixture
def live_kind() -> str:
    """The database of the live server; a test that wants PostgreSQL there overrides this."""
    return "sqlite"


@pytest.fixture
def live_server(made_app: Flask, databases: Databases, live_kind: str, tmp_path: Any) -> Iterator[str]:
    """The address of a server on a database of its own, in which what a test makes is really committed."""
    with databases.copy(live_kind, tmp_path / "live.sqlite"), browsing.serving(made_app) as address:
        yield address


@pytest.fixture
def live_make(live_server: str) -> ModuleType:
    """The builders, on the database of the live server."""
    return builders


@pytest.fixture
def visit(browser: Any, made_app: Flask, live_server: str) -> Callable[..., AbstractContextManager[Any]]:
    """Open the site as a new person: `with visit(java_script_enabled=False) as page: ...`; signed in with `account`."""

    def open_page(account: Account | None = None, **options: Any) -> AbstractContextManager[Any]:
        cookie = browsing.cookie_for(made_app, account, live_server) if account else None
        return browsing.visit(browser, live_server, cookie, **options)

    return open_page


@pytest.fixture
def axe() -> Callable[[Any], None]:
    """Assert that a page breaks no accessibility rule: `axe(page)`."""
    return browsing.assert_accessible


@pytest.fixture
def shared() -> str:
    """The folder of real reference data beside the checkout; mark such tests `shared`."""
    return os.environ["CAMPUS_SHARED"]
