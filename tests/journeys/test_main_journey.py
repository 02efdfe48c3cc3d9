"""The main journey: a firm writes a need, the campus answers it, a trainee takes a seat."""

import re
import uuid
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from campus import clock, db
from campus.demo import content
from campus.demo.load import load
from campus.models import Need

EMPLOYER, STAFF, TRAINEE = "employeur@demo.campus", "equipe@demo.campus", "stagiaire@demo.campus"
NEW_COURSE = "Une formation écrite pour ce besoin"
# Who reads, and on which database; one journey on PostgreSQL is enough to see that the whole holds there too.
READERS = [
    pytest.param(("sqlite", "fr", True), id="french-script"),
    pytest.param(("sqlite", "fr", False), id="french-no-script"),
    pytest.param(("postgresql", "en", True), id="english-script-postgresql", marks=pytest.mark.postgresql),
]


@pytest.fixture(params=READERS)
def reader(request):
    """Language and script of the reader, and the database below."""
    return request.param


@pytest.fixture
def live_kind(reader):
    """The database of the live server."""
    return reader[0]


@pytest.fixture
def demo_campus(live_server):
    """The demo campus, on the live server's database."""
    load()
    db.session.commit()
    db.session.remove()


@pytest.fixture
def signed_in(reader, visit, demo_campus):
    """Sign somebody in by the form: `with signed_in(email) as (page, at): page.goto(at("/campus/"))`."""
    _kind, language, scripted = reader

    def at(path):
        return f"/en{path}" if language == "en" else path

    @contextmanager
    def opened(email):
        with visit(java_script_enabled=scripted) as page:
            page.goto(at("/compte/connexion"))
            page.fill("main [name=email]", email)
            page.fill("main [name=password]", content.PASSWORD)
            page.click("main form .btn")
            page.wait_for_url(lambda url: "connexion" not in url)
            assert page.get_attribute("html", "lang") == language
            yield page, at

    return opened


def _go_on(page):
    """Press the main button of a step of the wizard."""
    page.click("main .actions button[value=continue]")


def _describe_the_trade(page):
    page.fill("[name=advert]", content.ADVERT)
    page.click("main button[value=propose]")
    page.wait_for_selector("[name=keep]:checked")
    assert page.locator("[name=occupation]:checked").get_attribute("value").isdigit()
    for box in page.locator("[name=keep]:checked").all():
        page.select_option(f"[name=level-{box.get_attribute('value')}]", "3")
    _go_on(page)


def _say_how_many_and_when(page):
    page.wait_for_url("**/nouveau/2")
    page.fill("[name=posts]", "4")
    _go_on(page)
    page.wait_for_url("**/nouveau/3")
    page.fill("[name=latest]", (clock.today() + timedelta(days=182)).isoformat())
    _go_on(page)
    page.wait_for_url("**/nouveau/4")


def _post_a_need(signed_in):
    """As the employer, go through the wizard; give the need's key."""
    with signed_in(EMPLOYER) as (page, at):
        page.goto(at("/entreprise/besoins/nouveau"))
        _describe_the_trade(page)
        _say_how_many_and_when(page)
        page.click("main form[action$='/nouveau/4'] button")
        page.wait_for_url(re.compile(r"/besoins/[0-9a-f-]{36}$"))
        assert page.locator("main h1").inner_text()
        return uuid.UUID(page.url.rsplit("/", 1)[1])


def _publish_from_the_queue(signed_in, need_id):
    with signed_in(STAFF) as (page, at):
        page.goto(at("/campus/a-traiter/"))
        page.click(f"main a[href*='{need_id}']")
        page.click("main form[action$='/publier'] button")
        page.wait_for_selector("main form[action$='/publier']", state="detached")


def _see_courses_with_coverage(signed_in, need_id):
    with signed_in(EMPLOYER) as (page, at):
        page.goto(at(f"/entreprise/besoins/{need_id}"))
        assert page.locator("main [aria-labelledby=couverture]").is_visible()
        return page.locator("main [aria-labelledby=reponses] h3").all_inner_texts()


def _asked_for(need_id):
    """Give the names of the trade and of the skills that a need asks for."""
    need = db.session.get_one(Need, need_id)
    names = need.occupation.label, [each.skill.label for each in need.skills]
    db.session.remove()
    return names


def _choose(page, kind, words):
    """Look for a trade or a skill by its name on the course's form, and take the one so called."""
    page.fill(f"[name={kind}_words]", words)
    page.locator(f"button[value=find_{kind}]").press("Enter")  # a list of proposals may lie over it
    chosen = page.locator(f"button[value^='add_{kind}:']").filter(has_text=words)
    chosen.first.click()
    page.locator(f"button[value^='drop_{kind}:']").filter(has_text=words).wait_for()


def _fill_in_the_course(page, trade, skills):
    """Fill in the form of a course that teaches all these skills, and keep the draft."""
    page.fill("[name=title]", NEW_COURSE)
    for name in ("objectives", "content", "prerequisites"):
        page.fill(f"[name={name}]", "- conduire une ligne")
    page.fill("[name=hours]", "210")
    _choose(page, "occupation", trade)
    for label in skills:
        _choose(page, "skill", label)
    for level in page.locator("select[name^=exit-]").all():
        level.select_option("4")
    page.click("main .actions button[value=save]")
    page.wait_for_url(re.compile(r"/campus/formations/[0-9a-f-]{36}"))


def _open_a_session(page):
    """From the course's page, prepare a session and open it to applications."""
    page.click("main .now a[href$='/sessions/nouvelle']")
    starts_on = clock.today() + timedelta(days=30)
    page.fill("[name=starts_on]", starts_on.isoformat())
    page.fill("[name=ends_on]", (starts_on + timedelta(days=30)).isoformat())
    page.fill("[name=seats_min]", "2")
    page.fill("[name=seats_max]", "12")
    page.click("main .actions button")
    page.click("main .now form button")
    page.wait_for_selector("main form[action$='/confirmer']")


def _write_and_publish_a_course_for(signed_in, need_id):
    """As staff, write the course that a need asks for, publish it and open a session; give its key."""
    trade, skills = _asked_for(need_id)
    with signed_in(STAFF) as (page, at):
        page.goto(at("/campus/formations/nouvelle"))
        _fill_in_the_course(page, trade, skills)
        course_id = uuid.UUID(urlsplit(page.url).path.rsplit("/", 1)[1])
        page.click("main form[action$='/publier'] button")
        _open_a_session(page)
        return course_id


def _apply_from_the_catalogue(signed_in, course_id):
    with signed_in(TRAINEE) as (page, at):
        page.goto(at("/formations/?q=formation+écrite+pour+ce+besoin"))
        page.click(f"main a[href$='{course_id}']")
        page.click("main form[action*='/parcours/'] button")
        page.wait_for_url("**/parcours/**")
        page.goto(at("/parcours/"))
        assert NEW_COURSE in page.locator("main").inner_text()


def _see_the_demand(signed_in, need_id):
    with signed_in(STAFF) as (page, at):
        label = db.session.get_one(Need, need_id).skills[0].skill.label
        db.session.remove()
        page.goto(at(f"/campus/demande/?par=competence&q={label}"))
        assert label in page.locator("main table").inner_text()


@pytest.mark.timeout(240)
def test_a_need_goes_from_the_advert_to_a_seat_in_the_course_written_for_it(signed_in):
    need_id = _post_a_need(signed_in)
    _publish_from_the_queue(signed_in, need_id)
    before = _see_courses_with_coverage(signed_in, need_id)
    assert content.COURSES[0].title in before
    assert NEW_COURSE not in before
    course_id = _write_and_publish_a_course_for(signed_in, need_id)
    assert NEW_COURSE in _see_courses_with_coverage(signed_in, need_id)
    _apply_from_the_catalogue(signed_in, course_id)
    _see_the_demand(signed_in, need_id)
