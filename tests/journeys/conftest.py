"""What journeys share: who reads (database, language, script), a page opened by somebody, and the clock's work."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from flask import Flask

from campus import db
from campus.models import Account
from campus.tasks.kinds import KINDS
from tests.harness.browser import cookie_for
from tests.journeys.looking import DESK

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
def enter(
    reader: Reader, at: Any, visit: Any, made_app: Flask, live_server: str
) -> Iterator[Callable[..., AbstractContextManager[Any]]]:
    """Open a page as somebody, known by their key, or as a visitor: `with enter("/campus/", staff_id) as page`.

    A new window costs a second: one serves the whole journey, and each who enters finds it without a cookie.
    """
    with visit(java_script_enabled=reader[2]) as page:

        @contextmanager
        def sit_down(path: str, account_id: uuid.UUID | None = None, *, viewport: Any = DESK) -> Iterator[Any]:
            page.context.clear_cookies()
            if account_id:
                account = db.session.get_one(Account, account_id)
                page.context.add_cookies([cookie_for(made_app, account, live_server)])
                db.session.remove()
            page.set_viewport_size(viewport)
            page.goto(at(path))
            assert page.get_attribute("html", "lang") == reader[1]
            yield page

        yield sit_down


@pytest.fixture
def the_clock_does(live_server: str) -> Callable[..., None]:
    """Do the work of these schedules now, as the worker would: `the_clock_does("sessions.start")`."""

    def work(*kinds: str) -> None:
        for kind in kinds:
            with db.transaction():
                KINDS[kind]()

    return work
