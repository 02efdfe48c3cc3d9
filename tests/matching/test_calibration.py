"""The curve that turns what a proposal claims into how often such proposals are right."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.matching.calibration import KNOTS, calibrated, learn_calibration
from tests.matching.test_properties import fast

shares = st.floats(0, 1)


@fast
@given(shares, shares)
def test_who_claims_more_is_never_less_sure(one, other):
    low, high = sorted((one, other))
    assert 0 <= calibrated(low) <= calibrated(high) <= 1


@fast
@given(st.lists(st.tuples(shares, st.booleans()), min_size=1, max_size=60), st.integers(1, 20))
def test_a_curve_learnt_from_anything_rises(claims, bands):
    knots = learn_calibration(claims, bands)
    assert (knots[0][0], knots[-1][0]) == (0, 1)
    assert all(before[0] < after[0] and before[1] <= after[1] for before, after in pairwise(knots))


def test_a_curve_tells_how_often_claims_were_right():
    claims = [(0.9, place < 6) for place in range(10)] + [(0.1, place < 2) for place in range(10)]
    assert learn_calibration(claims, bands=2) == ((0.0, 0.2), (0.1, 0.2), (0.9, 0.6), (1.0, 0.6))


def test_a_share_between_two_knots_stands_on_the_line_between_them():
    assert calibrated(0.5, ((0.0, 0.2), (1.0, 0.8))) == pytest.approx(0.5)
    assert calibrated(KNOTS[3][0]) == KNOTS[3][1]
