"""The check finds each kind of broken rule, and nothing in a plan that is sound."""

from __future__ import annotations

from dataclasses import replace

import pytest

from campus.planning.check import check
from campus.planning.values import Announced, Plan, Published, Room, Trainer
from tests.planning.small import ASKED, SKILL, TRAINER, WORKSHOP, session
from tests.planning.small import campus as small

FIXED = Published("p", "tig", 0, "atelier", "lucie")
TAUGHT = Announced("a", "tig", 0, 1, 1)
AGAIN = session(start=2, posts=(("besoin", 2),))

BROKEN = {
    "unknown": (small(), (session(room="ailleurs"),)),
    "closed_week": (small(closed=frozenset({0})), (session(),)),
    "horizon": (small(), (session(start=5),)),
    "room_taken": (small(trainers=(TRAINER, replace(TRAINER, key="paul"))), (session(), session(trainer="paul"))),
    "trainer_taken": (small(rooms=(WORKSHOP, replace(WORKSHOP, key="autre"))), (session(), session(room="autre"))),
    "room_away": (small(rooms=(replace(WORKSHOP, away=frozenset({1})),)), (session(),)),
    "trainer_away": (small(trainers=(replace(TRAINER, away=frozenset({1})),)), (session(),)),
    "room_too_small": (small(rooms=(replace(WORKSHOP, capacity=2),)), (session(),)),
    "equipment": (small(rooms=(Room("atelier", 4),)), (session(),)),
    "trainer_skill": (small(trainers=(Trainer("lucie", ((SKILL, 0),)),)), (session(),)),
    "too_many": (small(demands=(replace(ASKED, posts=9),)), (session(posts=(("besoin", 5),)),)),
    "too_few": (small(), (session(posts=(("besoin", 1),)),)),
    "wrong_course": (small(demands=(replace(ASKED, courses=frozenset({"autre"})),)), (session(),)),
    "too_early": (small(demands=(replace(ASKED, earliest=1),)), (session(),)),
    "too_late": (small(demands=(replace(ASKED, latest=0),)), (session(),)),
    "covered_twice": (small(), (session(), AGAIN)),
    "fixed_moved": (small(published=(FIXED,)), (session(start=1, published="p"),)),
    "published_missing": (small(published=(FIXED,)), ()),
    "announced_full": (small(announced=(TAUGHT,)), (), (("a", "besoin", 2),)),
    "published_twice": (small(published=(FIXED,)), (session(published="p"), session(published="p"))),
}


@pytest.mark.parametrize("rule", BROKEN)
def test_the_check_catches(rule):
    campus, *parts = BROKEN[rule]
    assert rule in {each.rule for each in check(campus, Plan(*parts))}


def test_the_check_says_which_session_who_and_when():
    campus, sessions = BROKEN["trainer_away"]
    (broken,) = check(campus, Plan(sessions))
    assert (broken.about, broken.week) == (("tig", "atelier", "lucie", "0"), 1)


def test_a_published_session_of_another_course_is_caught():
    second = replace(small().courses[0], key="mig")
    campus = small(courses=(*small().courses, second), published=(FIXED,))
    rules = {each.rule for each in check(campus, Plan((session(course="mig", published="p"),)))}
    assert "published_other_course" in rules


def test_a_sound_plan_breaks_nothing():
    assert not check(small(published=(FIXED,)), Plan((session(published="p"),)))


@pytest.mark.parametrize(
    ("rule", "announced"),
    [("too_late", replace(TAUGHT, last=6)), ("wrong_course", replace(TAUGHT, course="mig"))],
)
def test_a_seat_of_an_announced_session_is_checked_like_any_other(rule, announced):
    courses = (*small().courses, replace(small().courses[0], key="mig"))
    campus = small(courses=courses, announced=(announced,))
    assert {each.rule for each in check(campus, Plan((), (("a", "besoin", 1),)))} == {rule}


def test_two_sessions_of_half_a_week_share_a_room_and_a_trainer():
    half = replace(small().courses[0], half_days=5)
    sessions = (session(posts=(("besoin", 2),)), session(posts=(("autre", 2),)))
    demands = (ASKED, replace(ASKED, key="autre"))
    assert not check(small(courses=(half,), demands=demands), Plan(sessions))
    six = replace(half, half_days=6)
    rules = {each.rule for each in check(small(courses=(six,), demands=demands), Plan(sessions))}
    assert rules == {"room_taken", "trainer_taken"}
