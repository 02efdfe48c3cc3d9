"""What a plan is made from: what rows say of courses, rooms, weeks, pools and seats, as the planning reads it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from campus import clock
from campus.models import PoolMemberState, RoomEquipment, TrainerSkill
from campus.queries.plan_inputs import campus_from
from campus.services import pools
from campus.services.commitments import Agreement, AgreementKind, declare, engage
from campus.services.matches import match_need
from campus.services.pools import PoolPlan
from campus.services.rooms import Away
from campus.services.slots import SlotPlan, SlotsClash, plan_slots
from campus.services.teaching import Teaching, close_campus, describe_teaching, reopen_campus

MONDAY = date(2027, 3, 1)


@pytest.fixture
def staff(make):
    return make.staff()


def only_course(weeks=52):
    (course,) = campus_from(MONDAY, weeks).courses
    return course


def test_a_course_of_which_nothing_is_said_takes_whole_weeks(make):
    make.course(hours=70)
    course = only_course()
    assert (course.weeks, course.half_days, course.every, course.equipment) == (2, 10, 1, frozenset())
    assert (course.seats_min, course.seats_max) == (6, 12)


def test_the_rhythm_of_a_course_makes_its_weeks(make, staff):
    said = Teaching(half_days=4, every_weeks=2, seats_min=3, seats_max=8, cost=4200, equipment=("Tour",))
    describe_teaching(staff, make.course(hours=70), said)
    course = only_course()
    assert (course.weeks, course.half_days, course.every) == (5, 4, 2)
    assert (course.seats_min, course.seats_max, course.cost) == (3, 8, 4200)


def test_equipment_of_courses_and_rooms_is_the_same_however_it_is_written(make, staff):
    describe_teaching(staff, make.course(), Teaching(equipment=("tour",)))
    make.room(equipment=[RoomEquipment(name="Tour")])
    campus = campus_from(MONDAY, 10)
    assert campus.courses[0].equipment <= campus.rooms[0].equipment


def test_what_is_no_longer_said_of_a_course_is_gone(make, staff):
    course = make.course()
    describe_teaching(staff, course, Teaching(equipment=("Tour", "Sas")))
    describe_teaching(staff, course, Teaching(equipment=("Sas",)))
    assert only_course().equipment == {"sas"}


def test_a_week_is_closed_when_each_of_its_days_is(make, staff):
    closure = close_campus(staff, Away(MONDAY + timedelta(days=7), MONDAY + timedelta(days=17)))
    assert campus_from(MONDAY, 5).closed == {1}
    reopen_campus(staff, closure)
    assert not campus_from(MONDAY, 5).closed


def test_the_campus_is_not_closed_over_half_days_that_are_planned(make, staff):
    session = make.course_session(starts_on=MONDAY, ends_on=MONDAY + timedelta(days=4))
    plan_slots(staff, session, SlotPlan(MONDAY, MONDAY))
    with pytest.raises(SlotsClash):
        close_campus(staff, Away(MONDAY, MONDAY + timedelta(days=4)))


def test_half_days_are_not_planned_on_days_of_closure(make, staff):
    close_campus(staff, Away(MONDAY + timedelta(days=1), MONDAY + timedelta(days=3)))
    session = make.course_session(starts_on=MONDAY, ends_on=MONDAY + timedelta(days=4))
    made = plan_slots(staff, session, SlotPlan(MONDAY, MONDAY + timedelta(days=4)))
    assert {each.day for each in made} == {MONDAY, MONDAY + timedelta(days=4)}


@pytest.mark.parametrize(("days", "last"), [(24, 2), (25, 3), (31, 3), (2, -1)])
def test_a_habilitation_counts_for_the_weeks_that_it_covers_to_their_friday(make, days, last):
    skill = make.skill()
    make.save(TrainerSkill(account=make.trainer(), skill=skill, valid_until=MONDAY + timedelta(days=days)))
    (trainer,) = campus_from(MONDAY, 10).trainers
    assert trainer.until == {str(skill.id): last}


def test_free_seats_of_announced_sessions_are_offered(make):
    course = make.course()
    make.course_session(course, starts_on=MONDAY + timedelta(days=8), seats_taken=9)
    make.course_session(course, starts_on=MONDAY, seats_taken=12)
    (found,) = campus_from(MONDAY, 10).announced
    assert (found.course, found.start, found.last, found.seats) == (str(course.id), 1, 3, 3)


@pytest.fixture
def answered(make):
    """A need of five posts that a course answers, until the end of June."""
    skills = [make.skill(), make.skill(), make.skill()]
    course = make.course(skills, hours=35)
    firm = make.employer()
    need = make.need(make.organisation_of(firm), firm, skills=skills, posts=5, latest=date(2027, 6, 30))
    declare(firm, need)
    match_need(need)
    return need, course


def test_the_posts_of_a_pool_ask_for_its_course_on_its_days_and_no_longer_for_another(make, staff, answered):
    need, course = answered
    engage(need.author, need, Agreement(AgreementKind.POEI, "P-1", 1, clock.today()))
    plan = PoolPlan(minimum=3, seats_max=8, deadline=date(2027, 3, 12), starts_on=MONDAY + timedelta(days=21))
    pool = pools.compose(staff, make.course(), plan, needs=[need])
    (member,) = pool.members
    pools.join(need.author, member, 3)
    assert member.state is PoolMemberState.JOINED
    found = {each.key: each for each in campus_from(MONDAY, 40).demands}
    pooled = {each.posts: each for each in found.values() if each.courses == {str(pool.course_id)}}
    assert {(each.posts, each.step, each.earliest) for each in pooled.values()} == {(1, 3, 3), (2, 1, 3)}
    own = found[f"{need.id}/1"]
    assert (own.posts, own.courses, own.earliest) == (2, {str(course.id)}, 0)
    assert sum(each.posts for each in found.values()) == need.posts


def test_a_pool_without_days_begins_after_its_deadline(make, staff, answered):
    need, _course = answered
    plan = PoolPlan(minimum=3, seats_max=8, deadline=date(2027, 3, 12))
    pool = pools.compose(staff, make.course(), plan, needs=[need])
    pools.join(need.author, pool.members[0], 3)
    assert {each.earliest for each in campus_from(MONDAY, 40).demands if each.courses == {str(pool.course_id)}} == {2}
