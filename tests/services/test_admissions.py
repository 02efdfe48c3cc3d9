"""What staff decide: admit, refuse with a reason, move; nobody passes anybody."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from campus import db
from campus.models import CourseSessionState, EnrolmentState, Mail, Role
from campus.services.admissions import (
    AlreadyAdmitted,
    AlreadyThere,
    NoSeatThere,
    OtherCourse,
    ReasonIsMissing,
    StillWaiting,
    admit,
    move,
    refuse,
)
from campus.services.enrolments import EnrolmentIsOver, SessionIsClosed, apply, withdraw

APPLIED, OFFERED, WAITLISTED = EnrolmentState.APPLIED, EnrolmentState.OFFERED, EnrolmentState.WAITLISTED


@pytest.fixture
def staff(make):
    return make.account(Role.STAFF)


@pytest.fixture
def one_seat(make):
    return make.course_session(seats_min=1, seats_max=1)


def mails_to(account):
    return list(db.session.scalars(select(Mail).where(Mail.recipient == account.email).order_by(Mail.id)))


def test_an_admitted_person_is_offered_the_seat_they_hold(make, staff, one_seat):
    made = apply(make.account(), one_seat)

    admit(staff, made)

    assert (made.state, made.decided_by_id, one_seat.seats_taken) == (OFFERED, staff.id, 1)
    assert mails_to(made.account)[-1].kind == "enrolment_offered"


def test_admitting_twice_tells_the_person_once(make, staff, one_seat):
    made = apply(make.account(), one_seat)

    admit(staff, made)
    admit(staff, made)

    assert [mail.kind for mail in mails_to(made.account)] == ["enrolment_received", "enrolment_offered"]


def test_nobody_is_admitted_past_the_waiting_list(make, staff, one_seat):
    apply(make.account(), one_seat)
    waiting = apply(make.account(), one_seat)

    with pytest.raises(StillWaiting):
        admit(staff, waiting)


def test_a_withdrawn_application_is_not_admitted(make, staff, one_seat):
    made = apply(make.account(), one_seat)
    withdraw(made.account, made)

    with pytest.raises(EnrolmentIsOver):
        admit(staff, made)


def test_a_refusal_gives_its_reason_and_passes_the_seat_on(make, staff, one_seat):
    made, waiting = apply(make.account(), one_seat), apply(make.account(), one_seat)

    refuse(staff, made, "Le niveau d'entrée n'est pas atteint.")

    assert (made.state, waiting.state) == (EnrolmentState.REFUSED, OFFERED)
    assert "Le niveau d'entrée n'est pas atteint." in mails_to(made.account)[-1].text


def test_a_refusal_without_a_reason_is_not_possible(make, staff, one_seat):
    with pytest.raises(ReasonIsMissing):
        refuse(staff, apply(make.account(), one_seat), "  ")


def test_nobody_is_demoted_once_admitted(make, staff, one_seat):
    made = admit(staff, apply(make.account(), one_seat))

    with pytest.raises(AlreadyAdmitted):
        refuse(staff, made, "Trop de monde.")


def test_a_person_who_waits_may_be_refused(make, staff, one_seat):
    apply(make.account(), one_seat)
    waiting = apply(make.account(), one_seat)

    refuse(staff, waiting, "Autre métier.")

    assert (waiting.state, waiting.rank, one_seat.seats_taken) == (EnrolmentState.REFUSED, 1, 1)


def test_a_move_takes_a_seat_there_and_passes_the_seat_here_on(make, staff, one_seat):
    made, waiting = apply(make.account(), one_seat), apply(make.account(), one_seat)
    there = make.course_session(one_seat.course)

    moved = move(staff, made, there, reason="Plus près de chez elle.")

    assert (made.state, moved.state, waiting.state) == (EnrolmentState.REDIRECTED, APPLIED, OFFERED)
    assert (one_seat.seats_taken, there.seats_taken) == (1, 1)


def test_an_offered_seat_is_offered_there_when_moved(make, staff, one_seat):
    made = admit(staff, apply(make.account(), one_seat))

    assert move(staff, made, make.course_session(one_seat.course), reason="Dates.").state == OFFERED


def test_a_person_who_waits_may_be_moved_to_a_free_seat(make, staff, one_seat):
    apply(make.account(), one_seat)
    waiting = apply(make.account(), one_seat)

    moved = move(staff, waiting, make.course_session(one_seat.course), reason="Une place ailleurs.")

    assert (moved.state, moved.rank, one_seat.seats_taken) == (APPLIED, None, 1)
    assert [mail.kind for mail in mails_to(waiting.account)] == ["enrolment_waitlisted", "enrolment_moved"]


def test_a_move_to_a_full_session_changes_nothing(make, staff, one_seat):
    made = apply(make.account(), one_seat)
    full = make.course_session(one_seat.course, seats_min=1, seats_max=1)
    apply(make.account(), full)

    with pytest.raises(NoSeatThere):
        move(staff, made, full, reason="Dates.")

    assert (made.state, one_seat.seats_taken, full.seats_taken) == (APPLIED, 1, 1)


def test_a_move_stays_within_the_course(make, staff, one_seat):
    with pytest.raises(OtherCourse):
        move(staff, apply(make.account(), one_seat), make.course_session(), reason="Dates.")


def test_a_move_to_where_the_person_already_is_refused(make, staff, one_seat):
    person, there = make.account(), make.course_session(one_seat.course)
    made = apply(person, one_seat)
    apply(person, there)

    with pytest.raises(AlreadyThere):
        move(staff, made, there, reason="Dates.")


def test_a_move_to_a_closed_session_is_refused(make, staff, one_seat):
    closed = make.course_session(one_seat.course, state=CourseSessionState.CANCELLED)

    with pytest.raises(SessionIsClosed):
        move(staff, apply(make.account(), one_seat), closed, reason="Dates.")
