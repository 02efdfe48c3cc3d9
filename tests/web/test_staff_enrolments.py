"""Deciding applications, as staff do in a browser."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest

from campus import clock, db
from campus.models import CourseSession, Enrolment, EnrolmentState
from campus.services.enrolments import apply

APPLIED, WAITLISTED, OFFERED = EnrolmentState.APPLIED, EnrolmentState.WAITLISTED, EnrolmentState.OFFERED
LIST = "/campus/candidatures/"


def state_of(row):
    return db.session.get(Enrolment, row.id).state


@pytest.fixture
def applied(make):
    return make.enrolment(make.course_session(), make.account(display_name="Naïma Lefèvre"))


def test_the_list_shows_the_one_who_has_waited_longest_first(make, as_staff):
    course_session = make.course_session()
    for name, days in [("Ana", 1), ("Bo", 6), ("Cleo", 3)]:
        make.enrolment(course_session, make.account(display_name=name), created_at=clock.now() - timedelta(days=days))

    text = as_staff.page(LIST).text

    assert text.index("Bo") < text.index("Cleo") < text.index("Ana")
    assert "6 jours" in text


def test_the_list_is_narrowed_by_state_and_session(make, as_staff, applied):
    waiting = make.enrolment(applied.course_session, make.account(display_name="Yanis"), state=WAITLISTED, rank=1)

    assert "Yanis" not in as_staff.page(LIST).text
    assert "Yanis" in as_staff.page(f"{LIST}?etat=waitlisted").text
    assert "Yanis" in as_staff.page(f"{LIST}?etat=toutes&session={waiting.course_session_id}").text
    assert "Aucune candidature ici" in as_staff.page(f"{LIST}?etat=toutes&session={uuid.uuid4()}").text


@pytest.mark.parametrize("words", ["etat=rien", "session=rien", "page=0", "page=-3", "page=x", "page=99999999999"])
def test_filters_that_make_no_sense_are_left_out(as_staff, applied, words):
    assert "Naïma Lefèvre" in as_staff.page(f"{LIST}?{words}").text


def test_the_list_asks_as_many_questions_for_one_as_for_thirty(make, as_staff, count_queries):
    for _ in range(30):
        make.enrolment(make.course_session(), make.account())

    with count_queries(at_most=8):
        page = as_staff.page(LIST)

    assert "Page suivante" in page.text


def test_the_history_of_an_application_is_told(make, as_staff):
    made = apply(make.account(), make.course_session())
    db.session.commit()

    assert "Candidature reçue" in as_staff.page(f"{LIST}{made.id}").text


def test_staff_admit_from_the_list(as_staff, applied):
    answer = as_staff.post_form(f"{LIST}{applied.id}/accepter", at=LIST, follow_redirects=True)

    assert state_of(applied) == OFFERED
    assert "Candidature acceptée pour Naïma Lefèvre" in answer.page.text


def test_staff_refuse_with_a_reason(as_staff, applied):
    at = f"{LIST}{applied.id}"

    as_staff.post_form(f"{at}/refuser", {"refusal_reason": "Autre métier."}, at=at)

    assert (state_of(applied), db.session.get(Enrolment, applied.id).reason) == (
        EnrolmentState.REFUSED,
        "Autre métier.",
    )


def test_a_refusal_without_a_reason_comes_back_with_its_fault(as_staff, applied):
    at = f"{LIST}{applied.id}"

    answer = as_staff.post_form(f"{at}/refuser", {"refusal_reason": "  "}, at=at)

    assert (answer.status_code, state_of(applied)) == (422, APPLIED)
    assert answer.page.title.startswith("Erreur")
    assert "Indiquez le motif du refus." in answer.page.text


def test_staff_move_a_person_to_another_session(make, as_staff, applied):
    there = make.course_session(applied.course_session.course)
    at = f"{LIST}{applied.id}"

    answer = as_staff.post_form(f"{at}/deplacer", {"target": str(there.id), "move_reason": "Dates."}, at=at)

    assert (answer.status_code, state_of(applied)) == (303, EnrolmentState.REDIRECTED)
    assert db.session.get(CourseSession, there.id).seats_taken == 1


def test_a_move_keeps_what_was_typed_when_it_is_not_complete(make, as_staff, applied):
    there = make.course_session(applied.course_session.course)
    at = f"{LIST}{applied.id}"

    answer = as_staff.post_form(f"{at}/deplacer", {"target": str(there.id), "move_reason": ""}, at=at)

    assert answer.status_code == 422
    assert "Indiquez le motif du déplacement." in answer.page.text


def test_a_decision_that_the_rule_forbids_is_said_in_words(as_staff, applied):
    applied.state = EnrolmentState.WITHDRAWN
    db.session.commit()

    answer = as_staff.post(f"{LIST}{applied.id}/accepter", data={"csrf_token": as_staff.new_csrf_token()})

    assert answer.status_code == 409
    assert "a déjà été décidée ou retirée" in answer.page.text


@pytest.mark.parametrize("state", list(EnrolmentState))
def test_each_state_has_its_page(as_staff, applied, state):
    applied.state, applied.rank, applied.reason, applied.offer_until = state, 1, "Motif.", clock.now()
    db.session.commit()

    assert as_staff.page(f"{LIST}{applied.id}").h1 == "Naïma Lefèvre"
