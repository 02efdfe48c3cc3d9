"""What the little script of our own adds, in a real browser."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.look import parts
from tests.look.test_axe import STATIC

pytestmark = pytest.mark.browser

NINE = datetime(2027, 3, 3, 9, tzinfo=UTC)
SKILLS = [
    {"id": "7", "label": "Assurer la traçabilité", "hint": "savoir-faire"},
    {"id": "9", "label": "Tracer", "hint": ""},
]


class Site:
    """A draft page, and what the browser asked beside it."""

    def __init__(self):
        self.saved = []
        self.sent = []
        self.status = 200

    def __call__(self, route):
        path = route.request.url.split("/", 3)[3].split("?")[0]
        if path.startswith("static/"):
            route.fulfill(path=STATIC / path.removeprefix("static/"))
        elif path == "competences":
            route.fulfill(body=json.dumps(SKILLS), content_type="application/json")
        elif path == "brouillon":
            self.saved.append(route.request)
            route.fulfill(status=self.status, body="")
        elif path == "envoyer":
            self.sent.append(route.request)
            route.fulfill(status=204)
        else:
            route.fulfill(body=parts.page("draft.html"), content_type="text/html; charset=utf-8")


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def draft(browser, site):
    page = browser.new_page(timezone_id="Europe/Paris")
    page.clock.install(time=NINE)
    page.route("**/*", site)
    page.goto("http://127.0.0.1/brouillons/1")
    page.clock.pause_at(NINE + timedelta(minutes=1))  # from here on, time moves only when a test says so
    yield page
    page.close()


def test_a_draft_is_kept_two_seconds_after_typing_stops(draft, site):
    draft.fill("#advert", "Nous cherchons")
    draft.clock.fast_forward(1900)
    assert site.saved == []
    draft.clock.fast_forward(200)
    draft.get_by_text("Brouillon enregistré à").wait_for()
    assert site.saved[0].headers["x-csrftoken"] == "jeton"
    assert "Nous cherchons" in site.saved[0].post_data


def test_a_draft_that_could_not_be_kept_is_tried_again(draft, site):
    site.status = 503
    draft.fill("#advert", "Nous cherchons")
    draft.clock.fast_forward(2100)
    draft.get_by_text("Pas encore enregistré.").wait_for()
    site.status = 200
    draft.clock.fast_forward(10_100)
    draft.get_by_text("Brouillon enregistré à").wait_for()


def test_a_skill_is_chosen_with_the_keyboard(draft):
    draft.locator("#skill_name").press_sequentially("tra")
    draft.clock.fast_forward(300)
    draft.get_by_role("option", name="Tracer").wait_for()
    draft.keyboard.press("ArrowDown")
    draft.keyboard.press("ArrowDown")
    assert draft.locator("#skill_name").get_attribute("aria-activedescendant") == "skill_name-list-1"
    draft.keyboard.press("Enter")
    assert (draft.input_value("#skill_name"), draft.input_value("#skill")) == ("Tracer", "9")
    assert draft.locator("#skill_name").get_attribute("aria-expanded") == "false"


def test_the_open_list_breaks_no_accessibility_rule(draft, axe):
    draft.locator("#skill_name").press_sequentially("tra")
    draft.clock.fast_forward(300)
    draft.get_by_role("option", name="Tracer").wait_for()
    draft.scripted = True
    draft.clock.resume()
    axe(draft)


def test_typing_again_forgets_the_choice(draft):
    draft.locator("#skill_name").press_sequentially("tra")
    draft.clock.fast_forward(300)
    draft.get_by_role("option", name="Tracer").click()
    draft.locator("#skill_name").press_sequentially("x")
    assert draft.input_value("#skill") == ""


def test_a_form_is_sent_once(draft, site):
    draft.evaluate("() => { const button = document.querySelector('main button'); button.click(); button.click(); }")
    draft.wait_for_timeout(300)
    assert len(site.sent) == 1


def test_the_slash_key_goes_to_the_search_until_it_is_turned_off(draft):
    draft.keyboard.press("/")
    assert draft.evaluate("document.activeElement.id") == "q"
    draft.get_by_role("button", name="Désactiver le raccourci").click()
    draft.keyboard.press("/")
    assert draft.evaluate("document.activeElement.id") != "q"
