"""The course form proposes occupations and skills from its texts, and adds nothing by itself."""

import pytest

from campus.queries import understanding
from tests.look.test_first_load import with_htmx
from tests.needs.test_understanding import line_operator

NEW = "/campus/formations/nouvelle"
TEXTS = {"title": "Conducteur de ligne", "content": "Changer de format, renseigner un dossier de lot."}


@pytest.fixture(autouse=True)
def fresh_names():
    understanding.forget()
    yield
    understanding.forget()


def test_the_texts_propose_without_script(as_staff, make):
    trade = line_operator(make)
    page = as_staff.post_form(NEW, {"do": "propose", **TEXTS}).page
    buttons = dict.fromkeys(value for _name, value in page.forms[-1].buttons)
    assert f"add_occupation:{trade.id}" in buttons
    assert sum(value.startswith("add_skill:") for value in buttons) >= 2
    assert page.forms[-1].values.get("skill") is None


def test_what_is_taken_is_no_longer_proposed(as_staff, make):
    trade = line_operator(make)
    page = as_staff.post_form(NEW, {"do": f"add_occupation:{trade.id}", **TEXTS}).page
    assert page.forms[-1].values["occupations"] == [str(trade.id)]
    assert f"add_occupation:{trade.id}" not in [value for _name, value in page.forms[-1].buttons]


def test_the_words_that_led_to_a_proposal_stand_beside_it(as_staff, make):
    line_operator(make)
    page = as_staff.post_form(NEW, {"do": "propose", **TEXTS}).page
    assert "Conducteur de ligne" in [mark.text for mark in page.all("mark")]


def test_an_empty_form_proposes_nothing(as_staff, make):
    line_operator(make)
    assert "add_occupation:" not in as_staff.page(NEW).html


@with_htmx
@pytest.mark.browser
def test_the_proposals_follow_what_is_typed(visit, live_make, axe):
    trade = line_operator(live_make)
    with visit(live_make.staff()) as page:
        page.goto(NEW)
        page.locator("#title").press_sequentially("Conducteur de ligne", delay=5)
        page.locator(f"#metiers-proposes button[value='add_occupation:{trade.id}']").wait_for()
        assert "1 métier" in page.locator("#annonce").inner_text()
        axe(page)
        page.click(f"#metiers-proposes button[value='add_occupation:{trade.id}']")
        assert page.input_value("#title") == "Conducteur de ligne"
        assert page.locator("[name=occupations]").get_attribute("value") == str(trade.id)
