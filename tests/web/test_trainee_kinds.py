"""What kind of trainee each person of a year is: said by staff, or told by a post or a seat."""

from datetime import date

import pytest
from sqlalchemy import select

from campus import db
from campus.models import AuditEvent, Contract, Enrolment, EnrolmentState, NeedPost, TraineeKind
from campus.queries.dossiers import year_of
from campus.queries.trainee_kinds import entries_of
from campus.reports.bilan import frame_of
from campus.services import erasure
from campus.services.admissions import move
from tests.reports.workbooks import sheets_of

YEAR = 2027
LIST = f"/campus/dossiers/types/{YEAR}"
COUNTED = "/campus/dossiers/coherence?annee=2027"
BEGAN = EnrolmentState.ATTENDED


@pytest.fixture
def session(make):
    return make.course_session(starts_on=date(YEAR, 3, 1), seats_max=60)


@pytest.fixture
def ana(make, session):
    return make.enrolment(session, make.trainee(display_name="Ana Ruiz"), state=BEGAN)


@pytest.fixture
def apprentice(make, session):
    need = make.need(contract=Contract.APPRENTICESHIP)
    post = db.session.scalars(select(NeedPost).where(NeedPost.need_id == need.id)).first()
    return make.enrolment(session, make.trainee(display_name="Bo Martin"), state=BEGAN, need_post_id=post.id)


@pytest.fixture
def sent(make, session):
    seat = make.reservation(session, make.employer(make.organisation()))
    return make.enrolment(session, make.trainee(display_name="Cleo Petit"), state=BEGAN, reservation=seat)


def kind_of(enrolment):
    return db.session.get(Enrolment, enrolment.id, populate_existing=True).trainee_kind


def kinds_counted(year=YEAR):
    return {kind: people for kind, (people, _hours) in frame_of(year_of(year).learners, lambda each: each.kind).items()}


def test_only_those_of_whom_nothing_tells_the_kind_are_to_be_told(as_staff, ana, apprentice, sent):
    assert kinds_counted() == {"unknown": 1, "apprentice": 1, "private": 1}
    told, every = as_staff.page(LIST).text, as_staff.page(f"{LIST}?voir=tous").text
    assert "Ana Ruiz" in told
    assert "Bo Martin" not in told
    assert "Cleo Petit" not in told
    assert "b. Apprentis, d'après le contrat d'apprentissage du poste" in every
    assert "a. Salariés d'employeurs privés, d'après la place réservée par une entreprise" in every
    assert (entries_of(YEAR, 1, unknown=True).unknown, entries_of(YEAR, 1, unknown=True).total) == (1, 3)


def test_the_report_tells_the_kinds_in_the_order_of_the_form(as_staff, ana, apprentice, sent):
    sheets = sheets_of(as_staff, "bilan", annee=YEAR)
    frame = next(rows for name, rows in sheets.items() if name.startswith("Cadre F 1"))
    assert [row[:2] for row in frame[1:]] == [
        ["a. Salariés d’employeurs privés", 1],
        ["b. Apprentis", 1],
        ["Type à préciser", 1],
        ["Total", 3],
    ]


def test_the_year_is_that_of_the_session_and_who_never_came_does_not_count(make, as_staff, ana, session):
    make.enrolment(make.course_session(starts_on=date(2026, 12, 1)), make.trainee(display_name="Dan"), state=BEGAN)
    make.enrolment(session, make.trainee(display_name="Eve"), state=EnrolmentState.CONFIRMED)
    page = as_staff.page(f"{LIST}?voir=tous").text
    assert ("Dan" in page, "Eve" in page) == (False, False)
    assert "Dan" in as_staff.page("/campus/dossiers/types/2026").text


def test_a_page_is_saved_at_once_and_saving_it_again_takes_it_back(as_staff, ana, apprentice, sent):
    every = f"{LIST}?voir=tous"
    names = [each.name for each in entries_of(YEAR, 1, unknown=False).rows]
    chosen = {f"lines-{names.index('Ana Ruiz')}-kind": "jobseeker", f"lines-{names.index('Bo Martin')}-kind": "other"}
    answer = as_staff.post_form(every, chosen, follow_redirects=True)
    assert "2 types enregistrés." in answer.page.text
    assert kinds_counted() == {"jobseeker": 1, "other": 1, "private": 1}
    assert kind_of(sent) is None
    told = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "enrolment.kind_set"))
    assert {each.subject_id: each.details["kind"] for each in told} == {
        str(ana.id): [None, "jobseeker"],
        str(apprentice.id): [None, "other"],
    }
    as_staff.post_form(every, dict.fromkeys(chosen, ""))
    assert kinds_counted() == {"unknown": 1, "apprentice": 1, "private": 1}


def test_what_was_not_touched_on_a_page_leaves_a_colleagues_answer_alone(as_staff, ana):
    stale = {"lines-0-enrolment": str(ana.id), "lines-0-was": "", "lines-0-kind": ""}
    db.session.get(Enrolment, ana.id).trainee_kind = TraineeKind.INDIVIDUAL
    db.session.commit()
    sent = as_staff.post(LIST, data={**stale, "csrf_token": as_staff.new_csrf_token()})
    assert sent.status_code == 303
    assert kind_of(ana) is TraineeKind.INDIVIDUAL


def test_a_kind_that_is_not_on_the_list_changes_nothing_and_names_the_line(make, as_staff, ana, session):
    zoe = make.enrolment(session, make.trainee(display_name="Zoé Noir"), state=BEGAN)
    answer = as_staff.post_form(LIST, {"lines-0-kind": "jobseeker", "lines-1-kind": "wizard"})
    assert answer.status_code == 422
    assert "Type de Zoé Noir : Choisissez un type de la liste, ou laissez à préciser." in answer.page.text
    assert (kind_of(ana), kind_of(zoe)) == (None, None)


@pytest.mark.parametrize("key", ["nonsense", "01890000-0000-7000-8000-000000000000", "of another year"])
def test_a_line_that_does_not_count_in_the_year_changes_nothing(make, as_staff, ana, key):
    other = make.enrolment(make.course_session(starts_on=date(2026, 12, 1)), make.trainee(), state=BEGAN)
    typed = {"lines-1-enrolment": str(other.id) if " " in key else key, "lines-1-was": "", "lines-1-kind": "other"}
    answer = as_staff.post_form(LIST, {"lines-0-kind": "jobseeker", **typed})
    assert answer.status_code == 422
    assert "Une ligne n'est plus parmi les entrées de l'année" in answer.page.text
    assert (kind_of(ana), kind_of(other)) == (None, None)


def test_the_list_asks_as_many_questions_for_one_as_for_forty(make, as_staff, count_queries, ana, session):
    with count_queries() as few:
        as_staff.page(f"{LIST}?voir=tous")
    for _each in range(40):
        make.enrolment(session, make.trainee(), state=BEGAN)
    with count_queries(at_most=10) as many:
        page = as_staff.page(f"{LIST}?voir=tous")
    assert "Page suivante" in page.text
    assert len(many) == len(few)


def test_a_page_beyond_the_last_leads_to_the_first(as_staff, ana):
    assert as_staff.get(f"{LIST}?page=9").headers["Location"] == LIST


def test_the_kind_is_said_on_the_page_of_the_application_and_told_in_its_history(as_staff, apprentice):
    here = f"/campus/candidatures/{apprentice.id}"
    assert "b. Apprentis, d'après le contrat" in as_staff.page(here).text
    answer = as_staff.post_form(f"{here}/type", {"kind": "private"}, at=here, follow_redirects=True)
    assert kind_of(apprentice) is TraineeKind.PRIVATE
    assert "Type de stagiaire noté" in answer.page.text
    wrong = as_staff.post_form(f"{here}/type", {"kind": "wizard"}, at=here)
    assert wrong.status_code == 422
    assert kind_of(apprentice) is TraineeKind.PRIVATE


def test_the_page_of_what_does_not_add_up_leads_to_what_is_missing(as_staff, ana):
    links = as_staff.page(COUNTED).links
    assert links["Personnes dont le type n'est pas connu"] == LIST
    assert links["Personnes dont la formation n'a pas de spécialité (NSF)"].endswith("?specialite=sans")


def test_a_person_reads_their_kind_in_their_data_and_leaves_it_without_a_name(client, make, session):
    trainee = make.trainee(display_name="Ana Ruiz")
    make.enrolment(session, trainee, state=EnrolmentState.COMPLETED, trainee_kind=TraineeKind.JOBSEEKER)
    told = client.sign_in_as(trainee).get("/compte/moi/donnees.json").json["enrolments"]
    assert [each["trainee_kind"] for each in told] == ["jobseeker"]
    erasure.forget(trainee, by=trainee)
    db.session.commit()
    assert kinds_counted() == {"jobseeker": 1}


def test_somebody_who_moves_to_another_session_keeps_their_kind(make, session):
    waiting = make.enrolment(session, make.trainee(), state=EnrolmentState.CONFIRMED, trainee_kind=TraineeKind.OTHER)
    made = move(make.staff(), waiting, make.course_session(session.course), reason="Ses horaires.")
    assert made.trainee_kind is TraineeKind.OTHER
