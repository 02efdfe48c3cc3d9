"""The measures of a ranking, by their definitions."""

import math
import statistics
from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.matching.metrics import mean, measure, percentile, spread

IDS = [f"d{n}" for n in range(30)]
rankings = st.lists(st.sampled_from(IDS), unique=True, max_size=30)
golds = st.dictionaries(st.sampled_from(IDS), st.sampled_from([1.0, 2.0]), min_size=1, max_size=14)


def test_a_known_ranking_has_the_known_measures():
    found = measure(["a", "right", "b", "too"], {"right": 1, "too": 1, "never": 1})
    assert (found.hit_1, found.hit_5, found.mrr_10, found.recall_10) == (0, 1, 0.5, pytest.approx(2 / 3))
    assert found.map == pytest.approx((1 / 2 + 2 / 4) / 3)
    ideal = 1 + 1 / math.log2(3) + 1 / math.log2(4)
    assert found.ndcg_10 == pytest.approx((1 / math.log2(3) + 1 / math.log2(5)) / ideal)


@given(rankings, golds)
def test_every_measure_lies_between_nothing_and_all(ranked, gold):
    assert all(0 <= value <= 1 + 1e-9 for value in astuple(measure(ranked, gold)))


@given(golds, rankings)
def test_what_is_right_first_and_in_order_measures_all(gold, others):
    ranked = [*sorted(gold, key=lambda each: -gold[each]), *(each for each in others if each not in gold)]
    found = measure(ranked, gold)
    assert (found.hit_1, found.mrr_10) == (1, 1)
    assert (found.ndcg_10, found.map) == (pytest.approx(1), pytest.approx(1))
    assert found.recall_10 == min(len(gold), 10) / len(gold)


@given(st.permutations(IDS), st.sets(st.sampled_from(IDS), min_size=1, max_size=14), st.integers(1, 29))
def test_a_right_answer_that_moves_up_never_measures_less(ranked, right, place):
    gold = dict.fromkeys((right - {ranked[place - 1]}) | {ranked[place]}, 1.0)
    better = [*ranked[: place - 1], ranked[place], ranked[place - 1], *ranked[place + 1 :]]
    pairs = zip(astuple(measure(better, gold)), astuple(measure(ranked, gold)), strict=True)
    assert all(after >= before - 1e-12 for after, before in pairs)


@given(rankings, golds)
def test_an_answer_given_twice_counts_once(ranked, gold):
    doubled = [each for each in ranked for _ in range(2)]
    assert measure(doubled, gold) == measure(ranked, gold)


def test_a_query_without_a_right_answer_is_refused():
    with pytest.raises(ValueError, match="measures nothing"):
        measure(["a"], {})


@given(st.lists(st.tuples(rankings, golds), min_size=1, max_size=5))
def test_the_mean_is_that_of_each_measure(asked):
    found = [measure(ranked, gold) for ranked, gold in asked]
    assert mean(found).map == pytest.approx(statistics.fmean(one.map for one in found))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_the_spread_lies_within_the_values_and_is_repeatable(values):
    low, high = spread(values, draws=40)
    assert min(values) - 1e-9 <= low <= high <= max(values) + 1e-9
    assert spread(values, draws=40) == (low, high)


def test_the_spread_of_many_values_is_about_two_errors_of_the_mean():
    low, high = spread([0.0, 1.0] * 200)
    assert (low, high) == (pytest.approx(0.45, abs=0.02), pytest.approx(0.55, abs=0.02))


@given(st.lists(st.floats(0, 9), min_size=1), st.floats(0, 1))
def test_a_percentile_is_a_value_that_the_share_does_not_exceed(values, share):
    found = percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9
