"""The main journey: a firm writes a need, the campus answers it, a trainee takes a seat."""

import re
import uuid
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.demo import content
from campus.demo.load import load
from campus.models import Account, Need
from tests.journeys.steps import ENGLISH, FRENCH, PLAIN, describe_a_need, only_long, publish_from_the_queue, sign_in

EMPLOYER, STAFF, TRAINEE = "employeur@demo.campus", "equipe@demo.campus", "stagiaire@demo.campus"
NEW_COURSE = "Une formation écrite pour ce besoin"


@pytest.fixture
def demo_campus(live_server):
    """The demo campus, on the live server's database."""
    load()
    db.session.commit()
    db.session.remove()


@pytest.fixture
def signed_in(reader, enter, at, demo_campus):
    """Sign somebody in, the first by the form: `with signed_in(email) as (page, at): page.goto(at("/campus/"))`."""
    known = set()

    @contextmanager
    def opened(email):
        account = None if not known else db.session.scalars(select(Account.id).where(Account.email == email)).one()
        db.session.remove()
        with enter("/compte/connexion", account) as page:
            if account is None:
                sign_in(page, email, content.PASSWORD)
                assert page.get_attribute("html", "lang") == reader[1]
            known.add(email)
            yield page, at

    return opened


def _post_a_need(signed_in):
    """As the employer, go through the wizard; give the need's key."""
    with signed_in(EMPLOYER) as (page, at):
        page.goto(at("/entreprise/besoins/nouveau"))
        return describe_a_need(page, content.ADVERT, posts=4)


def _publish_from_the_queue(signed_in, need_id):
    with signed_in(STAFF) as (page, at):
        page.goto(at("/campus/a-traiter/"))
        publish_from_the_queue(page, need_id)


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
        assert label in page.locator("main table.heat").inner_text()


# One journey on PostgreSQL is enough to see that the whole holds there too.
@pytest.mark.timeout(240)
@pytest.mark.parametrize("reader", [FRENCH, only_long(PLAIN), only_long(ENGLISH)], indirect=True)
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
