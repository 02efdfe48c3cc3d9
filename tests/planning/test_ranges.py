"""How many posts become seats, as a range: learnt from the past, drawn with a fixed seed, in whatever order."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campus.planning.ranges import PRIORS, SURE, Range, Share, at_step, drawn_shares, learnt, ranges

few = settings(max_examples=40, deadline=None)
posts = st.tuples(*[st.integers(0, 30)] * 3)
shares = st.tuples(*[st.builds(Share, st.integers(1, 40), st.integers(1, 40))] * 3)
past = st.lists(
    st.tuples(*[st.integers(0, 9)] * 4).map(
        lambda each: (*sorted(each[:3], reverse=True), min(each[3], max(each[:3])))
    ),
    max_size=8,
)


def sheet(rows):
    """Write needs that have ended: posts declared, confirmed, committed, and those that got a seat."""
    return np.array(rows, [(name, "i4") for name in ("declared", "confirmed", "committed", "converted")])


def drawn(rows, shares_):
    table = np.array(rows, np.int64).reshape(-1, 3)
    return ranges(table, np.zeros(len(table), np.int64), shares_)


def test_without_a_past_the_prior_speaks():
    assert learnt(sheet([]))[0] == PRIORS


def test_a_post_with_the_highest_commitment_is_supposed_to_have_come_first():
    found, evidence = learnt(sheet([(6, 4, 3, 4)]))
    assert evidence.tolist() == [[0, 2], [1, 0], [3, 0]]
    assert found == (Share(1, 5), Share(3, 2), Share(6, 1))


@few
@given(past)
def test_each_post_of_the_past_is_counted_once(rows):
    table = sheet(rows)
    evidence = learnt(table)[1]
    assert evidence.sum() == table["declared"].sum()
    assert evidence[:, 0].sum() == table["converted"].sum()


@few
@given(posts, shares)
def test_the_range_contains_what_is_expected_and_never_leaves_the_posts(row, known):
    (found,) = drawn([row], known)
    expected = sum(n * share.mean for n, share in zip(row, known, strict=True))
    assert found.mean == pytest.approx(expected)
    assert 0 <= found.low <= expected + 1e-9
    assert expected - 1e-9 <= found.high <= sum(row)


@few
@given(st.lists(posts, min_size=1, max_size=6), shares, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_has_no_influence_and_the_same_question_gets_the_same_answer(rows, known, luck):
    order = luck.sample(range(len(rows)), len(rows))
    before = drawn(rows, known)
    assert drawn([rows[place] for place in order], known) == [before[place] for place in order]


@few
@given(st.integers(20, 200), st.integers(1, 6), st.integers(1, 6))
def test_more_evidence_of_the_same_kind_narrows_the_range(count, came, lost):
    little, much = (tuple(Share(came * size, lost * size) for _ in PRIORS) for size in (1, 30))
    (wide,), (narrow,) = drawn([(count, 0, 0)], little), drawn([(count, 0, 0)], much)
    assert narrow.high - narrow.low < wide.high - wide.low


def test_the_range_holds_what_comes_at_least_eight_times_in_ten():
    luck, known = np.random.default_rng(7), (Share(3, 5), Share(4, 4), Share(9, 2))
    row = (14, 9, 6)
    (found,) = drawn([row], known)
    came = sum(luck.binomial(n, luck.beta(each.came, each.lost, 20_000)) for n, each in zip(row, known, strict=True))
    assert np.mean((came >= found.low) & (came <= found.high)) >= SURE - 0.01


def test_the_shares_drawn_are_those_of_the_distribution():
    known = (Share(2, 6), Share(5, 5), Share(30, 10))
    table = drawn_shares(known)
    for place, share in enumerate(known):
        variance = share.came * share.lost / (share.came + share.lost) ** 2 / (share.came + share.lost + 1)
        assert table[:, place].mean() == pytest.approx(share.mean, abs=4 * np.sqrt(variance / len(table)))
        assert table[:, place].var() == pytest.approx(variance, rel=0.15)


def test_posts_are_told_apart_by_the_highest_step_that_they_reached():
    reached = {"declared": [9], "confirmed": [7], "committed": [4], "seated": [3]}
    assert at_step(reached).tolist() == [[2, 3, 1]]


def test_posts_with_a_seat_are_sure_and_seats_are_taken_off():
    (found,) = ranges(np.array([[0, 0, 0]]), np.array([5]), PRIORS)
    assert found.less(8) == Range(-3, -3, -3)
