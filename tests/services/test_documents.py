"""Documents: numbered without a gap, versioned, kept as issued, and issued only when there is something to say."""

import hashlib
import io
from datetime import date, timedelta

import pytest
from pypdf import PdfReader
from sqlalchemy.exc import IntegrityError

from campus import clock
from campus.exchange.pdf import Price
from campus.models import (
    Attendance,
    AttendanceMode,
    AttendanceState,
    CommitmentStep,
    Document,
    EnrolmentState,
    Half,
    SkillResult,
)
from campus.queries.commitments import ladder_of
from campus.queries.documents import document_of, verified
from campus.services import issuing
from campus.services.commitments import NotYourFirm
from campus.services.documents import forget_old_documents, verify
from campus.services.reservations import Wish, reserve
from tests.exchange.papers import text_of


def said(document):
    return text_of(PdfReader(io.BytesIO(document.content)))


@pytest.fixture
def coming(make):
    """A person with a confirmed seat."""
    return make.enrolment(make.course_session(), make.trainee(), state=EnrolmentState.CONFIRMED)


@pytest.fixture
def finished(make):
    """A person who has finished a course."""
    return make.enrolment(make.course_session(), make.trainee(), state=EnrolmentState.COMPLETED)


def test_the_same_words_give_back_the_same_document(make, coming):
    staff = make.staff()
    assert issuing.issue_call_up(staff, coming) is issuing.issue_call_up(staff, coming)


def test_a_change_makes_a_version_that_replaces_the_one_before(make, coming):
    staff = make.staff()
    first = issuing.issue_call_up(staff, coming)
    coming.course_session.directions = "Bus 4, arrêt Technopole."
    second = issuing.issue_call_up(staff, coming)
    assert (second.number, second.version, second.replaces_id) == (first.number, 2, first.id)
    assert (first.current, second.current) == (False, True)
    assert "Bus 4, arrêt Technopole." in said(second)
    assert "Bus 4" not in said(first)


def test_numbers_follow_each_other_and_begin_anew_each_year(make, stop_clock):
    staff, session = make.staff(), make.course_session(starts_on=date(2030, 5, 6))
    people = [make.enrolment(session, make.trainee(), state=EnrolmentState.CONFIRMED) for _ in range(3)]
    stop_clock(clock.now().replace(year=2029))
    numbers = [issuing.issue_call_up(staff, each).number for each in people[:2]]
    stop_clock(clock.now().replace(year=2030, month=1, day=2))
    assert [*numbers, issuing.issue_call_up(staff, people[2]).number] == [
        "CAMP-2029-000001",
        "CAMP-2029-000002",
        "CAMP-2030-000001",
    ]


def test_a_number_that_was_rolled_back_is_given_again(make, db, coming):
    staff = make.staff()
    db.session.commit()
    lost = issuing.issue_call_up(staff, coming).number
    db.session.rollback()
    assert issuing.issue_call_up(staff, coming).number == lost


def test_the_database_lets_one_version_count(make, db, coming):
    first = issuing.issue_call_up(make.staff(), coming)
    values = {name: getattr(first, name) for name in ("number", "kind", "subject", "title", "data", "enrolment_id")}
    twin = Document(**values, version=2, replaces_id=first.id, code="X", sha256="", content=b"")
    db.session.add(twin)
    with pytest.raises(IntegrityError, match=r"documents|subject"):
        db.session.flush()


def test_the_bytes_are_kept_with_their_digest(make, db, coming):
    made = issuing.issue_call_up(make.staff(), coming)
    db.session.commit()
    db.session.expire_all()
    assert hashlib.sha256(made.content).hexdigest() == made.sha256
    assert made.content.startswith(b"%PDF")


def test_a_call_up_says_the_half_days_and_speaks_the_persons_language(make, coming):
    coming.account.locale = "en"
    make.slot(coming.course_session, room=make.room(name="Workshop 2"))
    text = said(issuing.issue_call_up(make.staff(), coming))
    assert "Joining instructions" in text
    assert "09:00 to 12:30 Workshop 2" in text


@pytest.mark.parametrize(
    ("verb", "state", "refusal"),
    [
        (issuing.issue_call_up, EnrolmentState.APPLIED, issuing.SeatIsNotSure),
        (issuing.issue_certificate, EnrolmentState.ATTENDED, issuing.CourseIsNotOver),
        (issuing.issue_attestation, EnrolmentState.COMPLETED, issuing.NothingWasAssessed),
    ],
)
def test_nothing_is_issued_before_it_is_true(make, verb, state, refusal):
    enrolment = make.enrolment(make.course_session(), make.trainee(), state=state)
    with pytest.raises(refusal):
        verb(make.staff(), enrolment)


def test_a_session_without_dates_has_no_call_up(make):
    session = make.course_session()
    session.starts_on = session.ends_on = None
    enrolment = make.enrolment(session, make.trainee(), state=EnrolmentState.CONFIRMED)
    with pytest.raises(issuing.SessionHasNoDates):
        issuing.issue_call_up(make.staff(), enrolment)


def test_a_certificate_counts_the_hours_attended(make, finished):
    staff = make.staff()
    for half, state, minutes in (("morning", "present", 210), ("afternoon", "absent", 0)):
        slot = make.slot(finished.course_session, half=Half(half))
        make.save(
            Attendance(
                enrolment_id=finished.id,
                slot_id=slot.id,
                state=AttendanceState(state),
                minutes=minutes,
                mode=AttendanceMode.PAPER,
                recorded_by_id=staff.id,
            )
        )
    assert "Durée suivie 3 h 30" in said(issuing.issue_certificate(staff, finished))


def test_an_attestation_says_each_level_and_what_was_not_assessed(make, finished):
    first, *_others = finished.course_session.course.outcomes
    judge = make.staff()
    make.save(SkillResult(enrolment_id=finished.id, skill_id=first.skill_id, level=2, assessor_id=judge.id))
    text = said(issuing.issue_attestation(judge, finished))
    assert f"{first.skill.label} 3 autonomie 2 application guidée {judge.display_name}" in text
    assert text.count("non évalué") == 2


def test_an_attendance_sheet_has_a_page_for_each_half_day_of_the_day(make, coming):
    session, staff = coming.course_session, make.staff()
    make.slot(session)
    make.slot(session, half=Half.AFTERNOON)
    made = issuing.issue_attendance_sheet(staff, session, session.starts_on)
    assert len(PdfReader(io.BytesIO(made.content)).pages) == 2
    assert said(made).count(coming.account.display_name) == 2
    with pytest.raises(issuing.NoHalfDayThen):
        issuing.issue_attendance_sheet(staff, session, session.starts_on + timedelta(days=1))


def test_a_convention_names_the_firm_its_people_and_the_price(make):
    firm, staff = make.organisation(), make.staff()
    wish = Wish(seats=2, names_until=clock.today() + timedelta(days=5))
    made = reserve(make.employer(firm), firm, make.course_session(), wish=wish)
    text = said(issuing.issue_convention(staff, made, Price("900 €", "à 30 jours")))
    assert firm.name in text
    assert "L’entreprise inscrit 2 personnes" in text
    assert "Prix 900 €" in text


def test_only_the_firm_signs_its_letter(make):
    firm = make.organisation()
    need, boss = make.need(firm), make.employer(firm)
    letter = issuing.issue_letter(boss, need, "Ana Ruiz, directrice")
    assert "Nombre de postes 2" in said(letter)
    assert ladder_of(need).standing[CommitmentStep.LETTER].evidence["number"] == letter.number
    with pytest.raises(NotYourFirm):
        issuing.issue_letter(make.employer(), need, "Somebody else")


def test_a_person_opens_only_what_concerns_them(make, coming, finished):
    staff = make.staff()
    call_up, certificate = issuing.issue_call_up(staff, coming), issuing.issue_certificate(staff, finished)
    assert document_of(coming.account, call_up.id) is call_up
    assert document_of(coming.account, certificate.id) is None
    assert document_of(make.employer(), call_up.id) is None
    assert document_of(make.observer(), call_up.id) is None


def test_a_document_is_found_by_number_and_code_only(make, coming):
    made = issuing.issue_call_up(make.staff(), coming)
    assert verified(made.number, made.code).document is made
    assert verified(made.number, "2222-2222-2222") is None
    typed = f" {made.code.lower().replace('-', ' ')} "
    assert verify(f" {made.number.lower()} ", typed, asked_from="127.0.0.1").document is made


def test_documents_go_five_years_after_their_session_with_all_their_versions(make, coming, db):
    staff, session = make.staff(), coming.course_session
    later = make.course_session(starts_on=date(2031, 3, 1))
    kept = issuing.issue_call_up(staff, make.enrolment(later, make.trainee(), state=coming.state))
    issuing.issue_call_up(staff, coming)
    session.directions = "Au bout du couloir."
    issuing.issue_call_up(staff, coming)
    session.starts_on, session.ends_on = date(2027, 3, 1), date(2027, 3, 5)
    db.session.flush()
    assert forget_old_documents(date(2032, 3, 5)) == 0
    assert forget_old_documents(date(2032, 3, 6)) == 2
    assert db.session.query(Document).one() is kept


def test_a_letter_goes_five_years_after_its_last_version_and_a_programme_stays(make, db):
    firm = make.employer()
    letter = issuing.issue_letter(firm, make.need(make.organisation_of(firm), firm), "Anne Morel")
    programme = issuing.issue_programme(make.staff(), make.course())
    last = letter.issued_at.date()
    assert forget_old_documents(last.replace(year=last.year + 4)) == 0
    assert forget_old_documents(last.replace(year=last.year + 5) + timedelta(days=1)) == 1
    assert db.session.query(Document).one() is programme
