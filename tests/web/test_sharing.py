"""What people share, download and erase by themselves, and what staff read only for a reason."""

from __future__ import annotations

import json

import pytest

from campus import db
from campus.models import Account, Enrolment, EnrolmentState, SupportNeed, TraineeSkill
from campus.services.enrolments import apply
from campus.services.sharing import say_support
from tests.make import PASSWORD


@pytest.fixture
def trainee(make, sign_in):
    """A browser of a trainee with a skill, a need of support and an application."""
    person = make.trainee(display_name="Naïma Lefèvre", password=PASSWORD)
    make.save(TraineeSkill(account_id=person.id, skill_id=make.skill("Souder").id, level=2))
    say_support(person, "Un poste assis.")
    apply(person, make.course_session(make.course(title="Cariste")))
    db.session.commit()
    return sign_in(person)


def test_the_download_holds_all_that_is_theirs_and_no_secret(make, trainee):
    make.enrolment(make.course_session(), make.trainee(display_name="Quelqu'un"))
    answer = trainee.get("/compte/moi/donnees.json")
    found = json.loads(answer.data)
    assert found["accounts"][0]["display_name"] == "Naïma Lefèvre"
    assert found["support_needs"][0]["needs"] == "Un poste assis."
    assert {"trainee_skills", "enrolments", "mails"} <= found.keys()
    assert "password_hash" not in answer.text
    assert len(found["enrolments"]) == 1


def test_the_preview_says_what_goes_and_what_stays(trainee):
    page = trainee.page("/parcours/partage/effacement")
    assert "votre candidature à « Cariste » : la place va à la personne suivante" in page.text
    assert "Ce qui reste, sans votre nom" in page.text


def test_erasing_leaves_no_name_and_frees_the_seat(trainee):
    trainee.post_form("/parcours/partage/effacement", {"current": PASSWORD})
    made = db.session.query(Enrolment).one()
    gone = db.session.get(Account, made.account_id)
    assert (gone.display_name, gone.password_hash, gone.disabled_at is None) == ("Compte effacé", None, False)
    assert (made.state, made.course_session.seats_taken) == (EnrolmentState.WITHDRAWN, 0)
    assert db.session.query(SupportNeed).count() == db.session.query(TraineeSkill).count() == 0
    assert trainee.get("/parcours/").status_code == 303


def test_nothing_is_erased_without_the_password(trainee):
    answer = trainee.post_form("/parcours/partage/effacement", {"current": "autre chose"})
    assert answer.status_code == 422
    assert db.session.query(Account).filter_by(display_name="Naïma Lefèvre").count() == 1


def test_one_shares_only_with_firms_one_has_to_do_with(make, trainee):
    form = {"share": f"profile:{make.organisation().id}", "csrf_token": trainee.new_csrf_token()}
    assert trainee.post("/parcours/partage/", data=form).status_code == 409


def test_staff_read_what_is_kept_apart_only_once_they_say_why(as_staff, trainee):
    here = f"/campus/dossiers/{trainee.account.id}"
    assert "Un poste assis." not in as_staff.page(here).text
    assert as_staff.post_form(f"{here}/lire", {"why": ""}, at=here).status_code == 422
    as_staff.post_form(f"{here}/lire", {"why": "Préparer l'accueil."}, at=here)
    assert "Un poste assis." in as_staff.page(here).text
    assert "Préparer l'accueil." in trainee.page("/parcours/partage/").text


def test_what_one_opens_another_does_not_read(make, sign_in, as_staff, trainee):
    here = f"/campus/dossiers/{trainee.account.id}"
    as_staff.post_form(f"{here}/lire", {"why": "Préparer l'accueil."}, at=here)
    assert "Un poste assis." not in sign_in(make.staff()).page(here).text


def test_the_reason_of_a_refusal_is_read_by_whoever_decided(make, sign_in, as_staff, trainee):
    made = db.session.query(Enrolment).one()
    here = f"/campus/candidatures/{made.id}"
    as_staff.post_form(f"{here}/refuser", {"refusal_reason": "Niveau d'entrée."}, at=here)
    assert "Niveau d'entrée." in as_staff.page(here).text
    assert "Niveau d'entrée." not in sign_in(make.staff()).page(here).text


def test_a_withdrawal_is_taken_back_from_the_notice(trainee):
    made = db.session.query(Enrolment).one()
    here = f"/parcours/candidatures/suivi/{made.id}"
    page = trainee.post_form(f"{here}/retirer", follow_redirects=True).page
    assert f"{here}/reprendre" in {form.action for form in page.forms}
    trainee.post_form(f"{here}/reprendre", at=here)
    assert db.session.get(Enrolment, made.id, populate_existing=True).state is EnrolmentState.APPLIED
