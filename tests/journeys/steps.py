"""What several journeys do on a page, and the readers they are made for."""

from __future__ import annotations

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest

from campus import clock

POSTGRESQL = pytest.mark.postgresql
FRENCH = pytest.param(("sqlite", "fr", True), id="french-script")
PLAIN = pytest.param(("sqlite", "fr", False), id="french-no-script")
ENGLISH = pytest.param(("postgresql", "en", True), id="english-script-postgresql", marks=POSTGRESQL)
ENGLISH_PLAIN = pytest.param(("postgresql", "en", False), id="english-no-script-postgresql", marks=POSTGRESQL)


def only_long(reader: Any) -> Any:
    """Keep a reader for the long run."""
    return pytest.param(*reader.values, id=reader.id, marks=[*reader.marks, pytest.mark.long])


def press(page: Any, selector: str) -> None:
    """Press a button or follow a link, and wait for the page it leads to."""
    with page.expect_navigation():
        page.click(selector)


def sign_in(page: Any, email: str, password: str) -> None:
    """Sign in by the form that the page shows."""
    page.fill("main [name=email]", email)
    page.fill("main [name=password]", password)
    page.click("main form .btn")
    page.wait_for_url(lambda url: "connexion" not in url)


def describe_a_need(page: Any, advert: str, *, posts: int, within_days: int = 182) -> uuid.UUID:
    """As an employer on the first step of the wizard, go through it to the end; give the need's key."""
    _describe_the_trade(page, advert)
    _say_how_many_and_when(page, posts, within_days)
    page.click("main form[action$='/nouveau/4'] button")
    page.wait_for_url(re.compile(r"/besoins/[0-9a-f-]{36}$"))
    assert page.locator("main h1").inner_text()
    return uuid.UUID(page.url.rsplit("/", 1)[1])


def _describe_the_trade(page: Any, advert: str) -> None:
    page.fill("[name=advert]", advert)
    page.click("main button[value=propose]")
    page.wait_for_selector("[name=keep]:checked")
    assert page.locator("[name=occupation]:checked").get_attribute("value").isdigit()
    for box in page.locator("[name=keep]:checked").all():
        page.select_option(f"[name=level-{box.get_attribute('value')}]", "3")
    _go_on(page)


def _say_how_many_and_when(page: Any, posts: int, within_days: int) -> None:
    page.wait_for_url("**/nouveau/2")
    page.fill("[name=posts]", str(posts))
    _go_on(page)
    page.wait_for_url("**/nouveau/3")
    page.fill("[name=latest]", (clock.today() + timedelta(days=within_days)).isoformat())
    _go_on(page)
    page.wait_for_url("**/nouveau/4")


def _go_on(page: Any) -> None:
    """Press the main button of a step of the wizard."""
    page.click("main .actions button[value=continue]")


def publish_from_the_queue(page: Any, need_id: uuid.UUID) -> None:
    """As the staff on the page of what waits, publish a need."""
    page.click(f"main a[href*='{need_id}']")
    page.click("main form[action$='/publier'] button")
    page.wait_for_selector("main form[action$='/publier']", state="detached")
