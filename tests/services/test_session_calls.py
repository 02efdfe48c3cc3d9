"""Calling people up: ten minutes to take it back, then once, each with the document that says where and when."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from campus.models import CourseSessionState, Document, DocumentKind, Enrolment, EnrolmentState, Mail, SkillResult
from campus.services import issuing, session_lives
from campus.services.attending import complete
from campus.services.enrolments import withdraw
from campus.services.session_calls import (
    prepare_admissions,
    prepare_call_ups,
    take_admissions_back,
    take_call_ups_back,
)
from campus.services.undoing import UndoIsOver
from campus.tasks.jobs import run_due

S, E = CourseSessionState, EnrolmentState
NOON = datetime(2027, 3, 1, 11, tzinfo=UTC)


@pytest.fixture
def staff(make):
    return make.staff()


@pytest.fixture
def session(make, stop_clock):
    stop_clock(NOON)
    return make.course_session(state=S.CONFIRMED, starts_on=NOON.date() + timedelta(days=20))


@pytest.fixture
def sure(make, session):
    return [make.enrolment(session, make.trainee(), state=E.CONFIRMED) for _ in range(2)]


@pytest.fixture
def work(db, stop_clock):
    """Commit, and let the jobs run that are due so many minutes later; give how they went."""

    def after(minutes=0):
        db.session.commit()
        known = list(db.session)
        stop_clock(NOON + timedelta(minutes=minutes))
        ran = run_due()
        db.session.add_all(known)
        db.session.expire_all()
        return ran

    return after


def states(db):
    return set(db.session.scalars(select(Enrolment.state)))


def test_call_ups_taken_back_within_ten_minutes_leave_no_trace(staff, session, sure, db, work):
    assert prepare_call_ups(staff, session) == 2
    assert work(9).done == 0
    assert take_call_ups_back(staff, session) == 2
    work(30)
    assert states(db) == {E.CONFIRMED}
    assert db.session.query(Mail).count() == 0


def test_call_ups_leave_after_ten_minutes_each_once_with_its_document(staff, session, sure, db, work):
    assert [prepare_call_ups(staff, session), prepare_call_ups(staff, session)] == [2, 0]
    assert work(10).failed == 0
    assert states(db) == {E.CALLED_UP}
    mails = db.session.query(Mail).all()
    assert [each.kind for each in mails] == ["enrolment_called_up"] * 2
    assert [each.content_type for each in mails[0].attachments] == ["text/calendar", "application/pdf"]
    assert db.session.query(Document).count() == 2
    with pytest.raises(UndoIsOver):
        take_call_ups_back(staff, session)


def test_nobody_is_called_to_a_session_put_off_meanwhile(staff, session, sure, db, work):
    prepare_call_ups(staff, session)
    session_lives.postpone_session(staff, session, reason="Travaux.")
    assert work(10).failed == 0
    assert states(db) == {E.CONFIRMED}
    assert prepare_call_ups(staff, session) == 0


@pytest.fixture
def over(make, stop_clock):
    """A person who has followed a session that ended yesterday, and was assessed."""
    stop_clock(NOON)
    day = NOON.date() - timedelta(days=1)
    session = make.course_session(state=S.RUNNING, starts_on=day, ends_on=day)
    made = make.enrolment(session, make.trainee(), state=E.ATTENDED)
    skill = session.course.outcomes[0].skill
    make.save(SkillResult(enrolment_id=made.id, skill_id=skill.id, level=2, assessor=make.trainer(), assessed_on=day))
    return made


def kinds(db):
    return sorted(each.kind for each in db.session.query(Document))


PROOFS = sorted([DocumentKind.CERTIFICATE, DocumentKind.ATTESTATION])


@pytest.mark.parametrize("turns", [(complete, session_lives.finish_session), (session_lives.finish_session, complete)])
def test_proofs_are_issued_once_whichever_comes_last_the_person_or_the_session(over, staff, db, work, turns):
    for turn in turns:
        assert kinds(db) == []
        turn(staff, over if turn is complete else over.course_session)
        work()
    assert kinds(db) == PROOFS
    mail = db.session.query(Mail).filter_by(kind="enrolment_proofs").one()
    assert len(mail.attachments) == 2


def test_proofs_issued_by_hand_before_are_not_issued_again_but_sent(over, staff, db, work):
    complete(staff, over)
    by_hand = issuing.issue_certificate(staff, over)
    session_lives.finish_session(None, over.course_session)
    work()
    assert kinds(db) == PROOFS
    assert db.session.query(Document).filter_by(kind=DocumentKind.CERTIFICATE).one() is by_hand


def test_who_did_not_finish_gets_no_proof(over, db, work):
    session_lives.finish_session(None, over.course_session)
    assert work().failed == 0
    assert kinds(db) == []


@pytest.fixture
def asking(make, session):
    return [make.enrolment(session, make.trainee()) for _ in range(3)]


def test_applications_are_accepted_together_and_can_be_taken_back_for_ten_minutes(staff, session, asking, db, work):
    chosen = {each.id for each in asking[:2]}
    assert prepare_admissions(staff, session, chosen) == 2
    assert take_admissions_back(staff, session) == 2
    work(9)
    assert states(db) == {E.APPLIED}
    assert db.session.query(Mail).count() == 0


def test_accepted_together_each_gets_an_offer_but_who_left_meanwhile(staff, session, asking, db, work):
    everybody = {each.id for each in asking}
    assert [prepare_admissions(staff, session, everybody), prepare_admissions(staff, session, everybody)] == [3, 0]
    withdraw(asking[2].account, asking[2])
    assert work(10).failed == 0
    assert [each.state for each in asking] == [E.OFFERED, E.OFFERED, E.WITHDRAWN]
    assert {each.decided_by_id for each in asking[:2]} == {staff.id}
    with pytest.raises(UndoIsOver):
        take_admissions_back(staff, session)
