"""How far a course that was only read answers a need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.matching.course_relevance import families, hesitant, relevance, usual_level

readings = st.dictionaries(st.sampled_from("abcd"), st.floats(0, 0.5), max_size=4)
levels = st.none() | st.integers(1, 8)


def test_a_trade_is_entered_at_the_mean_level_of_its_titles():
    assert usual_level(["Ouvrier / Ouvrière agricole", "Technicienne agricole", "Berger"]) == pytest.approx(4.0)
    assert usual_level(["Berger"]) is None


@given(readings, st.sets(st.sampled_from("abcd")), levels, levels)
def test_relevance_is_a_share_and_nothing_where_no_trade_is_common(read, family, wanted, level):
    found = relevance(read, family, wanted=wanted, level=level)
    assert 0 <= found <= 1
    assert found == 0 or any(read.get(each) for each in family)


@given(readings, st.integers(1, 8), st.integers(1, 8), st.integers(1, 8))
def test_a_diploma_nearer_the_trades_level_is_never_less_relevant(read, wanted, one, other):
    near, far = sorted((one, other), key=lambda level: abs(level - wanted))
    assert relevance(read, "ab", wanted=wanted, level=near) >= relevance(read, "ab", wanted=wanted, level=far)


@given(readings, levels, levels, st.floats(0, 0.5))
def test_being_surer_of_a_trade_never_lowers_relevance(read, wanted, level, more):
    surer = read | {"a": read.get("a", 0.0) + more}
    assert relevance(surer, "a", wanted=wanted, level=level) >= relevance(read, "a", wanted=wanted, level=level)


def test_a_hesitant_reading_keeps_its_order_and_its_sum_and_is_less_sure_of_the_first():
    sure = {"a": 0.8, "b": 0.15, "c": 0.05}
    spread = hesitant(sure)
    assert sorted(spread, key=spread.get, reverse=True) == ["a", "b", "c"]
    assert sum(spread.values()) == pytest.approx(1)
    assert spread["a"] < sure["a"]
    assert hesitant({}) == {}


def test_a_parent_is_as_sure_as_its_occupations_together():
    assert families({1: 0.4, 2: 0.3, 3: 0.3}, {1: "H2301", 2: "H1501", 3: "H1501"}) == ["H1501", "H2301"]
