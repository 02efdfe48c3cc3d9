"""A firm reserves seats and names people, one by one or by a list that it reads over first."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campus import clock, db
from campus.models import Enrolment, ReservationState, SeatReservation
from campus.services.reservations import Wish, reserve


@pytest.fixture
def kept(make, as_employer):
    """Three seats of a session, reserved by the employer's site."""
    site = make.organisation_of(as_employer.account)
    made = reserve(as_employer.account, site, make.course_session(), wish=Wish(3, clock.today() + timedelta(days=5)))
    db.session.commit()
    return made


def here(kept):
    return f"/entreprise/places/{kept.id}"


def named(kept):
    return db.session.scalar(select(func.count()).select_from(Enrolment).where(Enrolment.reservation_id == kept.id))


def test_a_firm_reserves_seats(make, as_employer):
    course_session = make.course_session(make.course(title="Cariste"))
    form = {
        "course_session": str(course_session.id),
        "seats": "2",
        "names_until": (clock.today() + timedelta(days=5)).isoformat(),
    }
    answer = as_employer.post_form("/entreprise/places/nouvelle", form, follow_redirects=True)
    assert "2 places attendent un nom" in answer.page.text
    assert db.session.scalars(select(SeatReservation)).one().seats == 2


def test_too_many_seats_are_refused_in_words(make, as_employer):
    course_session = make.course_session(seats_min=1, seats_max=1)
    form = {
        "course_session": str(course_session.id),
        "seats": "2",
        "names_until": (clock.today() + timedelta(days=5)).isoformat(),
    }
    answer = as_employer.post_form("/entreprise/places/nouvelle", form)
    assert answer.status_code == 409
    assert "Places libres : 1." in answer.page.text


def test_one_person_is_named_by_the_form(as_employer, kept):
    as_employer.post_form(f"{here(kept)}/personne", {"name": "Naïma", "email": "naima@exemple.fr"}, at=here(kept))
    assert "naima@exemple.fr" in as_employer.page(here(kept)).text


def test_an_address_that_has_an_account_does_not_tell_the_firm_whose(make, as_employer, kept):
    make.trainee(email="naima@exemple.fr", display_name="Naïma Haddad")
    db.session.commit()
    answer = as_employer.post_form(
        f"{here(kept)}/personne", {"name": "X", "email": "naima@exemple.fr"}, at=here(kept), follow_redirects=True
    )
    assert "naima@exemple.fr" in answer.page.text
    assert "Haddad" not in answer.page.text


def test_a_list_is_read_over_before_anything_is_written(as_employer, kept):
    text = "naima@exemple.fr;Naïma\nsans adresse;Bo\na@exemple.fr;Ana\nc@exemple.fr;Cleo\nd@exemple.fr;Dan"
    page = as_employer.post_form(f"{here(kept)}/liste", {"text": text}, at=here(kept)).page
    assert "3 personnes peuvent être nommées" in page.text
    assert "Une adresse électronique" in page.text
    assert "plus de place réservée pour cette ligne" in page.text
    assert named(kept) == 0


def test_a_list_that_was_read_over_is_carried_out(as_employer, kept):
    form = {"csrf_token": as_employer.new_csrf_token(), "text": "naima@exemple.fr;Naïma\nb@exemple.fr;Bo"}
    for _double_click in range(2):
        as_employer.post(f"{here(kept)}/personnes", data=form)
    assert named(kept) == 2


def test_a_file_is_read_over_as_well(as_employer, kept):
    upload = (io.BytesIO("naima@exemple.fr;Naïma".encode()), "équipe.csv")
    form = {"csrf_token": as_employer.new_csrf_token(), "file": upload}
    assert "1 personne peut être nommée" in as_employer.post(f"{here(kept)}/liste", data=form).page.text


def test_a_file_that_is_no_list_is_told(as_employer, kept):
    form = {"csrf_token": as_employer.new_csrf_token(), "file": (io.BytesIO(b"PK\x03\x04oops"), "x.xlsx")}
    answer = as_employer.post(f"{here(kept)}/liste", data=form)
    assert answer.status_code == 422
    assert "ce classeur est abîmé" in answer.page.text


def test_seats_are_given_back(as_employer, kept):
    as_employer.post_form(f"{here(kept)}/rendre", at=here(kept))
    assert db.session.get(SeatReservation, kept.id).state is ReservationState.RETURNED


def test_another_firms_reservation_is_not_found(make, sign_in, kept):
    other = sign_in(make.employer())
    assert other.get(here(kept)).status_code == 404
    form = {"csrf_token": other.new_csrf_token(), "name": "Bo", "email": "bo@exemple.fr"}
    assert other.post(f"{here(kept)}/personne", data=form).status_code == 404
