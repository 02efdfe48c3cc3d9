"""An admission round on its pages: staff lead it, people rank sessions by a plain form, everybody reads the rule."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.models import AdmissionRound, RoundState
from campus.services import rounds
from campus.web.trainees.rounds import PLACE

START = datetime(2027, 1, 4, 9, tzinfo=clock.PARIS)


@pytest.fixture(autouse=True)
def monday(stop_clock):
    """Begin on a Monday morning, before anybody signs in."""
    stop_clock(START)


@pytest.fixture
def sessions(make):
    """Two sessions of one seat, in three months."""
    dates = {"starts_on": clock.today() + timedelta(days=90), "seats_min": 1, "seats_max": 1}
    return [make.course_session(make.course(title=title), **dates) for title in ("Cariste", "Soudage")]


@pytest.fixture
def opened(make, sessions):
    """A round of these sessions, open to wishes."""
    today = clock.today()
    days = {"opens_on": today, "closes_on": today + timedelta(days=7), "decides_on": today + timedelta(days=9)}
    staff = make.staff()
    made = rounds.create_round(staff, rounds.RoundDetails("Rentrée", **days), [each.id for each in sessions])
    rounds.open_round(staff, made)
    db.session.commit()
    return made


def wish(client, found, *places):
    here = f"/parcours/tours/{found.id}"
    names = [f"{PLACE}{each.course_session_id}" for each in rounds.sessions_of(found)]
    return client.post_form(here, dict(zip(names, places, strict=True)), follow_redirects=True)


def staff_turns(client, found, word):
    here = f"/campus/tours/{found.id}"
    return client.post_form(f"{here}/etape/{word}", at=here, follow_redirects=True)


def test_staff_prepare_and_open_a_round(as_staff, sessions):
    form = {
        "name": "Rentrée",
        "opens_on": "2027-01-04",
        "closes_on": "2027-01-11",
        "decides_on": "2027-01-13",
        "first": "no_seat_yet",
        "sessions": [str(each.id) for each in sessions],
    }
    page = as_staff.post_form("/campus/tours/nouveau", form, follow_redirects=True).page
    assert page.h1 == "Rentrée"
    made = db.session.scalars(select(AdmissionRound)).one()
    assert "Clore les vœux" in staff_turns(as_staff, made, "ouvrir").page.text


def test_a_wrong_round_keeps_what_was_typed(as_staff, sessions):
    form = {"name": "Rentrée", "opens_on": "2027-01-11", "closes_on": "2027-01-04", "decides_on": "2027-01-04"}
    answer = as_staff.post_form("/campus/tours/nouveau", form)
    assert answer.status_code == 422
    assert "ne peut pas précéder l'ouverture" in answer.page.text
    assert answer.page.forms[-1].values["name"] == ["Rentrée"]


def test_a_direct_application_is_led_to_the_round(as_trainee, sessions, opened):
    here = f"/parcours/candidatures/{sessions[0].id}"
    assert f"/parcours/tours/{opened.id}" in as_trainee.page(here).links.values()
    answer = as_trainee.post(here, data={"csrf_token": as_trainee.new_csrf_token()})
    assert (answer.status_code, "Aller au tour d'admission" in answer.page.text) == (409, True)


def test_the_catalogue_leads_to_the_round(as_trainee, sessions, opened):
    page = as_trainee.page(f"/formations/{sessions[0].course_id}")
    assert f"/tours/{opened.id}" in page.links.values()


def test_one_place_given_twice_is_refused_and_kept_on_the_page(as_trainee, opened):
    answer = wish(as_trainee, opened, "1", "1")
    assert answer.status_code == 422
    assert "Le rang 1 est donné à deux sessions" in answer.page.text
    assert sorted(map(str, answer.page.forms[-1].values.values())).count("['1']") == 2


def test_a_person_reads_the_last_rank_admitted_and_their_own(make, sign_in, as_staff, opened, stop_clock):
    browsers = [sign_in(make.trainee()) for _each in range(3)]
    for each in browsers:
        assert "Vos vœux sont enregistrés" in wish(each, opened, "2", "1").page.text
    stop_clock(START + timedelta(days=9))
    as_staff.sign_in_as(as_staff.account)
    for word in ("clore", "decider", "annoncer"):
        staff_turns(as_staff, opened, word)
    texts = [sign_in(each.account).page(f"/parcours/tours/{opened.id}").text for each in browsers]
    assert sum("Votre vœu n° 1 est satisfait" in text for text in texts) == 1
    assert sum("Dernier rang admis : 1. Votre rang : " in text for text in texts) == 2
    assert db.session.get(AdmissionRound, opened.id).state is RoundState.ANNOUNCED


def test_the_seed_is_on_the_public_page_once_it_has_served(client, as_staff, opened, stop_clock):
    here = f"/tours/{opened.id}"
    page = client.page(here)
    assert opened.seed_digest in page.text
    assert opened.seed not in page.text
    stop_clock(START + timedelta(days=9))
    as_staff.sign_in_as(as_staff.account)
    for word in ("clore", "decider", "annoncer"):
        staff_turns(as_staff, opened, word)
    assert opened.seed in client.page(here).text


def test_leaving_a_round_takes_it_off_the_path(as_trainee, opened):
    wish(as_trainee, opened, "1", "")
    assert "Rentrée" in as_trainee.page("/parcours/").text
    here = f"/parcours/tours/{opened.id}"
    as_trainee.post_form(f"{here}/quitter", at=here)
    assert f"/parcours/tours/{opened.id}" not in as_trainee.page("/parcours/").links.values()
