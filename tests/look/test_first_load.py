"""What a first visit costs, and the list that follows what is typed."""

import gzip
from pathlib import Path

import pytest

from campus.models import Modality

VENDOR = Path("campus/static/vendor/htmx.min.js")

pytestmark = pytest.mark.browser
with_htmx = pytest.mark.skipif(not VENDOR.is_file(), reason="htmx is not fetched; run `make assets`")


@pytest.mark.parametrize("path", ["/", "/formations/", "/compte/connexion", "/classement"])
def test_a_first_visit_stays_within_its_budget(visit, path):
    with visit() as page:
        weights = []
        page.on("requestfinished", lambda request: weights.append(len(gzip.compress(request.response().body()))))
        page.goto(path, wait_until="networkidle")
    assert len(weights) <= 8
    assert sum(weights) <= 60_000


@pytest.fixture
def catalogue(visit, live_make):
    live_make.course(title="Souder en TIG")
    live_make.course(title="Conduire une ligne", modality=Modality.REMOTE)
    with visit() as page:
        page.goto("/formations/")
        yield page


@with_htmx
def test_the_catalogue_follows_what_is_typed(catalogue):
    catalogue.locator("#q").press_sequentially("souder")
    catalogue.get_by_role("heading", name="1 formation").wait_for()
    assert "q=souder" in catalogue.url
    assert catalogue.locator("#annonce").inner_text() == "1 formation"
    assert catalogue.evaluate("document.activeElement.id") == "q"


@with_htmx
def test_a_filter_chosen_with_the_keyboard_keeps_its_place(catalogue):
    catalogue.locator("#f-modalite").focus()
    catalogue.locator("#f-modalite").select_option("a-distance")
    catalogue.get_by_role("heading", name="1 formation").wait_for()
    assert catalogue.evaluate("document.activeElement.id") == "f-modalite"
    assert "modalite=a-distance" in catalogue.url


@with_htmx
def test_going_back_shows_the_list_that_was_there(catalogue):
    catalogue.locator("#q").press_sequentially("souder")
    catalogue.get_by_role("heading", name="1 formation").wait_for()
    catalogue.go_back()
    catalogue.get_by_role("heading", name="2 formations").wait_for()
