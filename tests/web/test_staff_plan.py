"""The plan's pages: a calendar and a list, a move that tells its effect, a refusal that says why."""

import inspect
import re
from datetime import date

from campus.models import CourseEquipment, PlannedSession, PlanState, SessionPlan
from campus.planning import check
from campus.queries.plans import courses_wanted
from campus.web.staff.plan_calendar import Place, calendar
from campus.web.staff.plan_words import RULES, reason_words

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


def moving(planned, **where):
    """Say where a session goes: where it is, but for what is given."""
    now = {"week": "0", "room": str(planned.room_id), "trainer": str(planned.trainer_id)}
    return {**now, **where}


def test_the_effect_of_a_move_is_shown_and_nothing_is_moved(as_staff, make, db):
    planned = make.planned_session()
    sent = {**moving(planned, week="3"), "csrf_token": as_staff.new_csrf_token()}
    answer = as_staff.post(f"{PAGE}session/{planned.id}/effet", data=sent)
    assert "Une session n'atteint pas son minimum" in answer.page.text
    assert db.session.get_one(PlannedSession, planned.id).week == 0


def test_a_session_dragged_in_the_calendar_comes_back_to_it_and_the_move_is_taken_back(as_staff, make, db):
    planned = make.planned_session()
    page = f"{PAGE}session/{planned.id}"
    answer = as_staff.post_form(page, moving(planned, week="12", back="formateur"), at=page)
    assert answer.location.endswith(f"{PAGE}{planned.plan_id}?par=formateur&semaine=12")
    db.session.remove()
    as_staff.post_form(f"{PAGE}{planned.plan_id}/annuler", at=page)
    assert db.session.get_one(PlannedSession, planned.id).week == 0


def test_two_plans_are_read_side_by_side(as_staff, make):
    need = make.need()
    before = make.planned_session(posts={f"{need.id}/1": 2})
    after = make.planned_session(course=before.course, posts={f"{need.id}/1": 5})
    text = as_staff.get(f"{PAGE}comparer?avant={before.plan_id}&apres={after.plan_id}").page.text
    assert "+3postes déclarés couverts" in text
    assert need.title in text
    assert "déplacée" in text


def test_a_comparison_of_nothing_asks_for_two_plans(as_staff):
    page = as_staff.get(f"{PAGE}comparer?avant=x").page
    assert "Il faut deux plans" in page.text
    assert page.links["Voir les plans"] == PAGE


def test_sessions_that_share_a_week_lie_in_lanes_of_one_room(make):
    first = make.planned_session()
    plan, room = first.plan, first.room
    second = make.planned_session(plan=plan, room=room)
    shown = calendar(plan, [first, second], [Place(str(room.id), room.name)], by_trainer=False, first=0)
    (line,) = shown.lines
    assert [[each.session for each in lane][:2] for lane in line.lanes] == [[first, None], [second, None]]


def test_a_closed_week_is_marked_in_the_calendar(make):
    plan = make.planned_session().plan
    plan.report = {"closed": [2]}
    (line,) = calendar(plan, [], [Place("x", "Salle")], by_trainer=False, first=0).lines
    assert [each.week for each in line.lanes[0] if each.closed] == [2]


def test_the_progress_of_a_search_asks_for_the_page_once_it_is_over(as_staff, make):
    planned = make.planned_session()
    answer = as_staff.get(f"{PAGE}{planned.plan_id}/avancement", headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"


def test_every_rule_of_the_check_has_words():
    source = inspect.getsource(check)
    named = set(re.findall(r"\w+", source.split("Rules: ")[1].split(".")[0]))
    assert set(re.findall(r'(?:Broken\(|for rule, of in \(\()"(\w+)"', source)) <= named
    assert set(RULES) == named


def test_the_smallest_change_names_the_equipment_the_habilitation_and_the_month(app, make):
    course = make.course([make.skill(label="Qualifier une salle blanche")])
    make.save(CourseEquipment(course_id=course.id, name="Sas"))
    plan = SessionPlan(first_day=date(2027, 3, 1))
    wanted = courses_wanted({course.id})[str(course.id)]
    with app.test_request_context("/"):
        room, trainer = (
            reason_words(plan, {"kind": kind, "amount": 12, "start": 2}, wanted)[1] for kind in ("room", "trainer")
        )
    when = "en mars 2027 (à partir du 15 mars 2027)"
    assert room == f"une salle de plus pour 12 personnes, équipée de\xa0: Sas, {when}"
    assert trainer == f"une personne de plus, habilitée pour\xa0: Qualifier une salle blanche, {when}"


def test_all_that_found_no_place_can_be_read_and_posts_outside_are_not_said_to_be_placed(as_staff, make):
    planned, need = make.planned_session(), make.need()
    report = {"covered": [0, 0], "asked": [0, 3], "broken": [], "stages": []}
    out = {"course": str(planned.course_id), "people": 2, "change": None, "posts": []}
    outside = {"no_course": {str(make.need().id): [4, 5]}, "too_early": {str(need.id): [1, 0]}}
    planned.plan.report = {**report, "left_out": [out] * 14, "outside": outside}
    make.save(planned.plan)
    first = as_staff.get(f"{PAGE}{planned.plan_id}").page
    assert first.text.count("Plusieurs raisons à la fois.") == 12
    everything = as_staff.get(first.links["Tout voir, 2 de plus"]).page
    assert everything.text.count("Plusieurs raisons à la fois.") == 14
    assert "9 postes, engagés : 4, qu'aucune formation" in first.text
    assert "1 poste, engagés : 1, dont les dates passent" in first.text
    assert first.links[f"{need.reference}, {need.title}"] == f"/campus/besoins/{need.id}"
    planned.plan.report = {**report, "left_out": [], "outside": outside}
    make.save(planned.plan)
    assert "Tout a trouvé sa place" not in as_staff.get(f"{PAGE}{planned.plan_id}").page.text
