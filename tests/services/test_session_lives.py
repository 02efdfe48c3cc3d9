"""The life of a session: what leads on, what must hold before, who is told."""

from datetime import UTC, datetime, timedelta

import pytest

from campus import clock
from campus.models import CourseSessionState, CourseState, EnrolmentState, Mail, MailState
from campus.queries.checklists import checklist_of
from campus.queries.slots import slots_of
from campus.services import session_lives as lives
from campus.services.course_sessions import SessionCannotDoThat
from campus.services.enrolments import apply
from campus.services.reservations import Wish, reserve
from campus.services.session_clock import (
    call_up_people,
    decide_sessions,
    finish_sessions,
    remind_first_day,
    start_sessions,
)
from campus.services.steps import ReasonIsMissing
from campus.tasks.jobs import run_due

S, E = CourseSessionState, EnrolmentState


@pytest.fixture
def staff(make):
    return make.staff()


@pytest.fixture
def kinds(db):
    """List the kinds of the mails in the outbox, for one address or for all."""

    def of(account=None):
        rows = db.session.query(Mail).filter(Mail.state == MailState.QUEUED)
        return sorted(each.kind for each in rows if account is None or each.recipient == account.email)

    return of


def test_an_opened_session_gets_its_checklist_once(make, staff):
    session = make.course_session(state=S.PREPARATION)
    lives.open_session(staff, session)
    assert session.state is S.OPEN
    due = [each.due_on for each in checklist_of(session)]
    assert due[0] == session.starts_on - timedelta(days=21)
    assert len(due) == 9


def test_a_session_of_a_draft_is_not_opened(make, staff):
    session = make.course_session(make.course(state=CourseState.DRAFT), state=S.PREPARATION)
    with pytest.raises(lives.CourseIsNotPublished):
        lives.open_session(staff, session)


def test_a_session_with_enough_people_is_confirmed_and_they_are_told(make, staff, kinds):
    session, person = make.course_session(seats_min=1), make.trainee()
    make.enrolment(session, person, state=E.CONFIRMED)
    lives.confirm_session(staff, session)
    assert kinds(person) == ["session_confirmed"]


def test_too_few_people_ask_for_a_reason(make, staff):
    session = make.course_session(seats_min=2)
    with pytest.raises(lives.TooFewPeople):
        lives.confirm_session(staff, session)
    assert lives.confirm_session(staff, session, reason="Deux entreprises attendent.").state is S.CONFIRMED


def test_the_clock_confirms_by_the_rule_and_asks_the_team_about_the_rest(make, staff, kinds):
    today = clock.today()
    enough = make.course_session(seats_min=1, decides_on=today)
    make.enrolment(enough, make.trainee())
    few = make.course_session(seats_min=2, decides_on=today)
    later = make.course_session(seats_min=1, decides_on=today + timedelta(days=1))
    assert decide_sessions(today) == 1
    assert (enough.state, few.state, later.state) == (S.CONFIRMED, S.OPEN, S.OPEN)
    decide_sessions(today)
    assert kinds(staff) == ["session_to_decide"]


def test_a_cancelled_session_offers_the_next_one_to_those_who_had_a_seat(make, staff, kinds):
    course = make.course()
    here = make.course_session(course, seats_min=1, seats_max=2)
    there = make.course_session(course, seats_min=1, seats_max=2, starts_on=clock.today() + timedelta(days=90))
    people = [make.trainee() for _ in range(3)]
    first, second, waiting = (apply(each, here) for each in people)
    lives.cancel_session(staff, here, reason="Le formateur est malade.")
    assert {first.state, second.state, waiting.state} == {E.CALLED_OFF}
    assert (here.state, here.seats_taken, there.seats_taken) == (S.CANCELLED, 0, 2)
    assert "enrolment_offered" in kinds(people[0])
    assert "enrolment_called_off" in kinds(people[0])
    assert "enrolment_offered" not in kinds(people[2])
    assert "enrolment_called_off" in kinds(people[2])


def test_nobody_who_waits_for_the_next_session_is_passed(make, staff):
    course = make.course()
    here = make.course_session(course, seats_min=1, seats_max=1)
    there = make.course_session(course, seats_min=1, seats_max=1, starts_on=clock.today() + timedelta(days=90))
    apply(make.trainee(), here)
    apply(make.trainee(), there)
    waiting = apply(make.trainee(), there)
    lives.cancel_session(staff, here, reason="Motif.")
    assert waiting.state == E.WAITLISTED
    assert there.seats_taken == 1


def test_a_cancelled_session_gives_rooms_and_reserved_seats_back_and_tells_firm_and_trainer(make, staff, kinds):
    firm, trainer, room = make.employer(), make.trainer(), make.room()
    session = make.course_session()
    make.slot(session, room=room, trainer=trainer)
    kept = reserve(firm, make.organisation_of(firm), session, wish=Wish(2, clock.today() + timedelta(days=5)))
    lives.cancel_session(staff, session, reason="Motif.")
    assert (slots_of(session), session.seats_taken, kept.unnamed) == ([], 0, 0)
    assert kinds(trainer) == ["session_cancelled"]
    assert "session_cancelled" in kinds(firm)


def test_people_are_not_left_without_a_reason(make, staff):
    session = make.course_session()
    apply(make.trainee(), session)
    with pytest.raises(ReasonIsMissing):
        lives.cancel_session(staff, session)
    with pytest.raises(ReasonIsMissing):
        lives.postpone_session(staff, session, reason=" ")


def test_a_postponed_session_keeps_its_people_and_tells_them_the_new_days(make, staff, kinds):
    session, person = make.course_session(), make.trainee()
    make.enrolment(session, person, state=E.CONFIRMED)
    make.slot(session, room=make.room())
    lives.postpone_session(staff, session, reason="Travaux.")
    assert (session.starts_on, session.seats_taken, slots_of(session)) == (None, 1, [])
    session.starts_on = clock.today() + timedelta(days=60)
    lives.open_session(staff, session)
    assert kinds(person) == ["session_postponed", "session_reopened"]


def test_the_clock_calls_up_starts_and_ends(make, db):
    today = clock.today()
    session = make.course_session(starts_on=today, ends_on=today + timedelta(days=3), state=S.CONFIRMED)
    person = make.enrolment(session, make.trainee(), state=E.CONFIRMED)
    assert call_up_people(today) == 1
    db.session.commit()
    assert run_due().failed == 0
    db.session.add_all([session, person])
    db.session.expire_all()
    assert person.state == E.CALLED_UP
    assert start_sessions(today) == 1
    assert finish_sessions(today + timedelta(days=3)) == 0
    assert session.state is S.RUNNING


def test_the_first_day_is_recalled_once_to_those_called_up_and_to_their_firm(make, kinds, stop_clock):
    noon = datetime(2027, 3, 1, 11, tzinfo=UTC)
    stop_clock(noon)
    session = make.course_session(starts_on=noon.date() + timedelta(days=4), state=S.CONFIRMED, place="Atelier B")
    firm, sent, late = make.employer(), make.trainee(), make.trainee()
    seat = make.reservation(session, firm)
    make.enrolment(session, sent, state=E.CALLED_UP, reservation=seat, updated_at=noon - timedelta(days=9))
    make.enrolment(session, late, state=E.CALLED_UP, updated_at=noon)
    assert remind_first_day(noon.date()) == 0
    assert [remind_first_day(noon.date() + timedelta(days=1)) for _turn in range(2)] == [2, 0]
    assert [kinds(each) for each in (sent, firm, late)] == [["session_soon"], ["session_soon_firm"], []]


@pytest.mark.parametrize("state", [E.ATTENDED, E.COMPLETED, E.COMPLETED_PART])
def test_the_clock_ends_a_session_the_day_after_its_last_and_all_are_asked_their_opinion(make, kinds, state):
    today = clock.today()
    days = {"starts_on": today - timedelta(days=4), "ends_on": today - timedelta(days=1)}
    session, person = make.course_session(state=S.RUNNING, **days), make.trainee()
    make.enrolment(session, person, state=state)
    assert finish_sessions(today) == 1
    assert session.state is S.FINISHED
    assert kinds(person) == ["session_finished"]


@pytest.mark.parametrize("state", [S.FINISHED, S.CLOSED, S.CANCELLED])
def test_what_is_over_is_not_cancelled(make, staff, state):
    with pytest.raises(SessionCannotDoThat):
        lives.cancel_session(staff, make.course_session(state=state), reason="Motif.")


def test_what_is_given_up_is_cancelled_in_the_calendar_of_those_who_had_it(make, staff, db):
    session, trainer = make.course_session(), make.trainer()
    make.slot(session, trainer=trainer)
    sure, asking = make.trainee(), make.trainee()
    make.enrolment(session, sure, state=E.CONFIRMED)
    make.enrolment(session, asking)
    lives.cancel_session(staff, session, reason="Motif.")
    db.session.flush()
    files = {each.recipient: [one.content for one in each.attachments] for each in db.session.query(Mail)}
    assert files[asking.email] == []
    assert all(b"STATUS:CANCELLED" in files[who.email][0] for who in (sure, trainer))


def test_new_days_come_with_their_calendar(make, staff, db):
    session, person = make.course_session(), make.trainee()
    make.enrolment(session, person, state=E.CONFIRMED)
    days = {"starts_on": clock.today() + timedelta(days=60), "ends_on": clock.today() + timedelta(days=61)}
    lives.postpone_session(staff, session, reason="Travaux.", **days)
    lives.open_session(staff, session)
    db.session.flush()
    carried = [each.attachments[0].content for each in db.session.query(Mail).order_by(Mail.id)]
    assert [b"STATUS:CANCELLED" in each for each in carried] == [True, False]
