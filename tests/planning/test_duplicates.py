"""Needs that are probably the same: what is compared, and what is not."""

from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from campus.planning.duplicates import LEAST_SHARED, MOST_DAYS, likely_duplicates
from campus.planning.facts import NEEDS, Sheet

NEED = st.tuples(
    st.integers(0, 2), st.integers(0, 2), st.sampled_from([0, 100, 150, 200]), st.sets(st.integers(1, 5), max_size=5)
)


def key(number):
    return bytes([number + 1]) * 15 + b"\0"


def sheet(needs):
    """Write needs (firm, occupation, day, skills) as they are kept; all else is left at zero."""
    head = np.zeros(len(needs), NEEDS[""])
    head["key"] = [key(n) for n in range(len(needs))]
    for name, place in (("site", 0), ("occupation", 1), ("day", 2)):
        head[name] = [key(need[0]) if name == "site" else need[place] for need in needs]
    rows = [(n, 8 * skill + 2) for n, need in enumerate(needs) for skill in sorted(need[3])]
    return Sheet(head, {"asked": np.array(rows, NEEDS["asked"])})


def recount(needs):
    """Compare all with all, by the words of the rule."""
    for (one, mine), (other, theirs) in combinations(enumerate(needs), 2):
        near = not mine[2] or not theirs[2] or abs(mine[2] - theirs[2]) <= MOST_DAYS
        either = len(mine[3] | theirs[3])
        enough = either and len(mine[3] & theirs[3]) / either >= LEAST_SHARED
        if mine[:2] == theirs[:2] and mine[1] and near and enough:
            yield key(one), key(other)


@settings(max_examples=40, deadline=None)
@given(st.lists(NEED, max_size=9))
def test_the_pairs_are_those_of_a_comparison_of_all_with_all(needs):
    found = likely_duplicates(sheet(needs))
    assert sorted(found) == sorted(recount(needs))
    assert found == sorted(found, key=lambda pair: pair[::-1], reverse=True)


def test_the_same_words_of_two_firms_are_no_duplicate():
    assert not likely_duplicates(sheet([(0, 1, 0, {1, 2, 3}), (1, 1, 0, {1, 2, 3})]))
