"""What a plan leaves out: each reason names the smallest change, and the change does place it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from campus.planning.check import check
from campus.planning.greedy import plan_at_best
from campus.planning.reasons import apply, left_out
from campus.planning.values import Plan
from tests.planning.generated import FULL
from tests.planning.generated import campus as generated
from tests.planning.small import ASKED, TRAINER, WORKSHOP, campuses, session
from tests.planning.small import campus as small

NOTHING = Plan()


def reason(campus, plan=NOTHING):
    (found,) = left_out(campus, plan)
    return (found.change.kind, found.change.amount) if found.change else None


def test_a_group_below_the_minimum_asks_for_fewer():
    assert reason(small(demands=(replace(ASKED, posts=1),))) == ("fewer", 1)


def test_without_a_qualified_trainer_one_is_asked_for():
    assert reason(small(trainers=(replace(TRAINER, skills=()),)))[0] == "trainer"


def test_without_a_room_with_its_equipment_one_is_asked_for():
    assert reason(small(rooms=(replace(WORKSHOP, equipment=frozenset()),))) == ("room", 3)


def test_a_date_too_early_by_a_week_is_to_be_put_off():
    assert reason(small(demands=(replace(ASKED, latest=0),))) == ("later", 1)


def test_a_busy_workshop_asks_for_both():
    others = replace(ASKED, key="autre", latest=1)
    campus = small(demands=(replace(ASKED, latest=1), others), weeks=2)
    assert reason(campus, Plan((session(),)))[0] == "room_and_trainer"


@given(campuses())
@settings(max_examples=60, deadline=None)
def test_each_change_places_what_it_says(drawn):
    proves(drawn, plan_at_best(drawn))


def test_the_changes_of_a_generated_campus_place_what_they_say():
    campus = generated(4, FULL.times(0.1))
    assert proves(campus, plan_at_best(campus))


def proves(campus, plan):
    tried = [each.change for each in left_out(campus, plan) if each.change]
    before = {each.rule for each in check(campus, plan)}
    for change in tried:
        changed, better = apply(campus, plan, change)
        assert {each.rule for each in check(changed, better)} <= before
        assert sum(better.covered.values()) == sum(plan.covered.values()) + sum(n for _key, n in change.posts)
    return tried
