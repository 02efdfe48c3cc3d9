"""Documents on the pages: issued by the staff, opened by whom they concern, verified by everybody."""

from datetime import timedelta

import pytest

from campus import clock
from campus.models import EnrolmentState
from campus.services import issuing
from campus.services.calendars import open_feed
from campus.services.reservations import Wish, reserve


@pytest.fixture
def called_up(make, db):
    """The call-up of somebody with a confirmed seat."""
    enrolment = make.enrolment(make.course_session(), make.trainee(), state=EnrolmentState.CONFIRMED)
    made = issuing.issue_call_up(make.staff(), enrolment)
    db.session.commit()
    return made


def test_staff_issue_the_call_ups_of_a_session_and_open_them(as_staff, make):
    session = make.course_session()
    make.enrolment(session, make.trainee(), state=EnrolmentState.CONFIRMED)
    page = as_staff.post_form(
        f"/campus/sessions/{session.id}/documents/convocations",
        at=f"/campus/sessions/{session.id}/documents",
        follow_redirects=True,
    )
    assert "Un document est à jour." in page.text
    assert "CAMP-" in page.text


def test_the_page_of_a_sessions_documents_asks_few_questions(as_staff, make, count_queries):
    session = make.course_session()
    for _turn in range(4):
        make.enrolment(session, make.trainee(), state=EnrolmentState.CONFIRMED)
    with count_queries(at_most=12):
        as_staff.get(f"/campus/sessions/{session.id}/documents")


def test_a_document_opens_as_a_file_that_no_cache_keeps(sign_in, called_up):
    answer = sign_in(called_up.enrolment.account).get(f"/parcours/documents/{called_up.id}.pdf")
    assert answer.data == called_up.content
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"{called_up.number}-v1.pdf" in answer.headers["Content-Disposition"]


def test_large_print_is_the_same_document_in_larger_letters(sign_in, called_up):
    answer = sign_in(called_up.enrolment.account).get(f"/parcours/documents/{called_up.id}.pdf?gros=1")
    assert answer.data.startswith(b"%PDF")
    assert answer.data != called_up.content


def test_a_person_with_documents_and_a_calendar_downloads_their_data(sign_in, called_up, db):
    person = called_up.enrolment.account
    open_feed(person)
    db.session.commit()
    number = called_up.number
    answer = sign_in(person).get("/compte/moi/donnees.json")
    assert answer.json["documents"][0]["number"] == number


def test_somebody_elses_document_is_not_found(as_trainee, called_up):
    assert as_trainee.get(f"/parcours/documents/{called_up.id}.pdf").status_code == 404


def test_a_firm_signs_a_letter_for_its_own_needs_only(sign_in, make):
    firm = make.organisation()
    browser, need = sign_in(make.employer(firm)), make.need(firm)
    page = browser.post_form(f"/entreprise/besoins/{need.id}/lettre", {"signatory": "Ana"}, follow_redirects=True)
    assert "Lettre CAMP-" in page.text
    assert browser.get(f"/entreprise/besoins/{make.need().id}/lettre").status_code == 404


def test_a_letter_without_a_name_says_what_is_missing(sign_in, make):
    firm = make.organisation()
    answer = sign_in(make.employer(firm)).post_form(
        f"/entreprise/besoins/{make.need(firm).id}/lettre", {"signatory": ""}
    )
    assert answer.status_code == 422
    assert "la fonction de la personne qui signe" in answer.text


def test_a_convention_is_opened_by_its_firm_and_by_no_other(as_staff, sign_in, make, db):
    firm = make.organisation()
    boss = make.employer(firm)
    made = reserve(boss, firm, make.course_session(), wish=Wish(2, clock.today() + timedelta(days=5)))
    db.session.commit()
    as_staff.post_form(f"/campus/places/{made.id}/convention", {"amount": "900 €", "terms": ""})
    assert "Convention de formation" in sign_in(boss).get("/entreprise/documents/").text
    assert "Convention de formation" not in sign_in(make.employer()).get("/entreprise/documents/").text


def test_the_programme_is_public_once_it_was_issued(as_staff, client, make):
    course_id = make.course().id
    assert client.get(f"/formations/{course_id}/programme.pdf").status_code == 404
    as_staff.post_form(f"/campus/formations/{course_id}/programme", at=f"/campus/formations/{course_id}")
    assert client.get(f"/formations/{course_id}/programme.pdf").mimetype == "application/pdf"
    assert "Programme à imprimer" in client.get(f"/formations/{course_id}").text


def test_the_scanned_code_fills_the_form_in(client, called_up):
    page = client.get(f"/verifier?numero={called_up.number}&code={called_up.code}")
    assert f'value="{called_up.code}"' in page.text


@pytest.mark.parametrize(("change", "word"), [(False, "Document authentique"), (True, "Document remplacé")])
def test_a_document_is_genuine_or_replaced(client, make, db, called_up, change, word):
    email = called_up.enrolment.account.email
    if change:
        called_up.enrolment.course_session.directions = "Bus 4"
        issuing.issue_call_up(make.staff(), called_up.enrolment)
        db.session.commit()
    page = client.post_form("/verifier", {"numero": called_up.number, "code": called_up.code})
    assert word in page.text
    assert email not in page.text


def test_a_wrong_code_is_unknown_and_trying_many_must_wait(client, called_up):
    sent = {"numero": called_up.number, "code": "2222-2222-2222"}
    assert "Document inconnu" in client.post_form("/verifier", sent).text
    for _turn in range(9):
        client.post_form("/verifier", sent)
    assert client.post_form("/verifier", {**sent, "code": called_up.code}).status_code == 429
