"""Posts published by occupation and by area: whoever subtracts one from the other finds no firm's plans."""

import highspy
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from campus.reports.crossing import NOWHERE, Posted, hidden_areas
from campus.reports.hiding import FEWEST_FIRMS, FEWEST_POSTS, small

AREAS, TRADES = 4, 4
needs = st.lists(
    st.tuples(
        *(st.integers(1, 9), st.integers(0, 5), st.integers(NOWHERE, AREAS - 1), st.integers(NOWHERE, TRADES - 1))
    ),
    max_size=30,
)


def cells(listed, place, count):
    """Add up posts and firms by area or by trade."""
    found = {key: [line for line in listed if line[place] == key] for key in range(count)}
    return {key: (sum(line[0] for line in lines), len({line[1] for line in lines})) for key, lines in found.items()}


def published(listed):
    trades = cells(listed, 3, TRADES)
    away = {key for key, cell in trades.items() if small(*cell)}
    columns = np.array(listed, np.int64).reshape(-1, 4)
    loose = np.array([line[3] in away or line[3] == NOWHERE for line in listed], bool)
    hidden = hidden_areas(Posted(columns[:, 0], columns[:, 1], columns[:, 2], loose), AREAS)
    return trades, away, cells(listed, 2, AREAS), hidden


@settings(max_examples=150, deadline=None)
@given(needs)
def test_a_small_area_is_hidden_and_so_is_what_would_give_it_away(listed):
    _trades, _away, areas, hidden = published(listed)
    assert all(hidden[key] for key, cell in areas.items() if small(*cell))
    if not hidden.all():
        rest = [line for line in listed if line[2] == NOWHERE or hidden[line[2]]]
        posts, firms = sum(line[0] for line in rest), len({line[1] for line in rest})
        assert posts == 0 or (posts >= FEWEST_POSTS and firms >= FEWEST_FIRMS)


@settings(max_examples=60, deadline=None)
@given(needs)
def test_whoever_solves_for_a_hidden_figure_finds_a_wide_interval(listed):
    trades, away, areas, hidden = published(listed)
    secret = [("trade", key) for key in away] + [("area", key) for key in range(AREAS) if hidden[key] and areas[key][0]]
    if hidden.all() or not secret:
        return
    # Nobody tells how many posts have no trade or no area; where there are none, the reader is supposed to know it.
    unknown = [sign for sign, place in ((1, 3), (-1, 2)) if any(line[place] == NOWHERE for line in listed)]
    signs = [1 if kind == "trade" else -1 for kind, _key in secret] + unknown
    shown_areas = sum(cell[0] for key, cell in areas.items() if not hidden[key])
    shown_trades = sum(cell[0] for key, cell in trades.items() if key not in away)
    for place in range(len(secret)):
        least, most = (bound(signs, shown_areas - shown_trades, place=place, side=side) for side in (1, -1))
        assert most - least >= FEWEST_POSTS


def bound(signs, difference, *, place, side):
    """Find the least or the most that a hidden figure may be, knowing that both tables add up to the same."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    figures = [solver.addVariable(lb=0) for _sign in signs]
    terms = [sign * figure for sign, figure in zip(signs, figures, strict=True)]
    solver.addConstr(sum(terms[1:], start=terms[0]) == difference)
    solver.minimize(side * figures[place])
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return -side * np.inf
    return side * solver.getInfo().objective_function_value
