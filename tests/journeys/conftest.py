"""What journeys share: who reads (database, language, script), a page opened by somebody, and the clock's work."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest

from campus import db
from campus.models import Account
from campus.tasks.kinds import KINDS

Reader = tuple[str, str, bool]


@pytest.fixture
def reader(request: pytest.FixtureRequest) -> Reader:
    """Database, language and script of the reader; a test says others by `indirect` parameters (see `readers`)."""
    return getattr(request, "param", ("sqlite", "fr", True))


@pytest.fixture
def live_kind(reader: Reader) -> str:
    """The database of the live server."""
    return reader[0]


@pytest.fixture
def at(reader: Reader) -> Callable[[str], str]:
    """Give an address in the reader's language."""
    return lambda path: f"/en{path}" if reader[1] == "en" else path


@pytest.fixture
def enter(reader: Reader, at: Any, visit: Any) -> Callable[..., AbstractContextManager[Any]]:
    """Open a page as somebody, known by their key, or as a visitor: `with enter("/campus/", staff_id) as page`."""

    @contextmanager
    def open_page(path: str, account_id: uuid.UUID | None = None, **options: Any) -> Iterator[Any]:
        account = db.session.get_one(Account, account_id) if account_id else None
        with visit(account, java_script_enabled=reader[2], **options) as page:
            db.session.remove()
            page.goto(at(path))
            assert page.get_attribute("html", "lang") == reader[1]
            yield page

    return open_page


@pytest.fixture
def the_clock_does(live_server: str) -> Callable[..., None]:
    """Do the work of these schedules now, as the worker would: `the_clock_does("sessions.start")`."""

    def work(*kinds: str) -> None:
        for kind in kinds:
            with db.transaction():
                KINDS[kind]()

    return work
