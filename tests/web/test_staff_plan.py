"""The plan's pages: a calendar and a list, a move that tells its effect, a refusal that says why."""

from campus.models import PlannedSession, PlanState, SessionPlan

PAGE = "/campus/plan/"


def test_without_a_plan_the_page_says_what_one_is_made_from(as_staff):
    assert "Aucun plan pour l'instant" in as_staff.get(PAGE).page.text


def test_a_plan_that_is_asked_for_says_how_far_its_search_is(as_staff, db):
    as_staff.post_form(PAGE, at=PAGE)
    plan = db.session.query(SessionPlan).one()
    assert plan.state == PlanState.QUEUED
    assert "La recherche est à 0 %" in as_staff.get(f"{PAGE}{plan.id}").page.text


def test_a_plan_is_a_calendar_and_a_list(as_staff, make):
    planned = make.planned_session()
    planned.plan.report = {"covered": [0, 0], "asked": [0, 3], "left_out": [], "broken": [], "stages": []}
    make.save(planned.plan)
    for by in ("salle", "formateur"):
        text = as_staff.get(f"{PAGE}{planned.plan_id}?par={by}").page.text
        assert text.count(planned.course.title) == 2


def test_a_session_is_locked_and_let_go(as_staff, make, db):
    planned = make.planned_session()
    page = f"{PAGE}session/{planned.id}"
    as_staff.post_form(f"{page}/verrou", at=page)
    assert db.session.get_one(PlannedSession, planned.id).locked
    as_staff.post_form(f"{page}/verrou", at=page)
    assert not db.session.get_one(PlannedSession, planned.id).locked


def test_a_move_tells_its_effect(as_staff, make):
    planned = make.planned_session()
    page = f"{PAGE}session/{planned.id}"
    where = {"week": "2", "room": str(planned.room_id), "trainer": str(planned.trainer_id)}
    answer = as_staff.post_form(page, where, at=page)
    assert answer.status_code == 303
    text = as_staff.get(page).page.text
    assert "Postes engagés : +0, postes déclarés : +0" in text
    assert "une session n'atteint pas son minimum" in text


def test_a_plan_that_breaks_a_rule_is_refused(as_staff, make):
    planned = make.planned_session()
    page = f"{PAGE}{planned.plan_id}"
    answer = as_staff.post_form(f"{page}/publier", at=page)
    assert answer.status_code == 409
    assert "Ce plan n'est pas valide" in answer.page.text
