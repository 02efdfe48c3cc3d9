"""Plans: asked for, searched beside the requests, changed by hand with their effect, published as sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.models import (
    CourseSession,
    CourseSessionState,
    EnrolmentState,
    Mail,
    PlanState,
    SessionPlan,
    Slot,
    TrainerSkill,
    Unavailability,
)
from campus.opening_hours import is_holiday
from campus.queries.plan_inputs import campus_from
from campus.queries.plans import planned_sessions
from campus.services import plans
from campus.services.commitments import Agreement, AgreementKind, declare, engage
from campus.services.matches import match_need
from campus.services.plan_publishing import Outcome, publish_plan
from campus.services.plan_searches import LEASE, begin_search
from campus.services.plans import NothingToTakeBack, PlanBreaksRules, PlanIsNotADraft, Where
from campus.tasks.plans import run_due_plan


@pytest.fixture
def demand(make):
    """A course of a week that answers a need of seven posts, a room, and somebody who may teach it."""
    skills = [make.skill(), make.skill(), make.skill()]
    make.course(skills, hours=35)
    need = make.need(skills=skills, posts=7, latest=clock.today() + timedelta(days=200))
    who = make.trainer()
    for skill in skills:
        make.save(TrainerSkill(account=who, skill=skill))
    make.room()
    match_need(need)
    return need


@pytest.fixture
def draft(make, demand):
    return searched(plans.ask_plan(make.staff()))


def searched(plan, seconds=10):
    """Let the worker search, and read the plan again as another request would."""
    key = plan.id
    db.session.commit()
    run_due_plan(seconds=seconds)
    return db.session.get_one(SessionPlan, key)


def test_a_plan_that_is_asked_for_is_found_by_the_worker(draft, demand):
    (only,) = planned_sessions(draft)
    assert draft.state is PlanState.DRAFT
    assert only.people == 7
    assert draft.report["covered"] == [0, 7]
    assert draft.report["broken"] == []


def test_nothing_is_announced_before_the_plan_is_published(draft):
    assert not db.session.scalars(select(CourseSession)).all()


def test_publishing_makes_sessions_with_room_and_trainer(make, draft):
    (only,) = planned_sessions(draft)
    assert publish_plan(make.staff(), draft) == Outcome(opened=1, moved=0)
    slots = db.session.scalars(select(Slot)).all()
    assert {(each.room_id, each.trainer_id) for each in slots} == {(only.room_id, only.trainer_id)}
    assert (only.course_session.starts_on, only.course_session.seats_max) == (only.starts_on, 12)


def test_half_days_on_a_public_holiday_are_told_when_the_plan_is_published(make, draft):
    (only,) = planned_sessions(draft)
    first = draft.first_day
    week = next(n for n in range(1, 60) if any(is_holiday(first + timedelta(7 * n + day)) for day in range(5)))
    holidays = sum(is_holiday(first + timedelta(7 * week + day)) for day in range(5))
    plans.move_planned(make.staff(), only, Where(week, only.room, only.trainer))
    assert publish_plan(make.staff(), draft) == Outcome(opened=1, moved=0, lost=2 * holidays)
    assert len(db.session.scalars(select(Slot)).all()) == 10 - 2 * holidays


def test_a_published_plan_is_not_published_again(make, draft):
    publish_plan(make.staff(), draft)
    with pytest.raises(PlanIsNotADraft):
        publish_plan(make.staff(), draft)


def test_a_move_by_hand_says_what_it_breaks_and_such_a_plan_is_not_published(make, draft):
    (only,) = planned_sessions(draft)
    effect = plans.move_planned(make.staff(), only, Where(only.week + 1, only.room, make.trainer()))
    assert {each.rule for each in effect.broken} == {"trainer_skill"}
    with pytest.raises(PlanBreaksRules):
        publish_plan(make.staff(), draft)


def test_a_move_after_the_last_date_says_what_is_lost(make, draft):
    (only,) = planned_sessions(draft)
    effect = plans.move_planned(make.staff(), only, Where(40, only.room, only.trainer))
    assert effect.declared == -7
    assert only.locked


def test_what_is_locked_stays_in_the_next_search(make, draft):
    (only,) = planned_sessions(draft)
    plans.move_planned(make.staff(), only, Where(3, only.room, only.trainer))
    (kept,) = planned_sessions(searched(plans.ask_plan(make.staff(), after=draft)))
    assert (kept.week, kept.locked, kept.people) == (3, True, 7)


def test_a_search_that_was_given_up_leaves_no_draft(make, demand):
    plan = plans.ask_plan(make.staff())
    plans.stop_plan(make.staff(), plan)
    found = searched(plan)
    assert found.state is PlanState.STOPPED
    assert not found.report


def test_a_week_away_is_not_planned(make, draft, demand):
    (only,) = planned_sessions(draft)
    day = draft.first_day
    make.save(Unavailability(trainer=only.trainer, starts_on=day, ends_on=day + timedelta(days=10)))
    (trainer,) = (each for each in campus_from(day, 52).trainers if each.key == str(only.trainer_id))
    assert trainer.away == {0, 1}


def test_what_finds_no_place_says_why(make, demand):
    for each in db.session.scalars(select(TrainerSkill)):
        db.session.delete(each)
    (out,) = searched(plans.ask_plan(make.staff())).report["left_out"]
    assert (out["people"], out["change"]["kind"]) == (7, "trainer")


def test_posts_that_no_plan_can_cover_are_counted_with_why(make, demand):
    uncovered = make.need(posts=3)
    firm, skills = make.employer(), [each.skill for each in demand.skills]
    site, late_by = make.organisation_of(firm), {"earliest": None, "latest": clock.today()}
    late = make.need(site, firm, posts=2, skills=skills, **late_by)
    match_need(late)
    declare(firm, late)
    engage(firm, late, Agreement(AgreementKind.POEI, "P-1", 1, clock.today()))
    report = searched(plans.ask_plan(make.staff())).report
    assert report["asked"] == [0, 7]
    assert report["outside"] == {"no_course": {str(uncovered.id): [0, 3]}, "too_early": {str(late.id): [1, 1]}}


def test_publishing_tells_the_firm_the_trainer_and_who_was_interested_once(make, draft, demand):
    (only,) = planned_sessions(draft)
    undated = make.course_session(only.course)
    undated.starts_on = undated.ends_on = None
    person = make.enrolment(undated, make.trainee(), state=EnrolmentState.INTERESTED, rank=1).account
    make.enrolment(make.course_session(), make.trainee(), state=EnrolmentState.INTERESTED, rank=1)
    publish_plan(make.staff(), draft)
    found = db.session.scalars(select(Mail).where(Mail.kind.startswith("plan_published"))).all()
    (only,) = planned_sessions(draft)
    assert {(each.kind, each.recipient) for each in found} == {
        ("plan_published_firm", demand.author.email),
        ("plan_published_trainer", only.trainer.email),
        ("plan_published_trainee", person.email),
    }
    assert len(found) == 3
    assert only.course_session.state is CourseSessionState.OPEN


def test_the_last_move_is_taken_back(make, draft):
    (only,) = planned_sessions(draft)
    before = (only.week, only.room_id, only.trainer_id, only.locked, only.people)
    plans.move_planned(make.staff(), only, Where(40, make.room(), only.trainer))
    plans.move_planned(make.staff(), only, Where(41, only.room, only.trainer))
    plans.take_move_back(make.staff(), draft)
    planned, effect = plans.take_move_back(make.staff(), draft)
    assert (planned.week, planned.room_id, planned.trainer_id, planned.locked, planned.people) == before
    assert (effect.declared, effect.broken) == (7, [])
    with pytest.raises(NothingToTakeBack):
        plans.take_move_back(make.staff(), draft)


def test_the_effect_of_a_move_is_told_without_writing(draft):
    (only,) = planned_sessions(draft)
    week = only.week
    effect = plans.effect_of_move(only, Where(40, only.room, only.trainer))
    assert (effect.declared, [(each.before, each.after) for each in effect.changes]) == (-7, [(7, 0)])
    assert (only.week, only.people) == (week, 7)


def test_a_search_whose_worker_died_is_taken_up_again(make, demand):
    plan = plans.ask_plan(make.staff())
    assert begin_search() is not None
    assert begin_search() is None
    clock.freeze(clock.now() + LEASE + timedelta(seconds=1))
    found = searched(plan)
    assert (found.state, found.attempts) == (PlanState.DRAFT, 2)


def test_a_search_on_which_three_workers_died_has_failed(make, demand):
    plan = plans.ask_plan(make.staff())
    for _try in range(3):
        assert begin_search() is not None
        clock.freeze(clock.now() + LEASE + timedelta(seconds=1))
    assert begin_search() is None
    assert plan.state is PlanState.FAILED


def test_a_search_stopped_with_its_worker_waits_for_another(make, demand):
    plan = plans.ask_plan(make.staff())
    key = plan.id
    db.session.commit()
    run_due_plan(stopping=lambda: True)
    found = db.session.get_one(SessionPlan, key)
    assert (found.state, found.attempts) == (PlanState.QUEUED, 0)
