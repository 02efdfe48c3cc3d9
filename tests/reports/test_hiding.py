"""No figure of a firm can be worked out of a published table: attacked by linear programming on generated tables."""

import random
from collections import Counter

import highspy
import numpy as np
import pytest

from campus.reports.hiding import Line, publish, publish_together, small, width_needed

STEPS = 5


def table(seed, rows=8, firms=6):
    """Make the figures of some families by lot: each firm declares posts, and fewer go on at each step."""
    luck = random.Random(seed)  # noqa: S311 (made-up tables)
    parts = {}
    for row in range(rows):
        for firm in range(luck.randint(1, firms)):
            posts = [luck.choice((1, 1, 2, 3, 5, 9, 40))]
            for _step in range(STEPS - 1):
                posts.append(luck.randint(0, posts[-1]) if luck.random() < 0.6 else posts[-1])
            parts[row, firm] = posts
    lines = {f"f{row}": _line([posts for (of, _firm), posts in parts.items() if of == row]) for row in range(rows)}
    by_firm = Counter()
    for (_row, firm), posts in parts.items():
        for step, count in enumerate(posts):
            by_firm[firm, step] += count
    held = [sum(by_firm[firm, step] > 0 for firm in range(firms)) for step in range(STEPS)]
    return lines, Line(tuple(sum(line.posts[step] for line in lines.values()) for step in range(STEPS)), tuple(held))


def _line(parts):
    columns = list(zip(*parts, strict=True))
    return Line(tuple(map(sum, columns)), tuple(sum(each > 0 for each in column) for column in columns))


def attack(published):
    """Bound every hidden figure by all that a reader knows: {(row, step): (least, most)}."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    rows = published.rows.items()
    unknown = {
        (row, step): solver.addVariable(lb=0) for row, line in rows for step, told in enumerate(line) if told is None
    }
    for (row, step), figure in unknown.items():
        if step:
            before = published.rows[row][step - 1]
            solver.addConstr(figure <= (unknown[row, step - 1] if before is None else before))
    for step, whole in enumerate(published.total):
        hidden = [figure for (_row, under), figure in unknown.items() if under == step]
        if whole is not None and hidden:
            missing = whole - sum(line[step] or 0 for _row, line in rows)
            solver.addConstr(sum(hidden[1:], start=1 * hidden[0]) == missing)
    return {cell: (_best(solver, figure, 1), _best(solver, figure, -1)) for cell, figure in unknown.items()}


def _best(solver, figure, sign):
    solver.minimize(sign * figure)
    unbounded = solver.getModelStatus() != highspy.HighsModelStatus.kOptimal
    return np.inf if unbounded else sign * solver.getInfo().objective_function_value


def assert_safe(lines, published):
    bounds = attack(published)
    for row, line in lines.items():
        for step, pair in enumerate(zip(line.posts, line.firms, strict=True)):
            if small(*pair):
                least, most = bounds[row, step]
                assert most - least >= width_needed(line.posts[step]) - 1e-6, (row, step, line, bounds[row, step])
                assert least - 1e-6 <= line.posts[step] <= most + 1e-6


@pytest.mark.parametrize("seed", range(12))
def test_no_protected_figure_can_be_bounded_tightly(seed):
    lines, total = table(seed, rows=4 + seed % 5, firms=2 + seed % 5)
    assert_safe(lines, publish(lines, total))


@pytest.mark.long
@pytest.mark.parametrize("seed", range(100, 500))
def test_no_attack_on_hundreds_of_tables_succeeds(seed):
    lines, total = table(seed, rows=2 + seed % 14, firms=1 + seed % 7)
    assert_safe(lines, publish(lines, total))


def test_the_attack_finds_a_figure_that_only_subtraction_reveals():
    lines = {"a": Line((40,) * STEPS, (4,) * STEPS), "b": Line((3,) * STEPS, (1,) * STEPS)}
    naive = publish({"a": lines["a"]}, lines["a"])
    naive = type(naive)({**naive.rows, "b": (None,) * STEPS}, (43,) * STEPS)
    assert attack(naive)["b", 0] == pytest.approx((3, 3))
    assert attack(publish(lines, Line((43,) * STEPS, (5,) * STEPS)))["b", 0][1] >= 8


def test_what_is_shown_is_true_and_most_of_a_large_table_is_shown():
    lines, total = table(7, rows=30, firms=12)
    found = publish(lines, total)
    shown = [each for key, line in found.rows.items() for each in zip(line, lines[key].posts, strict=True)]
    assert all(told in (None, true) for told, true in shown)
    assert sum(told is not None for told, _true in shown) > len(shown) / 2


def test_a_figure_of_a_single_firm_is_hidden_however_large():
    lines = {"a": Line((97,) * STEPS, (1,) * STEPS), "b": Line((80,) * STEPS, (5,) * STEPS)}
    assert publish(lines, Line((177,) * STEPS, (6,) * STEPS)).rows["a"] == (None,) * STEPS


def test_a_total_that_one_table_hides_is_hidden_in_all():
    lone = {"a": Line((9,) * STEPS, (2,) * STEPS), "b": Line((1,) * STEPS, (1,) * STEPS)}
    whole = {"x": Line((10,) * STEPS, (3,) * STEPS)}
    first, second = publish_together([lone, whole], Line((10,) * STEPS, (3,) * STEPS))
    assert first.total == second.total


def test_nothing_is_hidden_where_nothing_is_small():
    lines = {"a": Line((20,) * STEPS, (4,) * STEPS), "b": Line((0,) * STEPS, (0,) * STEPS)}
    found = publish(lines, Line((20,) * STEPS, (4,) * STEPS))
    assert found.rows == {key: line.posts for key, line in lines.items()}
