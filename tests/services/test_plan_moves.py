"""Announced sessions that a plan may move: at a stated cost, whole and told, or left where they are."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.models import CourseSessionState, EnrolmentState, Job, PlanState, SessionPlan, TrainerSkill
from campus.queries.plan_inputs import campus_from
from campus.queries.plans import planned_sessions
from campus.queries.slots import slots_of
from campus.services import plans
from campus.services.matches import match_need
from campus.services.plan_publishing import Outcome, publish_plan
from campus.services.plans import Where
from campus.services.slots import SlotPlan, plan_slots
from campus.tasks.plans import run_due_plan

WEEK = timedelta(days=7)


@pytest.fixture
def monday():
    soonest = clock.today() + plans.NOTICE
    return soonest + timedelta(days=-soonest.weekday() % 7)


@pytest.fixture
def course(make):
    return make.course([make.skill(), make.skill(), make.skill()], hours=35)


@pytest.fixture
def session(make, course, monday):
    """An announced session of one week, in the fortieth week, with two people in it."""
    made = make.course_session(
        course,
        seats_min=6,
        starts_on=monday + 40 * WEEK,
        ends_on=monday + 40 * WEEK + timedelta(days=4),
        state=CourseSessionState.OPEN,
    )
    for _each in range(2):
        make.enrolment(made, make.trainee(), state=EnrolmentState.CONFIRMED)
    who = make.trainer()
    for outcome in course.outcomes:
        make.save(TrainerSkill(account=who, skill=outcome.skill))
    plan_slots(make.staff(), made, SlotPlan(made.starts_on, made.ends_on, room=make.room(), trainer=who))
    return made


@pytest.fixture
def need(make, course, session, monday):
    """Five posts before the announced session: too few for a new one, enough seats in that one."""
    made = make.need(skills=[each.skill for each in course.outcomes], posts=5, latest=monday + 20 * WEEK)
    match_need(made)
    return made


def searched(make, **asked):
    key = plans.ask_plan(make.staff(), **asked).id
    db.session.commit()
    run_due_plan(seconds=10)
    return db.session.get_one(SessionPlan, key)


def test_an_announced_session_is_where_it_is_and_costs_as_many_as_it_holds(session, monday):
    campus = campus_from(monday, 52, movable=None)
    (found,) = campus.published
    assert (found.start, found.taken, found.move_cost) == (40, 2, 3)
    assert campus.announced == ()
    assert not campus.rooms[0].away


@pytest.mark.parametrize("state", [CourseSessionState.CONFIRMED, CourseSessionState.CANCELLED])
def test_a_confirmed_session_does_not_move(session, monday, state):
    session.state = state
    db.session.flush()
    assert campus_from(monday, 52, movable=None).published == ()


def test_a_session_that_changes_rooms_stays(make, session, monday):
    slots_of(session)[0].room = make.room()
    db.session.flush()
    assert campus_from(monday, 52, movable=None).published == ()


def test_without_leave_nothing_that_is_announced_moves(make, need, session):
    found = searched(make)
    assert (found.state, found.report["covered"], list(planned_sessions(found))) == (PlanState.DRAFT, [0, 0], [])


def test_a_session_moves_for_posts_and_the_plan_says_what_it_costs(make, need, session):
    found = searched(make, movable=True)
    (row,) = planned_sessions(found)
    assert (row.course_session_id, row.people, row.moves_by < timedelta(0)) == (session.id, 5, True)
    assert (found.report["covered"], found.report["moved"], found.report["broken"]) == ([0, 5], 3, [])


def test_publishing_moves_the_session_and_whoever_has_a_seat_is_told(make, need, session):
    found = searched(make, movable=True)
    (row,) = planned_sessions(found)
    assert publish_plan(make.staff(), found) == Outcome(opened=0, moved=1)
    slots = slots_of(row.course_session)
    assert (row.course_session.starts_on, min(each.day for each in slots)) == (row.starts_on, row.starts_on)
    assert {(each.room_id, each.trainer_id) for each in slots} == {(row.room_id, row.trainer_id)}
    assert db.session.scalars(select(Job).where(Job.kind == "sessions.tell_changes")).all()


def test_a_session_put_back_by_hand_costs_nothing_and_loses_its_posts(make, need, session):
    found = searched(make, movable=True)
    (row,) = planned_sessions(found)
    effect = plans.move_planned(make.staff(), row, Where(40, row.room, row.trainer))
    assert (effect.declared, effect.broken, found.report["moved"]) == (-5, [], 0)


def test_what_is_locked_elsewhere_stays_there_in_the_next_search(make, need, session):
    first = searched(make, movable=True)
    (row,) = planned_sessions(first)
    plans.move_planned(make.staff(), row, Where(10, row.room, row.trainer))
    (again,) = planned_sessions(searched(make, after=first))
    assert (again.course_session_id, again.week, again.locked, again.people) == (session.id, 10, True, 5)


def test_a_session_confirmed_meanwhile_is_left_where_it_is(make, need, session):
    found = searched(make, movable=True)
    (row,) = planned_sessions(found)
    row.course_session.state = CourseSessionState.CONFIRMED
    db.session.flush()
    before = row.course_session.starts_on
    assert publish_plan(make.staff(), found) == Outcome(opened=0, moved=0)
    assert row.course_session.starts_on == before
