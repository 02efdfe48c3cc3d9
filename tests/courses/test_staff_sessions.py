"""Staff plan course sessions."""

from datetime import timedelta

import pytest

from campus import clock
from campus.models import CourseSession, CourseSessionState, CourseState, EnrolmentState
from campus.services import audit

SEATS = {"seats_min": "8", "seats_max": "12"}


def _day(days):
    return (clock.today() + timedelta(days=days)).isoformat()


def test_a_session_may_be_prepared_without_dates(as_staff, make, db):
    course = make.course()
    as_staff.post_form(f"/campus/formations/{course.id}/sessions/nouvelle", SEATS)
    made = db.session.query(CourseSession).one()
    assert (made.starts_on, made.state) == (None, CourseSessionState.PREPARATION)


def test_the_commune_is_found_by_its_name(as_staff, make, db):
    make.commune()
    url = f"/campus/formations/{make.course().id}/sessions/nouvelle"
    assert as_staff.post_form(url, {**SEATS, "commune": "Nulleville"}).status_code == 422
    as_staff.post_form(url, {**SEATS, "commune": "chartres"})
    assert db.session.query(CourseSession).one().commune_code == "28085"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends_on": _day(10)}, "Indiquez aussi le premier jour"),
        ({"starts_on": _day(10), "ends_on": _day(9)}, "ne peut pas précéder"),
        ({"starts_on": _day(10), "registration_deadline": _day(11)}, "au plus tard le premier jour"),
        ({"seats_min": "9", "seats_max": "8"}, "plus petit que le minimum"),
        ({"seats_max": "douze"}, "Écrivez un nombre en chiffres"),
        ({"starts_on": "31/02/2027"}, "Écrivez une date qui existe"),
    ],
)
def test_each_impossible_session_is_told_at_its_field(as_staff, make, wrong, said):
    url = f"/campus/formations/{make.course().id}/sessions/nouvelle"
    response = as_staff.post_form(url, {**SEATS, **wrong})
    assert response.status_code == 422
    assert said in response.page.text


def test_seats_never_go_below_those_that_people_hold(as_staff, make, fresh):
    session = make.course_session(seats_max=12, seats_taken=8)
    make.enrolment(session, make.account(display_name="Naïma Lefèvre"))
    response = as_staff.post_form(f"/campus/sessions/{session.id}/modifier", {"seats_max": "8"})
    assert response.status_code == 409
    assert "Places déjà prises : 9." in response.page.text
    assert "personne ne perd sa place : Naïma Lefèvre" in response.page.text
    assert fresh(session).seats_max == 12


def test_more_seats_go_to_those_who_wait(as_staff, make, fresh):
    session = make.course_session(seats_min=1, seats_max=1, seats_taken=1, last_rank=1)
    waiting = make.enrolment(session, make.account(), state=EnrolmentState.WAITLISTED, rank=1)
    as_staff.post_form(f"/campus/sessions/{session.id}/modifier", {"seats_max": "2"})
    assert fresh(waiting).state == EnrolmentState.OFFERED
    assert fresh(session).seats_taken == 2


def test_a_stale_session_page_shows_the_difference(as_staff, make):
    session = make.course_session()
    here = f"/campus/sessions/{session.id}/modifier"
    as_staff.post_form(here, {"place": "Atelier 1"})
    stale = as_staff.post_form(here, {"place": "Atelier 2", "version": "1"})
    assert stale.status_code == 409
    assert "Atelier 1" in stale.page.text
    assert 'value="Atelier 2"' in stale.page.html


def test_registrations_open_once_the_course_is_published(as_staff, make, fresh):
    early = make.course_session(make.course(state=CourseState.SUSPENDED), state=CourseSessionState.PREPARATION)
    token = as_staff.new_csrf_token()
    assert as_staff.post(f"/campus/sessions/{early.id}/ouvrir", data={"csrf_token": token}).status_code == 409
    session = make.course_session(state=CourseSessionState.PREPARATION)
    here = f"/campus/sessions/{session.id}"
    as_staff.post_form(f"{here}/ouvrir", at=here)
    assert fresh(session).state == CourseSessionState.OPEN


def test_a_session_is_confirmed_then_closed_after_its_last_day(as_staff, make, fresh):
    session = make.course_session(starts_on=clock.today() - timedelta(days=30))
    here = f"/campus/sessions/{session.id}"
    assert as_staff.post_form(f"{here}/confirmer", at=here).status_code == 422
    assert as_staff.post_form(f"{here}/confirmer", {"reason": "Deux firmes y tiennent."}, at=here).status_code == 303
    assert as_staff.post_form(f"{here}/cloturer", at=here).status_code == 303
    assert fresh(session).state == CourseSessionState.CLOSED


def test_a_session_with_people_is_cancelled_with_a_reason_that_they_read(as_staff, make, fresh):
    session = make.course_session()
    person = make.enrolment(session, make.account())
    here = f"/campus/sessions/{session.id}/annuler"
    assert as_staff.post_form(here).status_code == 422
    assert as_staff.post_form(here, {"reason": "Trop peu de monde."}).status_code == 303
    assert fresh(session).state == CourseSessionState.CANCELLED
    assert fresh(person).reason == "Trop peu de monde."


def test_no_session_starts_after_the_certification_ends(as_staff, make):
    course = make.course(certification_ends_on=clock.today() + timedelta(days=10))
    url = f"/campus/formations/{course.id}/sessions/nouvelle"
    response = as_staff.post_form(url, {**SEATS, "starts_on": _day(11)})
    assert response.status_code == 409
    assert "après la fin de validité" in response.page.text


def test_the_list_of_sessions_costs_the_same_for_10_and_200(as_staff, make, count_queries):
    course = make.course()
    for _ in range(10):
        make.course_session(course)
    with count_queries() as few:
        as_staff.page("/campus/sessions/")
    for _ in range(190):
        make.course_session(course)
    with count_queries(at_most=12) as many:
        as_staff.page("/campus/sessions/")
    assert len(many) == len(few)


def test_moving_a_session_is_told_to_the_needs_that_wait(as_staff, make, db):
    from campus.models import Match

    taught = [make.skill() for _ in range(3)]
    need = make.need(skills=taught)
    session = make.course_session(make.course(taught))
    as_staff.post_form(f"/campus/sessions/{session.id}/modifier", {"place": "Ailleurs"})
    assert db.session.query(Match).filter_by(need_id=need.id, course_id=session.course_id).count() == 1


def test_half_days_are_told_in_words_in_the_history_of_their_course(as_staff, make, db):
    session = make.course_session()
    audit.record(as_staff.account, "slots_planned", session, count=3)
    db.session.commit()
    page = as_staff.page(f"/campus/formations/{session.course_id}").text
    assert "3 demi-journées planifiées" in page
    assert "slots_planned" not in page
