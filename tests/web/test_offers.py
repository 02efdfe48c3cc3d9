"""The page behind the link of an offered seat, and the trainee's own button."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.models import Enrolment, EnrolmentState, Mail
from campus.services import admissions
from campus.services.enrolments import apply


@pytest.fixture
def offer(make):
    """A seat offered to somebody, and the address that the mail carries."""
    made = admissions.admit(make.staff(), apply(make.trainee(), make.course_session(make.course(title="Cariste"))))
    db.session.commit()
    text = db.session.scalars(select(Mail.text).where(Mail.kind == "enrolment_offered")).one()
    return made, "/place/" + text.split("/place/")[1].split()[0]


def state_of(enrolment):
    return db.session.get(Enrolment, enrolment.id).state


def test_following_the_link_changes_nothing(client, offer):
    enrolment, address = offer
    page = client.page(address)
    assert (page.h1, state_of(enrolment)) == ("Cariste", EnrolmentState.OFFERED)
    assert "Prendre cette place" in page.html


def test_the_button_takes_the_seat(client, offer):
    enrolment, address = offer
    answer = client.post_form(f"{address}/prendre", at=address, follow_redirects=True)
    assert "La place est à vous" in answer.page.text
    assert state_of(enrolment) == EnrolmentState.CONFIRMED


def test_the_other_button_gives_it_back(client, offer):
    enrolment, address = offer
    answer = client.post_form(f"{address}/renoncer", at=address, follow_redirects=True)
    assert "Vous avez renoncé à cette place" in answer.page.text
    assert state_of(enrolment) == EnrolmentState.DECLINED


def test_a_late_answer_is_told_so(client, offer, stop_clock):
    enrolment, address = offer
    token = client.new_csrf_token()
    stop_clock(enrolment.offer_until + timedelta(seconds=1))
    assert "ne peut plus être prise" in client.page(address).text
    answer = client.post(f"{address}/prendre", data={"csrf_token": token})
    assert (answer.status_code, state_of(enrolment)) == (409, EnrolmentState.OFFERED)


def test_a_trainee_takes_the_seat_on_their_own_page(make, as_trainee):
    enrolment = make.enrolment(make.course_session(), as_trainee.account, state=EnrolmentState.OFFERED)
    as_trainee.post_form(f"/parcours/candidatures/suivi/{enrolment.id}/prendre", at="/parcours/")
    assert state_of(enrolment) == EnrolmentState.CONFIRMED


def test_whoever_waits_reads_the_rule_the_history_and_the_exceptions(make, as_trainee):
    course_session = make.course_session(seats_min=1, seats_max=1)
    past = make.course_session(course_session.course, starts_on=date(clock.today().year - 1, 6, 1))
    make.enrolment(past, make.trainee(), state=EnrolmentState.COMPLETED, rank=1)
    apply(make.trainee(), course_session)
    mine, later = apply(as_trainee.account, course_session), apply(make.trainee(), course_session)
    admissions.let_first(make.staff(), later, reason="Reprise après un accident.")
    db.session.commit()

    text = as_trainee.page(f"/parcours/candidatures/suivi/{mine.id}").text

    assert "Vous êtes n° 2 sur la liste d'attente" in text
    assert "D'abord les personnes attendues sur un poste" in text
    assert "1 personne, dont 1 avec une place à la fin" in text
    assert "Reprise après un accident." in text
