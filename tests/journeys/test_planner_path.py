"""A planner's way: from the gap that the demand shows to a session that a firm and a trainee answer."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.models import Enrolment, SeatReservation, TrainerSkill
from campus.services.matches import match_need
from campus.tasks.plans import run_due_plan
from tests.journeys.steps import ENGLISH, FRENCH, PLAIN, only_long, press

TITLE, SKILL = "Conduire une ligne", "Changer de format"


@pytest.fixture
def people(live_make):
    """A need of seven posts, the course that answers it, a room, somebody who may teach it; no session yet."""
    make = live_make
    skills = [make.skill(SKILL), make.skill(), make.skill()]
    course, trainer, room = make.course(skills, title=TITLE, hours=35), make.trainer(), make.room()
    firm = make.employer()
    need = make.need(make.organisation_of(firm), firm, skills, posts=7, latest=clock.today() + timedelta(days=200))
    for each in skills:
        make.save(TrainerSkill(account=trainer, skill=each))
    match_need(need)
    found = {"staff": make.staff().id, "firm": firm.id, "trainee": make.trainee().id, "need": need.id}
    found |= {"course": course.id, "room": room.name}
    db.session.commit()
    db.session.remove()
    return found


def _ask_from_the_gap(enter, people):
    """As the planner, open the figure that is missing, then ask for a plan; give the way to it."""
    with enter(f"/campus/demande/?par=competence&q={SKILL}", people["staff"]) as page:
        press(page, "main table a:has(b)")
        assert str(people["need"]) in page.locator("main table a").first.get_attribute("href")
        press(page, "header a[href$='/campus/plan/']")
        press(page, "main form[action$='/campus/plan/'] button")
        return re.search(r"/campus/plan/[0-9a-f-]{36}", page.url)[0]


def _publish(enter, people, plan):
    """As the planner, read the plan and publish it: its session takes applications, and has its room."""
    with enter(plan, people["staff"]) as page:
        assert TITLE in page.locator("main").inner_text()
        press(page, "main form[action$='/publier'] button")
        page.goto(page.url.split("/campus/plan/")[0] + "/campus/sessions/")
        press(page, f"main a[href*='/campus/sessions/']:has-text('{TITLE}')")
        assert page.locator("main form[action$='/confirmer']").count()
        assert people["room"] in page.locator("main").inner_text()


def _reserve(enter, people):
    with enter("/entreprise/places/nouvelle", people["firm"]) as page:
        page.select_option("[name=need]", str(people["need"]))
        page.fill("[name=seats]", "2")
        page.fill("[name=names_until]", (clock.today() + timedelta(days=1)).isoformat())
        press(page, "main form .actions button")
        assert re.search(r"/entreprise/places/[0-9a-f-]{36}$", page.url)


def _apply(enter, people):
    with enter("/formations/", people["trainee"]) as page:
        press(page, f"main h3 a:has-text('{TITLE}')")
        press(page, "main form[action*='/parcours/candidatures/'] button")
        assert "/suivi/" in page.url


def _gap(enter, people):
    """Give the figure that the planner reads for the skill."""
    with enter(f"/campus/demande/?par=competence&q={SKILL}", people["staff"]) as page:
        return page.locator("main table td a b").first.inner_text()


@pytest.mark.timeout(240)
@pytest.mark.parametrize("reader", [FRENCH, ENGLISH, only_long(PLAIN)], indirect=True)
def test_a_planner_goes_from_a_gap_to_a_session_that_firm_and_trainee_answer(enter, people):
    before = _gap(enter, people)
    plan = _ask_from_the_gap(enter, people)
    assert run_due_plan(seconds=10)
    _publish(enter, people, plan)
    _reserve(enter, people)
    _apply(enter, people)
    assert "7" in before
    assert _gap(enter, people) != before
    assert db.session.scalars(select(SeatReservation.need_id)).one() == people["need"]
    assert db.session.scalars(select(Enrolment.account_id)).one() == people["trainee"]
