"""Laws of likeness between needs, and what it says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.matching.explanation import CODES
from campus.matching.likeness import likeness, most_alike
from tests.matching.samples import CHARTRES, DREUX, LATEST, desired, essential, need
from tests.matching.test_properties import fast, needs

ASKED = need(
    essential("a", 3),
    essential("b", 2),
    desired("c", 1),
    occupation_id="H2303",
    parent_occupation="H2301",
    earliest=LATEST - timedelta(days=60),
)
windows = st.tuples(st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.integers(0, 120))
dated = st.builds(
    lambda asked, window: replace(asked, earliest=window[0], latest=window[0] + timedelta(days=window[1])),
    needs,
    windows,
)


def codes(alike):
    return [reason.code for reason in alike.reasons]


@fast
@given(needs | dated, needs | dated)
def test_likeness_is_the_same_both_ways(one, other):
    assert likeness(one, other) == likeness(other, one)


@fast
@given(needs | dated)
def test_a_need_is_wholly_like_itself(asked):
    assert likeness(asked, asked).score == pytest.approx(1)


@fast
@given(needs | dated, needs | dated, st.randoms(use_true_random=False))
def test_the_order_of_skills_changes_nothing(one, other, chance):
    shuffled = replace(one, skills=tuple(chance.sample(one.skills, len(one.skills))))
    assert likeness(shuffled, other) == likeness(one, other)


@fast
@given(needs | dated, needs | dated)
def test_the_score_is_a_share_and_every_reason_is_of_the_table(one, other):
    alike = likeness(one, other)
    assert 0 <= alike.score <= 1
    for reason in alike.reasons:
        assert (CODES[reason.code].sign, set(CODES[reason.code].carries)) == (reason.sign, set(reason.values))


@fast
@given(st.lists(dated, min_size=2, max_size=6), st.randoms(use_true_random=False))
def test_the_likest_come_first_whatever_the_order_given(others, chance):
    numbered = [replace(each, id=n) for n, each in enumerate(others)]
    shuffled = chance.sample(numbered, len(numbered))
    assert most_alike(ASKED, shuffled, least=0.2, limit=3) == most_alike(ASKED, numbered, least=0.2, limit=3)


def test_a_skill_more_in_common_is_more_alike():
    fewer, more = replace(ASKED, id=1, skills=ASKED.skills[:1]), replace(ASKED, id=2, skills=ASKED.skills[:2])
    assert likeness(ASKED, fewer).score < likeness(ASKED, more).score < 1


def test_levels_and_importance_count():
    lower = replace(ASKED, skills=(essential("a", 1), *ASKED.skills[1:]))
    assert (
        likeness(ASKED, lower).score
        < likeness(ASKED, replace(ASKED, skills=(desired("a", 3), *ASKED.skills[1:]))).score
    )


def test_a_level_that_is_not_known_is_no_difference():
    unsaid = replace(ASKED, skills=tuple(replace(each, level=None) for each in ASKED.skills))
    assert likeness(ASKED, unsaid).score == pytest.approx(1)


def test_what_is_not_known_is_said_and_weighs_nothing():
    bare = replace(ASKED, occupation_id=None, latest=None, point=None)
    alike = likeness(ASKED, bare)
    assert codes(alike) == ["like.skills", "like.occupation_unknown", "like.window_unknown", "like.place_unknown"]
    assert (alike.score, alike.known) == (1, 0.55)


def test_what_differs_is_said_with_its_numbers():
    other = need(
        essential("z"),
        occupation_id="K1302",
        parent_occupation="K1302",
        earliest=LATEST + timedelta(days=10),
        latest=LATEST + timedelta(days=40),
        point=DREUX,
    )
    alike = likeness(replace(ASKED, point=CHARTRES), other)
    assert codes(alike) == ["like.no_skill", "like.occupation_other", "like.window_apart", "like.near"]
    assert alike.reasons[2].values == {"days": 10}
    assert 30 < alike.reasons[3].values["km"] < 40
