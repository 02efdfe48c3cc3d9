"""The signed letter on the pages: handed in by the firm, opened and read over by the staff."""

from __future__ import annotations

from io import BytesIO

import pytest

from campus.queries.commitments import ladder_of
from campus.services.commitments import sign_letter

PDF = b"%PDF-1.7\nsigned\n%%EOF\n"


@pytest.fixture
def need(make, db):
    firm = make.employer()
    made = make.need(make.organisation_of(firm), firm, posts=2)
    sign_letter(firm, made, number="CAMP-2027-000001", signatory="Ana Ruiz")
    db.session.commit()
    return made


def hand_in(client, need, content):
    return client.post_form(
        f"/entreprise/besoins/{need.id}/lettre-signee",
        at=f"/entreprise/besoins/{need.id}/engagement/",
        data={"file": (BytesIO(content), "lettre.pdf")},
        follow_redirects=True,
    )


def test_a_firm_hands_in_its_letter_and_the_staff_accept_it(sign_in, need, make):
    page = hand_in(sign_in(need.author), need, PDF)
    assert "en attente de relecture" in page.text
    (copy,) = ladder_of(need).copies
    assert "à relire" in page.text
    staff = sign_in(make.staff())
    assert need.title in staff.get("/campus/engagements/").text
    file = staff.get(f"/campus/lettres-signees/{copy.id}")
    assert file.data == PDF
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in file.headers["Content-Security-Policy"]
    accepted = staff.post_form(
        f"/campus/lettres-signees/{copy.id}/accepter", at=f"/campus/besoins/{need.id}", follow_redirects=True
    )
    assert "vérifiée par" in accepted.text
    assert "2 postes ont une lettre revenue signée" in staff.page("/campus/engagements/").text
    assert "0 poste a une lettre revenue signée" in staff.page("/campus/engagements/?le=2026-01-01").text


def test_a_file_that_is_no_letter_stays_on_the_page_with_its_reason(sign_in, need):
    page = hand_in(sign_in(need.author), need, b"MZ")
    assert page.status_code == 422
    assert "pas une lettre lisible" in page.text
    assert not ladder_of(need).copies


def test_the_staff_are_told_what_a_step_means_and_the_firm_how_to_reach_it(sign_in, need, make):
    how, meaning = "Le campus publie le besoin après", "Une personne nommée a rempli le formulaire"
    mine = sign_in(need.author).page(f"/entreprise/besoins/{need.id}/engagement/").text
    theirs = sign_in(make.staff()).page(f"/campus/besoins/{need.id}").text
    assert [how in mine, meaning in mine] == [True, False]
    assert [how in theirs, meaning in theirs] == [False, True]


def test_the_staff_file_a_letter_handed_over_on_paper_and_it_is_read_at_once(sign_in, need, make):
    staff = sign_in(make.staff(display_name="Jeanne Petit"))
    where = {"url": f"/campus/besoins/{need.id}/lettre-signee", "at": f"/campus/besoins/{need.id}"}
    wrong = staff.post_form(data={"file": (BytesIO(b"MZ"), "lettre.pdf")}, **where)
    assert wrong.status_code == 422
    assert "pas une lettre lisible" in wrong.text
    kept = staff.post_form(data={"file": (BytesIO(PDF), "lettre.pdf")}, follow_redirects=True, **where)
    assert "vérifiée par Jeanne Petit" in kept.text
    (copy,) = ladder_of(need).copies
    assert {copy.sent_by_id, copy.checked_by_id} == {staff.account.id}
    assert sign_in(need.author).get(f"/entreprise/lettres-signees/{copy.id}").data == PDF


def test_without_a_letter_the_staff_have_nothing_to_file(sign_in, make):
    need, staff = make.need(), sign_in(make.staff())
    token = staff.new_csrf_token()
    data = {"file": (BytesIO(PDF), "lettre.pdf"), "csrf_token": token}
    assert staff.post(f"/campus/besoins/{need.id}/lettre-signee", data=data).status_code == 422
    assert "lettre-signee" not in staff.get(f"/campus/besoins/{need.id}").text
