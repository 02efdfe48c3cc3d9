"""No firm's plans can be worked out of the lines that prove a figure: attacked by linear programming."""

import random

import highspy
import numpy as np
import pytest

from campus.reports.funnel import Where
from campus.reports.hiding import Line, publish, small, width_needed
from campus.reports.proofs import OTHER_MONTHS, Proof, together, told, told_of_all

MONTHS = [f"2027-{number:02d}" for number in range(1, 6)]


def made_up(seed):
    """Let firms say by lot, in some months, how many posts they have in some families."""
    luck = random.Random(seed)  # noqa: S311 (made-up figures)
    firms, found = luck.randint(3, 7), []
    for family in range(luck.randint(2, 5)):
        for month in MONTHS:
            for firm in range(firms):
                if luck.random() < luck.choice((0.2, 0.5)):
                    where = Where("2027-T1", f"f{family}", str(firm))
                    found.append(Proof(where, month, "declared", "firm", luck.choice((1, 1, 2, 3, 9, 30))))
    return found


def figures(proofs):
    """Add up posts, and count firms."""
    return sum(each.posts for each in proofs), len({each.where.firm for each in proofs})


def published(proofs):
    """Publish the families, their lines and those of the total, as the pages do."""
    names = sorted({each.where.family for each in proofs})
    families = {name: [each for each in proofs if each.where.family == name] for name in names}
    lines = {name: Line(*((each,) for each in figures(found))) for name, found in families.items()}
    table = publish(lines, Line(*((each,) for each in figures(proofs))))
    shown = {name: families[name] for name, (value,) in table.rows.items() if value}
    hidden = [each for each in proofs if each.where.family not in shown]
    return table, {name: told(found) for name, found in shown.items()}, told_of_all(shown.values(), hidden)


class Attack:
    """All that a reader knows of the posts of each family and month."""

    def __init__(self, proofs, table, lines):
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.names = sorted({each.where.family for each in proofs})
        self.cells = {(name, month): self.solver.addVariable(lb=0) for name in self.names for month in MONTHS}
        for name, found in lines.items():
            for line in found:
                if line.month != OTHER_MONTHS:
                    self.solver.addConstr(1 * self.cells[name, line.month] == line.posts)
            self.knows([(name, month) for month in MONTHS], table.rows[name][0])
        if table.total[0] is not None:
            self.knows(list(self.cells), table.total[0])

    def knows(self, cells, posts):
        """Know what some cells add up to."""
        first, *others = (self.cells[cell] for cell in cells)
        self.solver.addConstr(sum(others, start=1 * first) == posts)

    def width(self, cell):
        """Tell how far apart the bounds of a figure lie."""
        bounds = []
        for sign in (1, -1):
            self.solver.minimize(sign * self.cells[cell])
            if self.solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
                return np.inf
            bounds.append(sign * self.solver.getInfo().objective_function_value)
        return bounds[1] - bounds[0]

    def found(self, proofs):
        """List the small figures that are bounded too tightly."""
        parts = {
            (name, month): figures([each for each in proofs if (each.where.family, each.month) == (name, month)])
            for name, month in self.cells
        }
        protected = {cell: posts for cell, (posts, firms) in parts.items() if small(posts, firms)}
        return [cell for cell, posts in protected.items() if self.width(cell) < width_needed(posts) - 1e-6]


@pytest.mark.parametrize("seed", range(10))
def test_no_small_month_of_a_family_can_be_bounded_tightly(seed):
    proofs = made_up(seed)
    table, lines, whole = published(proofs)
    assert not Attack(proofs, table, lines).found(proofs)
    for name, found in lines.items():
        assert sum(line.posts for line in found) == table.rows[name][0]
        assert not [line for line in found if small(line.posts, line.firms)]
    assert sum(line.posts for line in whole) == figures(proofs)[0]
    for line in whole:
        of_families = [one.posts for found in lines.values() for one in found if one.month == line.month]
        assert line.month == OTHER_MONTHS or line.posts == sum(of_families)
        assert table.total[0] is None or not small(line.posts, line.firms)


def test_the_attack_finds_what_the_months_of_all_families_would_give_away():
    found = 0
    for seed in range(10):
        proofs = made_up(seed)
        table, lines, _whole = published(proofs)
        attack = Attack(proofs, table, lines)
        for month in MONTHS:
            attack.knows([(name, month) for name in attack.names], figures([e for e in proofs if e.month == month])[0])
        found += len(attack.found(proofs))
    assert found


def test_small_months_are_put_together_and_take_in_another_until_they_may_be_told():
    where = [Where("2027-T1", "f", str(firm)) for firm in range(3)]
    large = [Proof(each, month, "declared", "firm", 4) for each in where for month in MONTHS[:2]]
    lone = [Proof(where[0], MONTHS[2], "declared", "firm", 40)]
    assert [(line.month, line.posts, line.firms) for line in told([*large, *lone])] == [
        (MONTHS[1], 12, 3),
        (OTHER_MONTHS, 52, 3),
    ]
    assert [(line.month, line.posts) for line in together(large)] == [(OTHER_MONTHS, 24)]
