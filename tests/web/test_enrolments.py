"""Applying, following and withdrawing, as a trainee does in a browser."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from campus import clock, db
from campus.models import CourseSessionState, Enrolment, EnrolmentState, SkillResult
from campus.queries.profiles import levels_of

APPLIED = EnrolmentState.APPLIED


def apply_as(client, course_session):
    return client.post_form(f"/parcours/candidatures/{course_session.id}", follow_redirects=True)


def test_a_trainee_applies_and_reads_who_acts_next(make, as_trainee):
    page = apply_as(as_trainee, make.course_session(make.course(title="Conduire une ligne"))).page

    assert page.h1 == "Conduire une ligne"
    assert "Une place est retenue pour vous" in page.text
    assert "Qui doit agirLe campus" in page.text


def test_a_trainee_reads_the_place_in_the_waiting_list(make, as_trainee):
    course_session = make.course_session(seats_min=1, seats_max=1)
    make.enrolment(course_session, make.account())

    assert "Vous êtes n° 1 sur la liste d'attente" in apply_as(as_trainee, course_session).page.text


def test_the_page_before_the_button_says_that_one_will_wait(make, as_trainee):
    course_session = make.course_session(seats_min=1, seats_max=1)
    make.enrolment(course_session, make.account())

    page = as_trainee.page(f"/parcours/candidatures/{course_session.id}")

    assert "vous entrez dans la liste d'attente, au rang 1" in page.text


def test_whoever_has_applied_is_led_to_the_application(make, as_trainee):
    course_session = make.course_session()
    made = make.enrolment(course_session, as_trainee.account)

    assert as_trainee.get(f"/parcours/candidatures/{course_session.id}").location.endswith(f"/suivi/{made.id}")


def test_a_closed_session_is_refused_in_words(make, as_trainee):
    course_session = make.course_session(registration_deadline=clock.today() - timedelta(days=1))

    answer = apply_as(as_trainee, course_session)

    assert answer.status_code == 409
    assert "La date limite d'inscription est passée" in answer.page.text


def test_a_session_that_nobody_may_see_is_not_found(make, as_trainee):
    hidden = make.course_session(state=CourseSessionState.PREPARATION)

    assert as_trainee.get(f"/parcours/candidatures/{hidden.id}").status_code == 404


def test_somebody_elses_application_is_not_found(make, as_trainee):
    address = f"/parcours/candidatures/suivi/{make.enrolment(make.course_session(), make.account()).id}"

    assert as_trainee.get(address).status_code == 404
    assert as_trainee.get(f"{address}/retirer").status_code == 404


def test_the_path_without_applications_says_so(as_trainee):
    assert "Aucune candidature en cours" in as_trainee.page("/parcours/").text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (APPLIED, "Une place est retenue pour vous"),
        (EnrolmentState.POSITIONING, "Le campus vous invite à un positionnement"),
        (EnrolmentState.ADMITTED, "Prendre cette place"),
        (EnrolmentState.OFFERED, "Prendre cette place"),
        (EnrolmentState.CONFIRMED, "Vous avez votre place"),
        (EnrolmentState.CALLED_UP, "présentez-vous le premier jour"),
        (EnrolmentState.ATTENDED, "Vous êtes en formation"),
        (EnrolmentState.COMPLETED, "acquis complets"),
        (EnrolmentState.COMPLETED_PART, "acquis partiels"),
        (EnrolmentState.DROPPED_OUT, "Abandon"),
        (EnrolmentState.ABSENT, "Absence"),
        (EnrolmentState.DECLINED, "Place déclinée"),
        (EnrolmentState.EXPIRED, "Délai dépassé"),
        (EnrolmentState.REFUSED, "Non retenue"),
        (EnrolmentState.WITHDRAWN, "Retirée"),
        (EnrolmentState.REDIRECTED, "Déplacée"),
    ],
)
def test_the_path_tells_where_each_application_stands(make, as_trainee, state, said):
    course = make.course(title="Cariste")
    made = make.enrolment(make.course_session(course), as_trainee.account, state=state, reason="Motif.")

    assert said in as_trainee.page("/parcours/").text
    assert "Cariste" in as_trainee.page(f"/parcours/candidatures/suivi/{made.id}").text


def test_the_path_asks_as_many_questions_for_one_as_for_twenty(make, as_trainee, count_queries):
    for _ in range(20):
        make.enrolment(make.course_session(), as_trainee.account, state=APPLIED)

    with count_queries(at_most=8):
        as_trainee.page("/parcours/")


def test_a_trainee_withdraws_after_a_page_of_its_own(make, as_trainee):
    made = make.enrolment(make.course_session(make.course(title="Cariste")), as_trainee.account)

    page = as_trainee.post_form(f"/parcours/candidatures/suivi/{made.id}/retirer", follow_redirects=True).page

    assert "Vous avez retiré votre candidature à « Cariste »" in page.text
    assert db.session.get(Enrolment, made.id).state == EnrolmentState.WITHDRAWN


def test_reading_the_withdrawal_page_changes_nothing(make, as_trainee):
    made = make.enrolment(make.course_session(), as_trainee.account)

    as_trainee.page(f"/parcours/candidatures/suivi/{made.id}/retirer")

    assert db.session.get(Enrolment, made.id).state == APPLIED


def test_the_application_says_the_opening_rule_and_leads_to_the_calendar(make, as_trainee, client):
    session = make.course_session(seats_min=4, decides_on=date(2027, 3, 1))
    made = make.enrolment(session, as_trainee.account, state=APPLIED)
    page = as_trainee.page(f"/parcours/candidatures/suivi/{made.id}")
    rule = "Décision le 1er mars 2027 : la session ouvre à partir de 4 personnes inscrites."
    assert rule in page.text
    assert rule in client.page(f"/formations/{session.course_id}").text
    assert f"/calendrier/session/{session.id}.ics" in page.html


def test_a_trainee_in_the_course_stops_it_and_says_why(make, as_trainee):
    made = make.enrolment(make.course_session(), as_trainee.account, state=EnrolmentState.ATTENDED)
    here = f"/parcours/candidatures/suivi/{made.id}"
    assert "Arrêter la formation" in as_trainee.page(here).text
    assert as_trainee.post_form(f"{here}/retirer", {"reason": " "}).status_code == 422
    as_trainee.post_form(f"{here}/retirer", {"reason": "Un emploi trouvé."})
    found = db.session.get_one(Enrolment, made.id)
    assert (found.state, found.reason) == (EnrolmentState.DROPPED_OUT, "Un emploi trouvé.")


def test_the_path_names_the_firms_and_what_each_sees(make, as_trainee):
    firm = make.employer()
    make.enrolment(
        session := make.course_session(),
        as_trainee.account,
        reservation=make.reservation(session, firm),
        state=EnrolmentState.CONFIRMED,
    )
    text = as_trainee.page("/parcours/").text
    assert f"{make.organisation_of(firm).name}vous envoie en formation" in text


def test_last_years_list_is_told_before_the_button_too(make, as_trainee):
    course = make.course()
    full = make.course_session(course, seats_min=1, seats_max=1)
    make.enrolment(full, make.account())
    year = clock.today().year - 1
    before = make.course_session(course, starts_on=date(year, 5, 3), state=CourseSessionState.CLOSED)
    make.enrolment(before, make.account(), state=EnrolmentState.CONFIRMED, rank=1)
    assert f"en {year} : 1 personne" in as_trainee.page(f"/parcours/candidatures/{full.id}").text


def test_what_was_reached_is_taken_over_into_ones_skills(make, as_trainee):
    skill = make.skill("Souder au TIG")
    made = make.enrolment(make.course_session(), as_trainee.account, state=EnrolmentState.COMPLETED)
    judged = {"assessor_id": make.trainer().id, "assessed_on": clock.today()}
    make.save(SkillResult(enrolment_id=made.id, skill_id=skill.id, level=3, **judged))
    here = f"/parcours/candidatures/suivi/{made.id}"
    assert "Souder au TIG" in as_trainee.page(here).text
    as_trainee.post_form("/parcours/competences/", at=here)
    assert levels_of(as_trainee.account) == {skill.id: 3}
    assert "Ces acquis sont dans vos compétences" in as_trainee.page(here).text
