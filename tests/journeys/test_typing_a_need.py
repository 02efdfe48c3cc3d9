"""The first step of the wizard in a browser: proposals follow the text, and never lose what a person chose."""

from contextlib import contextmanager

import pytest

from campus.queries import understanding
from tests.look.test_first_load import with_htmx
from tests.needs.test_understanding import ADVERT, line_operator
from tests.needs.walk import NEW

pytestmark = pytest.mark.browser
STEP = f"{NEW}/1"
QUICK_MS = 1000


@pytest.fixture
def trade(live_make):
    """A small referential: a line operator and a welder."""
    understanding.forget()
    return line_operator(live_make)


@pytest.fixture
def opened(visit, live_make, trade):
    """Open the first step as an employer: `with opened() as page`."""
    person = live_make.employer()

    @contextmanager
    def open_step(**options):
        with visit(person, **options) as page:
            page.goto(STEP)
            yield page

    return open_step


@pytest.fixture
def page(opened):
    """The first step, with script."""
    with opened() as shown:
        yield shown


def proposed(page):
    return page.locator("#competences-choix [name=row]").evaluate_all("all => all.map(one => one.value)")


def kept(page):
    return page.locator("[name=keep]:checked").evaluate_all("all => all.map(one => one.value)")


@with_htmx
def test_what_is_typed_is_read_at_once_with_its_words_marked(page, trade, axe):
    place = page.locator("#advert").bounding_box()
    page.locator("#advert").press_sequentially("Recherche conducteur de ligne", delay=5)
    page.locator("#lecture mark").get_by_text("conducteur de ligne", exact=True).wait_for()
    assert page.locator("#metier-choix [name=occupation]:checked").get_attribute("value") == str(trade.id)
    assert "« conducteur de ligne »" in page.locator("#metier-choix .pick__item").first.inner_text().replace(
        "\xa0", " "
    )
    assert "1 métier" in page.locator("#annonce").inner_text()
    assert page.locator("#advert").bounding_box() == place
    assert page.evaluate("document.activeElement.id") == "advert"
    axe(page)


@with_htmx
def test_a_choice_made_by_hand_stays_while_the_text_goes_on(page):
    page.fill("#advert", ADVERT)
    page.locator("[name=keep]:checked").first.wait_for()
    first = kept(page)[0]
    page.locator(f"[name=keep][value='{first}']").uncheck()
    page.select_option(f"[name=level-{kept(page)[0]}]", "3")
    chosen = kept(page)
    with page.expect_response("**/propositions"):
        page.locator("#advert").press_sequentially(" Vous savez aussi souder au TIG")
    page.locator("#lecture", has_text="souder au TIG").wait_for()
    assert kept(page) == chosen
    assert page.input_value(f"[name=level-{chosen[0]}]") == "3"


@with_htmx
def test_an_answer_that_comes_late_is_given_up(page):
    given_up = []
    page.on("requestfailed", lambda request: given_up.append(request.url.rsplit("/", 1)[1]))
    page.route("**/propositions", lambda route: None if "Soudeur" in route.request.post_data else route.continue_())
    with page.expect_request("**/propositions"):
        page.fill("#advert", "Soudeur")
    page.fill("#advert", ADVERT)
    page.locator("#lecture mark", has_text="conducteur de ligne").wait_for()
    assert given_up == ["propositions"]


@with_htmx
def test_a_skill_typed_with_a_mistake_and_no_accents_is_taken_from_the_list(page, live_make):
    wanted = live_make.skill("Vérifier l'étanchéité")
    understanding.forget()
    page.locator("#skill_search").press_sequentially("etencheit")
    page.get_by_role("option", name="Vérifier l'étanchéité").click()
    page.locator(f"[name=keep][value='{wanted.id}']:checked").wait_for()
    assert page.input_value("#skill_search") == ""


@with_htmx
def test_what_was_proposed_while_typing_is_in_the_draft(page):
    page.fill("#advert", ADVERT)
    page.locator("[name=keep]:checked").first.wait_for()
    chosen = kept(page)
    with page.expect_response("**/brouillon"):
        page.locator("#advert").press_sequentially(".")
    page.goto(STEP)
    assert kept(page) == chosen
    assert page.input_value("#advert") == f"{ADVERT}."


@with_htmx
def test_proposals_are_quick_and_move_nothing(page):
    page.evaluate(
        """() => { window.moved = 0; new PerformanceObserver(list => { for (const one of list.getEntries())
        if (!one.hadRecentInput) window.moved += one.value; }).observe({type: "layout-shift", buffered: true}); }"""
    )
    with page.expect_response("**/propositions") as answer:
        page.fill("#advert", ADVERT)
    page.locator("[name=keep]:checked").first.wait_for()
    assert answer.value.request.timing["responseEnd"] < QUICK_MS
    assert page.evaluate("window.moved") <= 0.02


def test_without_script_a_button_proposes_the_same(opened, trade):
    with opened(java_script_enabled=False) as page:
        page.fill("#advert", ADVERT)
        page.click("main button[value=propose]")
        assert page.locator("#metier-choix [name=occupation]:checked").get_attribute("value") == str(trade.id)
        assert page.locator("#lecture mark").first.inner_text() == "conducteur de ligne"
        assert len(kept(page)) == len(proposed(page)) == 4
