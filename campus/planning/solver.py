"""The one place that knows HiGHS: a program, an objective and limits in; values and a proven bound out.

Called through its own Python package rather than through another library's wrapper, because a start, a seed and an
interruption are needed: see docs/decisions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

from campus.planning.model import Program

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Stop = Callable[[], bool]
KINDS = {True: highspy.HighsVarType.kInteger, False: highspy.HighsVarType.kContinuous}


@dataclass(frozen=True)
class Limits:
    """When to stop: a relative gap that is enough, and whoever says that it is time; and the solver's seed.

    `seconds` end those parts of the solver that ask nobody. `bounded` is told the bound that is proven so far.
    """

    stop: Stop
    gap: float = 0.0
    seed: int = 0
    seconds: float = highspy.kHighsInf
    bounded: Callable[[float], None] = lambda _bound: None


@dataclass(frozen=True)
class Answer:
    """What the solver found: the values of all columns (None: nothing), and what no solution can be below."""

    values: Floats | None
    bound: float


class Solver:
    """A program held as arrays, solved again and again with other objectives, bounds and further rows."""

    def __init__(self, program: Program) -> None:
        self.upper = np.array(program.upper)
        self.whole = np.array(program.whole, dtype=bool)
        self._low, self._high = np.array(program.low), np.array(program.high)
        self._starts = np.array(program.starts, dtype=np.int32)
        self._columns = np.array(program.columns, dtype=np.int32)
        self._values = np.array(program.values)
        self._rows = np.repeat(np.arange(len(program.low)), np.diff(self._starts))
        self.kept: list[tuple[Floats, float]] = []

    def keep(self, objective: Floats, most: float) -> None:
        """Let no later solution have more than this of an objective."""
        self.kept.append((objective, most))

    def relax(self, objective: Floats, limits: Limits) -> Answer:
        """Bound an objective from below, by the program with columns in fractions; no values when the time ran out.

        With rows kept from earlier objectives the interior point method is several times quicker than the simplex.
        """
        solver = self._load(objective, np.ones(len(self.upper), dtype=bool), None, limits=limits, whole=False)
        solver.setOptionValue("solver", "ipm" if self.kept else "simplex")
        solver.setOptionValue("run_crossover", "off")
        _run(solver, limits.stop)
        optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        if not optimal:
            return Answer(None, -np.inf)
        return Answer(np.array(solver.getSolution().col_value), solver.getInfo().objective_function_value)

    def flow(self, objective: Floats) -> Floats | None:
        """Minimise an objective of whole numbers over a flow, whose corners are whole; None when there is no way."""
        everything = np.ones(len(self.upper), dtype=bool)
        solver = self._load(objective, everything, None, limits=Limits(lambda: False), whole=False)
        solver.setOptionValue("solver", "simplex")
        solver.run()
        optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        return np.round(solver.getSolution().col_value) if optimal else None

    def cut(self, objective: Floats, limits: Limits) -> Answer:
        """Bound an objective from below more tightly, by cutting planes and branching with hardly a look for plans.

        Where the branching ends by itself it has found the best plan, which comes with the bound.
        """
        everything = np.ones(len(self.upper), dtype=bool)
        solver = self._load(objective, everything, None, limits=limits, whole=True)
        solver.setOptionValue("mip_heuristic_effort", 0.0)
        _run(solver, limits.stop, limits.bounded)
        return self._answer(solver, np.zeros(len(self.upper)), everything)

    def solve(self, objective: Floats, start: Floats | None, limits: Limits, *, free: Mask | None = None) -> Answer:
        """Minimise an objective from a start; only the columns that are `free` (all by default) may change."""
        chosen = np.ones(len(self.upper), dtype=bool) if free is None else free
        solver = self._load(objective, chosen, start, limits=limits, whole=True)
        if start is not None:
            few = start[chosen]
            solver.setSolution(len(few), np.arange(len(few), dtype=np.int32), few)
        _run(solver, limits.stop)
        return self._answer(solver, np.zeros(len(self.upper)) if start is None else start.copy(), chosen)

    def _answer(self, solver: Any, values: Floats, chosen: Mask) -> Answer:
        info = solver.getInfo()
        if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
            return Answer(None, info.mip_dual_bound)
        values[chosen] = np.array(solver.getSolution().col_value)
        values[self.whole] = np.round(values[self.whole])
        return Answer(values, info.mip_dual_bound)

    def _load(self, objective: Floats, chosen: Mask, start: Floats | None, *, limits: Limits, whole: bool) -> Any:
        """Hand over the chosen columns and the rows that they are in; the other columns stay as in the start."""
        among = chosen[self._columns]
        used = np.bincount(self._rows[among], minlength=len(self._low))
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = int(chosen.sum()), int((used > 0).sum())
        program.col_cost_ = objective[chosen]
        program.col_lower_, program.col_upper_ = np.zeros(program.num_col_), self.upper[chosen]
        spent = self._spent(~among, start)[used > 0]
        program.row_lower_, program.row_upper_ = self._low[used > 0] - spent, self._high[used > 0] - spent
        matrix = program.a_matrix_
        matrix.format_ = highspy.MatrixFormat.kRowwise
        matrix.start_ = np.concatenate(([0], np.cumsum(used[used > 0]))).astype(np.int32)
        matrix.index_ = (np.cumsum(chosen) - 1)[self._columns[among]].astype(np.int32)
        matrix.value_ = self._values[among]
        if whole:
            program.integrality_ = [KINDS[each] for each in self.whole[chosen].tolist()]
        solver = highspy.Highs()
        _set(solver, limits)
        solver.passModel(program)
        self._hold(solver, chosen, start)
        return solver

    def _spent(self, others: Mask, start: Floats | None) -> Floats:
        """Add up, row by row, what the columns that stay use of it."""
        if start is None:
            return np.zeros(len(self._low))
        used = self._values[others] * start[self._columns[others]]
        return np.bincount(self._rows[others], weights=used, minlength=len(self._low))

    def _hold(self, solver: Any, chosen: Mask, start: Floats | None) -> None:
        for objective, most in self.kept:
            spent = 0.0 if start is None else float(objective[~chosen] @ start[~chosen])
            entries = np.flatnonzero(objective[chosen]).astype(np.int32)
            values = objective[chosen][entries]
            solver.addRow(-highspy.kHighsInf, most - spent, len(entries), entries, values)


def _set(solver: Any, limits: Limits) -> None:
    options = {
        "output_flag": False,
        "random_seed": limits.seed,
        "mip_rel_gap": limits.gap,
        "mip_abs_gap": 1e-6,
        "threads": 1,
        "time_limit": limits.seconds,
    }
    for name, value in options.items():
        solver.setOptionValue(name, value)


def _run(solver: Any, stop: Stop, bounded: Callable[[float], None] = lambda _bound: None) -> None:
    """Run, asking now and then whether to go on."""

    def ask(event: Any) -> None:
        bounded(event.data_out.mip_dual_bound)
        if stop():
            event.interrupt()

    # Not in the simplex: it asks at every step, and each question waits for the lock of Python.
    solver.cbMipInterrupt += ask
    solver.cbIpmInterrupt += ask
    solver.run()
