"""A session whose days, place or half-days change: those concerned are told once, of what differs in the end."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from campus.models import CourseSessionState, EnrolmentState, Mail
from campus.services import session_lives
from campus.services.course_sessions import details_of, move_session
from campus.services.slots import SlotDetails, SlotPlan, cancel_slot, move_slot, plan_slots
from campus.tasks.jobs import run_due

S, E = CourseSessionState, EnrolmentState
NOON = datetime(2027, 3, 1, 11, tzinfo=UTC)
FIRST = NOON.date() + timedelta(days=21)


@pytest.fixture
def staff(make):
    return make.staff()


@pytest.fixture
def session(make, stop_clock):
    stop_clock(NOON)
    return make.course_session(state=S.CONFIRMED, starts_on=FIRST, ends_on=FIRST + timedelta(days=4))


@pytest.fixture
def slot(make, session):
    return make.slot(session, day=FIRST, room=make.room(name="Salle Eure"), trainer=make.trainer(display_name="Anne"))


@pytest.fixture
def person(make, session):
    return make.enrolment(session, make.trainee(), state=E.CONFIRMED).account


@pytest.fixture
def told(db, stop_clock):
    """Let ten minutes pass, and give the mails of a person about changes."""

    def of(account):
        address = account.email
        db.session.commit()
        stop_clock(NOON + timedelta(minutes=10))
        assert run_due().failed == 0
        return [each for each in db.session.query(Mail).filter_by(recipient=address) if each.kind == "session_changed"]

    return of


def details(slot, **changes):
    kept = SlotDetails(slot.day, slot.half, slot.begins, slot.ends, slot.room, slot.trainer)
    return replace(kept, **changes)


def test_several_changes_are_told_in_one_mail_with_the_new_calendar(make, staff, slot, person, told):
    move_slot(staff, slot, details(slot, begins=time(8)))
    move_slot(staff, slot, details(slot, room=make.room(name="Atelier")))
    (mail,) = told(person)
    assert "9\u00a0h à 12\u00a0h\u00a030, Salle Eure\u00a0: changée, désormais" in mail.text
    assert "8\u00a0h à 12\u00a0h\u00a030, Atelier" in mail.text
    assert "Anne" not in mail.text
    assert [each.filename for each in mail.attachments] == ["session.ics"]


def test_what_is_changed_back_is_told_to_nobody(staff, slot, person, told):
    move_slot(staff, slot, details(slot, begins=time(8)))
    move_slot(staff, slot, details(slot, begins=time(9)))
    assert told(person) == []


def test_another_trainer_is_news_for_both_trainers_alone(make, staff, slot, person, told):
    before, after = slot.trainer, make.trainer(display_name="Basile")
    move_slot(staff, slot, details(slot, trainer=after))
    assert ["Basile" in each.text for account in (before, after) for each in told(account)] == [True, True]
    assert told(person) == []


def test_new_days_are_told_to_those_who_wait_as_well(make, db, staff, session, slot, person, told):
    waiting = make.enrolment(session, make.trainee(), state=E.WAITLISTED, rank=1).account
    later = {"starts_on": FIRST + timedelta(days=1)}
    move_session(staff, session, replace(details_of(session), **later), version=session.version)
    cancel_slot(staff, slot)
    (mail,) = told(waiting)
    assert "Nouvelles dates" in mail.text
    assert "supprimée" not in mail.text
    assert "supprimée" in told(person)[0].text


def test_a_first_timetable_or_other_seats_are_no_change(make, staff, session, person, told):
    plan_slots(staff, session, SlotPlan(FIRST, FIRST, room=make.room()))
    move_session(staff, session, replace(details_of(session), seats_max=session.seats_max - 1), version=session.version)
    assert told(person) == []


def test_a_session_put_off_meanwhile_has_a_mail_of_its_own(staff, session, slot, person, told):
    move_slot(staff, slot, details(slot, begins=time(8)))
    session_lives.postpone_session(staff, session, reason="Travaux.")
    assert told(person) == []
