"""The main journey: a firm writes a need, the campus answers it, a trainee takes a seat."""

import re
import uuid
from contextlib import contextmanager
from datetime import timedelta

import pytest

from campus import clock, db
from campus.demo import content
from campus.demo.load import load
from campus.models import CourseState, Need

EMPLOYER, STAFF, TRAINEE = "employeur@demo.campus", "equipe@demo.campus", "stagiaire@demo.campus"
NEW_COURSE = "Une formation écrite pour ce besoin"
READERS = [
    pytest.param(("fr", True), id="french-script"),
    pytest.param(("fr", False), id="french-no-script"),
    pytest.param(("en", True), id="english-script"),
]


@pytest.fixture
def demo_campus(live_server):
    """The demo campus, on the live server's database."""
    load()
    db.session.commit()
    db.session.remove()


@pytest.fixture(params=READERS)
def signed_in(request, visit, demo_campus):
    """Sign somebody in by the form: `with signed_in(email) as (page, at): page.goto(at("/campus/"))`."""
    language, scripted = request.param

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


def _draft_a_course_for(make, need_id):
    """Write the draft that teaches all that the need asks for; give its key."""
    need = db.session.get_one(Need, need_id)
    taught = [(each.skill, 0, 4) for each in need.skills]
    course = make.course(
        taught, title=NEW_COURSE, state=CourseState.DRAFT, published_at=None, occupations=[need.occupation]
    )
    make.course_session(course)
    key = course.id
    db.session.remove()
    return key


def _publish_the_course(signed_in, course_id):
    with signed_in(STAFF) as (page, at):
        page.goto(at(f"/campus/formations/{course_id}"))
        page.click("main form[action$='/publier'] button")
        page.wait_for_selector("main form[action$='/suspendre']")


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


@pytest.mark.timeout(120)
def test_a_need_goes_from_the_advert_to_a_seat_in_the_course_written_for_it(signed_in, live_make):
    need_id = _post_a_need(signed_in)
    _publish_from_the_queue(signed_in, need_id)
    before = _see_courses_with_coverage(signed_in, need_id)
    assert content.COURSES[0].title in before
    assert NEW_COURSE not in before
    course_id = _draft_a_course_for(live_make, need_id)
    _publish_the_course(signed_in, course_id)
    assert NEW_COURSE in _see_courses_with_coverage(signed_in, need_id)
    _apply_from_the_catalogue(signed_in, course_id)
    _see_the_demand(signed_in, need_id)
