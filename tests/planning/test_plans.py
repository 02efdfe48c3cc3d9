"""The plan of sessions: the solver as good as trying everything, the greedy plan valid, both the same each time."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from campus.planning.check import check
from campus.planning.greedy import TASTES, plan_at_best, plan_greedily
from campus.planning.search import Wanted, find_plan
from campus.planning.values import Announced, Published, Room, Trainer
from campus.planning.worth import worth
from tests.planning.generated import FULL, campus
from tests.planning.small import ASKED, SKILL, TIG, TRAINER, WORKSHOP, best_of_all, campuses
from tests.planning.small import campus as small

EXACT = Wanted(seconds=60, gap=0)


@given(campuses())
@settings(max_examples=20, deadline=None)
def test_the_solver_finds_what_trying_everything_finds(drawn):
    assert find_plan(drawn, EXACT).worth.key == best_of_all(drawn)


@given(campuses())
@settings(max_examples=20, deadline=None)
def test_a_plan_breaks_no_rule_but_the_absence_of_a_session_that_cannot_be(drawn):
    for plan in (plan_at_best(drawn), find_plan(drawn, EXACT).plan):
        assert {each.rule for each in check(drawn, plan)} <= {"published_missing"}


def test_the_stages_bound_what_the_plan_reaches():
    found = find_plan(small(), EXACT)
    assert [(each.name, each.value, each.gap) for each in found.stages[:3]] == [
        ("committed", 3, 0),
        ("declared", 0, 0),
        ("waited", 0, 0),
    ]


def test_committed_posts_go_before_declared_ones():
    others = replace(ASKED, key="declare", posts=4, step=1)
    found = find_plan(small(demands=(ASKED, others), weeks=2), EXACT)
    assert found.plan.covered == {"besoin": 3, "declare": 1}


def test_a_session_pauses_over_a_closed_week():
    found = find_plan(small(closed=frozenset({1}), weeks=3), EXACT)
    assert [each.start for each in found.plan.sessions] == [0]
    assert not find_plan(small(closed=frozenset({1}), weeks=2), EXACT).plan.sessions


def test_a_published_session_moves_only_for_more_posts():
    known = Published("p", "tig", 3, "atelier", "lucie", move_cost=5)
    late = replace(ASKED, earliest=3)
    assert find_plan(small(published=(known,), demands=(late,)), EXACT).plan.sessions[0].start == 3
    soon = replace(ASKED, latest=2)
    assert find_plan(small(published=(known,), demands=(soon,)), EXACT).plan.sessions[0].start < 3


def test_two_rooms_of_a_class_hold_two_sessions_at_once():
    second = Room("autre", 4, WORKSHOP.equipment)
    more = replace(ASKED, posts=8, latest=1)
    both = small(rooms=(WORKSHOP, second), trainers=(TRAINER, Trainer("paul", ((SKILL, None),))), demands=(more,))
    assert {each.room for each in find_plan(both, EXACT).plan.sessions} == {"atelier", "autre"}


def test_free_seats_of_an_announced_session_are_filled_before_a_new_one_is_made():
    known = Announced("a", "tig", 0, 1, 3)
    for plan in (find_plan(small(announced=(known,)), EXACT).plan, plan_at_best(small(announced=(known,)))):
        assert (plan.sessions, plan.seated) == ((), (("a", "besoin", 3),))


def test_courses_of_half_a_week_share_a_workshop():
    half, more = replace(TIG, half_days=5), replace(ASKED, posts=8, latest=1)
    found = find_plan(small(courses=(half,), demands=(more,)), EXACT)
    assert [each.people for each in found.plan.sessions] == [4, 4]


def test_the_same_seed_gives_the_same_plan():
    made = campus(3, FULL.times(0.05))
    first, second = (find_plan(made, Wanted(seconds=60, gap=0.05, seed=7)) for _ in range(2))
    assert first.plan == second.plan


def test_a_search_that_is_stopped_gives_the_plan_it_has():
    made = campus(3, FULL.times(0.1))
    found = find_plan(made, Wanted(stop=lambda: True))
    assert found.stopped
    assert not check(made, found.plan)


def test_the_solver_is_never_below_the_greedy_plan():
    made = campus(5, FULL.times(0.1))
    found = find_plan(made, Wanted(seconds=5))
    assert found.worth.key >= worth(made, plan_at_best(made)).key
    assert not check(made, found.plan)


def test_runs_that_mind_what_others_left_out_cover_more_committed_posts():
    made = campus(2, FULL.times(1 / 3))
    alone = [worth(made, plan_greedily(made, taste)).committed for taste in TASTES]
    together = plan_at_best(made)
    assert worth(made, together).committed > max(alone)
    assert not check(made, together)
