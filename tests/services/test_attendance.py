"""Attendance: a mark for each person and half-day, undone for ten minutes, then settled and told; then results."""

from datetime import UTC, date, datetime, timedelta

import pytest

from campus.models import (
    AttendanceMode,
    AttendanceState,
    CourseSessionState,
    CoverageKind,
    EnrolmentState,
    Half,
    Mail,
    NeedPost,
    SkillsUsed,
    WorkSince,
)
from campus.queries.attendance import marks_of, presence_of
from campus.queries.coverage import events_of_post
from campus.queries.results import six_months_of_link
from campus.services import attendance, ledger, results
from campus.services.attendance import Mark
from campus.services.presence_codes import CodeIsOver, code_for, slot_of_code
from campus.services.undoing import UndoIsOver

A, E = AttendanceState, EnrolmentState
MORNING = datetime(2027, 5, 3, 7, 5, tzinfo=UTC)  # 9 h 05 in Chartres
MONDAY = date(2027, 5, 3)


@pytest.fixture
def trainer(make):
    return make.trainer()


@pytest.fixture
def slot(make, stop_clock, trainer):
    """The first morning of a session that runs, five minutes in."""
    stop_clock(MORNING)
    days = {"starts_on": MONDAY, "ends_on": MONDAY}
    return make.slot(make.course_session(state=CourseSessionState.RUNNING, **days), trainer=trainer)


@pytest.fixture
def person(make, slot):
    return make.enrolment(slot.course_session, make.trainee(), state=E.CALLED_UP)


def phone(state):
    return Mark(state, AttendanceMode.PHONE)


def kinds(db, account):
    return sorted(each.kind for each in db.session.query(Mail).filter(Mail.recipient == account.email))


def test_who_is_there_has_begun_once_the_mark_is_settled(slot, person, trainer, stop_clock):
    attendance.mark(trainer, slot, person, as_=phone(A.PRESENT))
    assert attendance.settle(MORNING + timedelta(minutes=9)) == 0
    assert person.state == E.CALLED_UP
    assert attendance.settle(MORNING + timedelta(minutes=10)) == 1
    assert person.state == E.ATTENDED
    assert presence_of(person).minutes == 210


def test_everybody_marked_together_is_undone_together_within_ten_minutes(make, slot, person, trainer, stop_clock):
    other = make.enrolment(slot.course_session, make.trainee(), state=E.CALLED_UP)
    attendance.mark(trainer, slot, other, as_=phone(A.ABSENT))
    batch = attendance.mark_all_present(trainer, slot)
    assert batch.count == 1
    assert attendance.undo_batch(trainer, slot, batch.id) == 1
    assert set(marks_of(slot)) == {other.id}


def test_ten_minutes_later_nothing_is_undone(slot, person, trainer, stop_clock):
    batch = attendance.mark_all_present(trainer, slot)
    stop_clock(MORNING + timedelta(minutes=11))
    with pytest.raises(UndoIsOver):
        attendance.undo_batch(trainer, slot, batch.id)


def test_an_absence_is_told_once_to_the_person_and_to_the_firm_that_sent_them(make, db, slot, person, trainer):
    firm = make.employer()
    person.reservation = make.reservation(slot.course_session, firm)
    attendance.mark(trainer, slot, person, as_=phone(A.ABSENT))
    later = MORNING + timedelta(minutes=10)
    attendance.settle(later)
    attendance.settle(later)
    assert kinds(db, person.account) == ["attendance_absent"]
    assert kinds(db, firm) == ["attendance_absent_firm"]


def test_an_absence_corrected_in_time_is_not_told(db, slot, person, trainer):
    attendance.mark(trainer, slot, person, as_=phone(A.ABSENT))
    attendance.mark(trainer, slot, person, as_=phone(A.LATE))
    attendance.settle(MORNING + timedelta(minutes=10))
    assert kinds(db, person.account) == []


def test_who_is_late_is_counted_from_then_on(slot, person, trainer, stop_clock):
    stop_clock(MORNING + timedelta(minutes=55))
    assert attendance.mark(trainer, slot, person, as_=phone(A.LATE)).minutes == 150


def test_nobody_signs_before_the_half_day(make, slot, person, trainer):
    afternoon = make.slot(slot.course_session, half=Half.AFTERNOON)
    with pytest.raises(attendance.HalfDayIsToCome):
        attendance.mark(trainer, afternoon, person, as_=phone(A.PRESENT))


def test_somebody_without_a_seat_does_not_sign(make, slot, trainer):
    stranger = make.enrolment(make.course_session(), make.trainee(), state=E.CONFIRMED)
    with pytest.raises(attendance.NotExpectedHere):
        attendance.mark(trainer, slot, stranger, as_=phone(A.PRESENT))


def test_a_code_lives_a_quarter_of_an_hour_and_cannot_be_made_up(slot, stop_clock):
    code = code_for(slot)
    assert slot_of_code(code) == slot.id
    forged = code[:20] + ("A" if code[20] != "A" else "B") + code[21:]
    for wrong in (forged, "", "é", code[:-4]):
        with pytest.raises(CodeIsOver):
            slot_of_code(wrong)
    stop_clock(MORNING + timedelta(minutes=16))
    with pytest.raises(CodeIsOver):
        slot_of_code(code)


def test_a_trainee_signs_once_and_the_trainer_sees_how(slot, person):
    first = attendance.sign_present(person.account, slot, person)
    assert attendance.sign_present(person.account, slot, person) is first
    assert (first.state, first.mode) == (A.PRESENT, AttendanceMode.QR)


def test_an_empty_sheet_is_asked_for_the_day_after_once(make, db, slot, person, trainer):
    team = make.staff()
    tomorrow = MONDAY + timedelta(days=1)
    attendance.ask_for_sheets(MONDAY)
    assert kinds(db, trainer) == []
    attendance.ask_for_sheets(tomorrow)
    attendance.ask_for_sheets(tomorrow)
    assert (kinds(db, trainer), kinds(db, team)) == (["sheet_missing"], [])
    attendance.ask_for_sheets(tomorrow + timedelta(days=1))
    assert kinds(db, team) == ["sheet_missing"]


@pytest.mark.parametrize(("levels", "state"), [((3, 3), E.COMPLETED), ((3, 2), E.COMPLETED_PART)])
def test_results_in_every_skill_end_the_course_and_the_ledger_says_so(make, db, slot, trainer, levels, state):
    session = slot.course_session
    skills = [make.skill(), make.skill()]
    for each in skills:
        make.save(make.CourseOutcome(course_id=session.course_id, skill=each, entry_level=0, exit_level=3, position=1))
    need = make.need(posts=1, skills=[make.skill()])
    post = db.session.query(NeedPost).filter(NeedPost.need_id == need.id).first()
    person = make.enrolment(session, make.trainee(), state=E.ATTENDED, need_post_id=post.id)
    ledger.propose(None, person)
    asked = [each.skill_id for each in results.outcomes_of(person)]
    results.record_results(trainer, person, dict.fromkeys(asked[:-2], 3))
    assert person.state == E.ATTENDED
    results.record_results(trainer, person, dict(zip(asked[-2:], levels, strict=True)))
    assert person.state == state
    assert events_of_post(post.id)[-1].kind is CoverageKind.COMPLETED


def test_six_months_later_two_questions_are_asked_once_and_the_last_answer_stands(make, db, slot):
    person = make.enrolment(slot.course_session, make.trainee(), state=E.COMPLETED)
    today = MONDAY + timedelta(days=182)
    assert [results.ask_at_six_months(today), results.ask_at_six_months(today)] == [1, 0]
    text = db.session.query(Mail).filter(Mail.kind == "six_months").one().text
    token = text.split("/six-mois/")[1].split()[0]
    link, found = six_months_of_link(token)
    results.answer_six_months(link, found, work=WorkSince.NONE, used=SkillsUsed.NEVER)
    row = results.answer_six_months(link, found, work=WorkSince.OTHER, used=SkillsUsed.DAILY)
    assert found.id == person.id
    assert (row.work, row.used) == (WorkSince.OTHER, SkillsUsed.DAILY)
