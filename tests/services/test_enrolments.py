"""Applying and withdrawing: seats, ranks, and whose turn it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from campus import clock, db
from campus.models import AuditEvent, CourseSessionState, CourseState, Enrolment, EnrolmentState, Mail
from campus.services import seats
from campus.services.enrolments import DeadlineIsPast, EnrolmentIsOver, SessionIsClosed, apply, withdraw
from campus.services.offers import offer_next

APPLIED, WAITLISTED, OFFERED = EnrolmentState.APPLIED, EnrolmentState.WAITLISTED, EnrolmentState.OFFERED


def apply_many(make, course_session, count):
    return [apply(make.account(), course_session) for _ in range(count)]


def mails_of(enrolment):
    return [mail.kind for mail in db.session.scalars(select(Mail).where(Mail.recipient == enrolment.account.email))]


def test_the_first_applications_hold_the_seats_and_the_rest_are_ranked(make):
    made = apply_many(make, make.course_session(seats_min=1, seats_max=2), 5)

    assert [each.state for each in made] == [APPLIED, APPLIED, WAITLISTED, WAITLISTED, WAITLISTED]
    assert [each.rank for each in made] == [None, None, 1, 2, 3]


def test_the_seats_taken_follow_the_applications(make):
    course_session = make.course_session(seats_min=1, seats_max=3)

    apply_many(make, course_session, 2)

    assert (course_session.seats_taken, course_session.seats_left) == (2, 1)


def test_applying_twice_is_one_application(make):
    person, course_session = make.account(), make.course_session()

    first, second = apply(person, course_session), apply(person, course_session)

    assert first is second
    assert course_session.seats_taken == 1


def test_two_tabs_at_once_are_one_application(make, monkeypatch):
    person, course_session = make.account(), make.course_session()
    first = apply(person, course_session)
    answers = iter([None, first])
    monkeypatch.setattr("campus.services.enrolments.active_enrolment", lambda *_asked: next(answers))

    second = apply(person, course_session)

    assert second is first
    assert db.session.scalar(select(func.count()).select_from(Enrolment)) == 1
    assert seats.lock(course_session.id).seats_taken == 1


def test_a_person_may_apply_again_after_withdrawing(make):
    person, course_session = make.account(), make.course_session()
    withdraw(person, apply(person, course_session))

    assert apply(person, course_session).state == APPLIED


def test_a_freed_seat_goes_at_once_to_the_first_who_waits(make):
    course_session = make.course_session(seats_min=1, seats_max=1)
    holder, first, second = apply_many(make, course_session, 3)

    withdraw(holder.account, holder)

    assert (first.state, second.state) == (OFFERED, WAITLISTED)
    assert course_session.seats_taken == 1


def test_a_newcomer_does_not_take_a_free_seat_while_somebody_waits(make):
    course_session = make.course_session(seats_min=1, seats_max=1)
    _holder, waiting = apply_many(make, course_session, 2)
    course_session.seats_max = 2
    db.session.flush()

    newcomer = apply(make.account(), course_session)

    assert (waiting.rank, newcomer.state, newcomer.rank) == (1, WAITLISTED, 2)


def test_seats_added_go_to_those_who_wait_in_their_order(make):
    course_session = make.course_session(seats_min=1, seats_max=1)
    _holder, first, second, third = apply_many(make, course_session, 4)
    course_session.seats_max = 3
    db.session.flush()

    assert offer_next(course_session) == [first, second]
    assert third.state == WAITLISTED


def test_somebody_who_waited_and_withdrew_frees_no_seat(make):
    course_session = make.course_session(seats_min=1, seats_max=1)
    _holder, waiting = apply_many(make, course_session, 2)

    withdraw(waiting.account, waiting)

    assert course_session.seats_taken == 1


def test_withdrawing_twice_frees_one_seat(make):
    course_session = make.course_session()
    made, _other = apply_many(make, course_session, 2)

    withdraw(made.account, made)
    withdraw(made.account, made)

    assert course_session.seats_taken == 1


def test_a_refused_application_cannot_be_withdrawn(make):
    course_session = make.course_session()
    refused = make.enrolment(course_session, make.account(), state=EnrolmentState.REFUSED)

    with pytest.raises(EnrolmentIsOver):
        withdraw(refused.account, refused)


@pytest.mark.parametrize("state", [CourseSessionState.PREPARATION, CourseSessionState.CANCELLED])
def test_a_session_that_is_not_open_takes_no_application(make, state):
    with pytest.raises(SessionIsClosed):
        apply(make.account(), make.course_session(state=state))


def test_a_session_of_a_suspended_course_takes_no_application(make):
    with pytest.raises(SessionIsClosed):
        apply(make.account(), make.course_session(make.course(state=CourseState.SUSPENDED)))


def test_a_session_closed_since_the_page_was_read_takes_no_application(make):
    course_session = make.course_session(seats_min=1, seats_max=1, state=CourseSessionState.CANCELLED)

    with pytest.raises(SessionIsClosed):
        seats.next_rank(course_session.id)


def test_nobody_applies_after_the_deadline(make):
    yesterday = clock.today() - timedelta(days=1)

    with pytest.raises(DeadlineIsPast):
        apply(make.account(), make.course_session(registration_deadline=yesterday))


def test_one_applies_on_the_last_day(make):
    assert apply(make.account(), make.course_session(registration_deadline=clock.today())).state == APPLIED


def test_the_person_is_told_of_the_rank_and_its_rule(make):
    _holder, waiting = apply_many(make, make.course_session(seats_min=1, seats_max=1), 2)

    mail = db.session.scalars(select(Mail).where(Mail.recipient == waiting.account.email)).one()

    assert mail.kind == "enrolment_waitlisted"
    assert "n° 1 sur la liste" in mail.text
    assert "La règle de la liste : d’abord les personnes attendues sur un poste" in " ".join(mail.text.split())


def test_each_step_is_told_once(make):
    course_session = make.course_session(seats_min=1, seats_max=1)
    holder, waiting = apply_many(make, course_session, 2)

    withdraw(holder.account, holder)

    assert mails_of(holder) == ["enrolment_received", "enrolment_withdrawn"]
    assert mails_of(waiting) == ["enrolment_waitlisted", "enrolment_offered"]


def test_each_step_is_written_in_the_audit_log(make):
    course_session = make.course_session(seats_min=1, seats_max=1)
    holder, _waiting = apply_many(make, course_session, 2)

    withdraw(holder.account, holder)

    actions = set(db.session.scalars(select(AuditEvent.action)))
    assert {"enrolment.applied", "enrolment.withdrawn", "enrolment.offered"} <= actions
