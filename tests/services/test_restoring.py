"""A withdrawal taken back within ten minutes, while the seat is truly there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from campus import clock, db
from campus.models import CoverageKind, EnrolmentState, NeedPost
from campus.queries.coverage import coverage_of, events_of_post
from campus.services import admissions, offers, restoring
from campus.services.enrolments import apply, withdraw


@pytest.fixture
def left(make):
    """Somebody who held a seat and has just withdrawn."""
    person = make.trainee()
    return withdraw(person, apply(person, make.course_session(seats_min=1, seats_max=1)))


def test_the_person_has_the_seat_back_as_before(left):
    restoring.restore(left.account, left)
    assert (left.state, left.course_session.seats_taken) == (EnrolmentState.APPLIED, 1)


def test_a_seat_that_somebody_took_is_gone(make, left):
    apply(make.trainee(), left.course_session)
    assert not restoring.may_restore(left.account, left)
    with pytest.raises(restoring.SeatHasGone):
        restoring.restore(left.account, left)


def test_after_ten_minutes_it_is_too_late(left, stop_clock):
    stop_clock(clock.now() + timedelta(minutes=11))
    with pytest.raises(restoring.TooLateToComeBack):
        restoring.restore(left.account, left)


def test_what_staff_withdrew_the_person_does_not_take_back(make):
    person = make.trainee()
    made = withdraw(make.staff(), apply(person, make.course_session()))
    with pytest.raises(restoring.TooLateToComeBack):
        restoring.restore(person, made)


def test_whoever_came_back_by_applying_has_one_application(left):
    apply(left.account, left.course_session)
    with pytest.raises(restoring.SeatHasGone):
        restoring.restore(left.account, left)


def test_the_post_has_its_candidate_again(make):
    staff, person, firm = make.staff(), make.trainee(), make.employer()
    need = make.need(make.organisation_of(firm), firm, posts=1)
    post = db.session.query(NeedPost).filter_by(need_id=need.id).one()
    made = admissions.tie_to_post(staff, apply(person, make.course_session()), post, reason="Attendue.")
    offers.accept(person, admissions.admit(staff, made))
    restoring.restore(person, withdraw(person, made))
    assert coverage_of(events_of_post(post.id)).candidates == {str(made.id): CoverageKind.ENROLLED.value}
