"""A need followed post by post, as the firm, the trainee and the staff see it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.models import CoverageEvent, CoverageKind, Enrolment, NeedPost, PostState, TraineeSkill
from campus.services import admissions, attending, offers
from campus.services.enrolments import apply
from campus.services.ledger import append
from campus.services.offers import accept
from campus.services.reservations import Wish, name_person, reserve


@pytest.fixture
def need(make, as_employer):
    return make.need(make.organisation_of(as_employer.account), as_employer.account, posts=1, title="Conducteur")


@pytest.fixture
def post(need):
    return db.session.scalars(select(NeedPost).where(NeedPost.need_id == need.id)).one()


@pytest.fixture
def trained(make, post):
    """Somebody who was trained for the post."""
    staff, person = make.staff(), make.trainee(display_name="Naïma Lefèvre")
    made = admissions.tie_to_post(staff, apply(person, make.course_session()), post, reason="Attendue.")
    offers.accept(person, admissions.admit(staff, made))
    attending.note_present(staff, made)
    attending.complete(staff, made)
    db.session.commit()
    return made


def page_of(need):
    return f"/entreprise/besoins/{need.id}/couverture/"


def state_of(post):
    return db.session.get(NeedPost, post.id).state


def test_the_firm_follows_each_post_without_the_name_of_the_person(as_employer, need, trained):
    page = as_employer.page(page_of(need))
    assert "La formation est terminée" in page.text
    assert "Personne 1 : personne formée" in page.text
    assert "Naïma" not in page.text


def test_the_firm_reads_the_name_and_the_skills_only_once_the_person_agrees(make, as_employer, sign_in, need, trained):
    here, firm, trainee = page_of(need), need.organisation_id, sign_in(trained.account)
    there = f"{here}personnes/{trained.id}"
    make.save(TraineeSkill(account_id=trained.account_id, skill_id=make.skill("Souder").id, level=2))
    assert as_employer.get(there).status_code == 404
    trainee.post_form("/parcours/partage/", {"share": [f"profile:{firm}"]})
    assert "Naïma Lefèvre" in as_employer.page(here).text
    page = as_employer.page(there)
    assert "Souder" in page.text
    assert "ne partage pas ses résultats" in page.text
    trainee.post_form("/parcours/partage/", {"share": None})
    assert as_employer.get(there).status_code == 404


def test_the_chain_counts_the_posts_at_each_step(as_employer, need, trained):
    page = as_employer.page(page_of(need))
    rows = [["".join(cell.itertext()) for cell in row] for row in page.all("tr")]
    assert [count for step, count in [row for row in rows if len(row) == 2][1:]] == list("111111000")


def test_the_staff_read_the_name(as_staff, need, trained):
    assert "Naïma Lefèvre" in as_staff.page(f"/campus/besoins/{need.id}/couverture/").text


def test_the_firm_says_that_it_hired(as_employer, need, post, trained):
    address = f"{page_of(need)}postes/{post.id}/embauche?candidate={trained.id}"
    page = as_employer.post_form(address, at=page_of(need), follow_redirects=True).page
    assert state_of(post) is PostState.HIRED
    assert "Chaque poste est pourvu, embauche constatée" in page.text


def test_two_answers_that_disagree_are_both_on_the_page(as_employer, sign_in, need, post, trained):
    as_employer.post_form(f"{page_of(need)}postes/{post.id}/embauche?candidate={trained.id}", at=page_of(need))
    trainee = sign_in(db.session.get(Enrolment, trained.id).account)
    here = f"/parcours/candidatures/suivi/{trained.id}"
    trainee.post_form(f"{here}/embauche/non", at=here)

    text = as_employer.page(page_of(need)).text
    assert text.count("deux avis") == 2
    assert "selon l'entreprise" in text
    assert "selon la personne" in text


def test_a_line_is_contested_with_a_reason(as_employer, need, post, trained):
    line = db.session.scalars(select(CoverageEvent).where(CoverageEvent.kind == CoverageKind.COMPLETED)).one()
    here = f"{page_of(need)}lignes/{line.id}/contester"
    assert as_employer.post_form(here, {"why": ""}).status_code == 422
    as_employer.post_form(here, {"why": "Elle a manqué la fin."})
    assert state_of(post) is PostState.STARTED
    assert "Elle a manqué la fin." in as_employer.page(page_of(need)).text


def test_another_firms_posts_and_lines_are_not_found(make, sign_in, need, post, trained):
    other = sign_in(make.employer())
    line = append(make.staff(), post.id, CoverageKind.PRESENTED)
    db.session.commit()
    token = {"csrf_token": other.new_csrf_token()}
    assert other.get(page_of(need)).status_code == 404
    assert other.post(f"{page_of(need)}postes/{post.id}/embauche", data=token).status_code == 404
    assert other.post(f"{page_of(need)}lignes/{line.id}/confirmer", data=token).status_code == 404


def test_a_firm_answers_only_about_its_own_candidates(make, as_employer, need, post):
    stranger = make.enrolment(make.course_session(), make.trainee())
    address = f"{page_of(need)}postes/{post.id}/embauche?candidate={stranger.id}"
    answer = as_employer.post(address, data={"csrf_token": as_employer.new_csrf_token()})
    assert answer.status_code == 404


def test_staff_tie_a_person_to_a_post(make, as_staff, need, post):
    made = make.enrolment(make.course_session(), make.trainee())
    here = f"/campus/candidatures/{made.id}"
    as_staff.post_form(f"{here}/poste", {"post": str(post.id), "tie_reason": "Promesse d'embauche."}, at=here)
    assert (db.session.get(Enrolment, made.id).need_post_id, state_of(post)) == (post.id, PostState.PROPOSED)


def test_naming_an_address_opens_nothing_until_the_person_takes_the_seat(make, as_employer, need):
    firm, person = as_employer.account, make.trainee(display_name="Naïma Haddad")
    wish = Wish(1, clock.today() + timedelta(days=5), need)
    kept = reserve(firm, need.organisation, make.course_session(), wish=wish)
    named = name_person(firm, kept, email=person.email, name="X")
    db.session.commit()
    here = f"/entreprise/besoins/{need.id}/couverture/"
    assert "Haddad" not in as_employer.page(here).text
    assert as_employer.get(f"{here}personnes/{named.id}").status_code == 404
    accept(person, db.session.get_one(Enrolment, named.id))
    db.session.commit()
    assert "Naïma Haddad" in as_employer.page(here).text
