"""The search for the best plan: greedy start, then one stage per objective, each held while the next is improved.

In a stage, blocks of courses are improved one at a time while the rest stays (a large neighbourhood search), beside
the relaxation in fractions that bounds what any plan could reach; what is still open after that goes to branch and
bound on the whole program. A small campus goes there at once. Sources: P. Shaw, "Using constraint programming and
local search methods to solve vehicle routing problems", CP 1998 (large neighbourhoods); Q. Huangfu and J. A. J. Hall,
"Parallelizing the dual revised simplex method", Mathematical Programming Computation 10 (2018) (HiGHS).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event

import numpy as np

from campus.planning.assign import name, sessions_in
from campus.planning.blocks import blocks
from campus.planning.greedy import Greedy, plan_at_best
from campus.planning.model import STAGES, Model, build, objectives
from campus.planning.seating import seat
from campus.planning.solver import Floats, Limits, Mask, Solver
from campus.planning.values import Campus, Plan
from campus.planning.worth import Worth, worth

SHARES = {"kept": 0.1, "committed": 0.65, "declared": 0.65, "waited": 0.8, "moved": 0.6, "cost": 1.0}
SMALL = 2_500  # columns that go to branch and bound at once
ROUNDS = 8
MOST_BLOCKS = 3  # improved together
LONGEST = 3.0  # seconds for one block
SOFT = 1e-3


@dataclass(frozen=True)
class Stage:
    """One objective: what the plan reaches, what no plan can pass after the stages before (None: unknown), seconds."""

    name: str
    value: int
    bound: int | None
    seconds: float

    @property
    def gap(self) -> float | None:
        """Give the distance from the bound as a share of it; 0 is a proof that nothing is better."""
        return None if self.bound is None else abs(self.value - self.bound) / max(self.value, self.bound, 1)


@dataclass(frozen=True)
class Outcome:
    """A plan with what is known of it: stage by stage, the seed, seconds in all, sessions that had to be replaced.

    `stopped` says that somebody asked to stop, so that stages may be missing. `replaced` counts the sessions for which
    no room or trainer could be named over all their weeks: their people were seated anew where that was possible.
    """

    plan: Plan
    worth: Worth
    stages: tuple[Stage, ...]
    seed: int
    seconds: float
    replaced: int
    stopped: bool


@dataclass(frozen=True)
class Wanted:
    """How to search: for so many seconds, down to such a gap, from such a seed; `stop` is asked now and then.

    `progress` is told the name of each stage and the share of the time that has gone. `now` gives seconds.
    """

    seconds: float = 30.0
    gap: float = 0.01
    seed: int = 0
    stop: Callable[[], bool] = lambda: False
    progress: Callable[[str, float], None] = lambda _name, _share: None
    now: Callable[[], float] = time.perf_counter


def find_plan(campus: Campus, wanted: Wanted | None = None, *, start: Plan | None = None) -> Outcome:
    """Search the best plan of a campus, from the greedy one or a better one given, valid for this campus.

    The same campus and seed give the same plan unless the time runs out or somebody stops the search.
    """
    return _Search(campus, wanted or Wanted(), start).run()


class _Search:
    def __init__(self, campus: Campus, wanted: Wanted, start: Plan | None) -> None:
        self.campus, self.wanted = campus, wanted
        self.began = wanted.now()
        self.luck = random.Random(wanted.seed)  # noqa: S311 (no secret)
        plans = [plan_at_best(campus), *([start] if start else [])]
        self.first = max(plans, key=lambda plan: worth(campus, plan).key)
        self.all_kept = len({each.published for each in self.first.sessions} - {None}) == len(campus.published)
        self.model: Model = build(campus, keep=self.all_kept)
        self.rows = objectives(self.model)
        self.solver = Solver(self.model.program)
        self.blocks = self._columns_of_blocks()

    def run(self) -> Outcome:
        values, stages = vector(self.model, self.first), []
        for each in STAGES[self.all_kept :]:
            if self.wanted.stop():
                break
            self.wanted.progress(each, self._spent() / self.wanted.seconds)
            began = self.wanted.now()
            values, bound = self._stage(each, values)
            stages.append((each, bound, self.wanted.now() - began))
            self.solver.keep(self.rows[each], round(float(self.rows[each] @ values)) + 0.5)
        return self._outcome(values, stages)

    def _outcome(self, values: Floats, stages: list[tuple[str, float, float]]) -> Outcome:
        named, left = name(self.campus, sessions_in(self.model, values))
        plan = seat(self.campus, named)
        if left:
            plan = Greedy(self.campus, given=plan).run()
        reached = worth(self.campus, plan)
        told = tuple(_stage_of(reached, each, bound=bound, took=took) for each, bound, took in stages)
        return Outcome(plan, reached, told, self.wanted.seed, self._spent(), len(left), self.wanted.stop())

    def _spent(self) -> float:
        return self.wanted.now() - self.began

    def _limits(self, until: float, gap: float, enough: Event | None = None) -> Limits:
        def stop() -> bool:
            return self._spent() >= until or self.wanted.stop() or (enough is not None and enough.is_set())

        return Limits(stop, gap, self.wanted.seed)

    def _stage(self, name: str, values: Floats) -> tuple[Floats, float]:
        """Improve one objective; give the best solution and the bound (minus infinity: not known)."""
        row, least = self.rows[name], self._least(name)
        until = self._spent() + (self.wanted.seconds - self._spent()) * SHARES[name]
        if row @ values <= least + SOFT or self._spent() >= until:
            return values, least
        if len(self.blocks) == 1:
            answer = self.solver.solve(row, values, self._limits(until, self.wanted.gap))
            return _better(row, values, answer.values), max(least, answer.bound)
        with ThreadPoolExecutor(1) as beside:
            enough = Event()
            relaxed = beside.submit(self.solver.relax, row, self._limits(until, 0))
            tighter = beside.submit(self.solver.cut, row, self._limits(until, 0, enough))
            values = self._improve(name, values, until=until, bound=lambda: self._best(least, relaxed.result()))
            least = self._best(least, relaxed.result())
            if self._near(row, values, least):
                enough.set()
            found = tighter.result()
            if name == "committed" and found.values is not None:
                values = _better(self._ahead(name), values, self._polished(found.values))
            return values, max(least, found.bound)

    def _polished(self, values: Floats) -> Floats:
        """Name rooms and trainers in a solution that looked at committed posts alone, and fill it up greedily."""
        named, _left = name(self.campus, sessions_in(self.model, values))
        return vector(self.model, Greedy(self.campus, given=seat(self.campus, named)).run())

    def _ahead(self, name: str) -> Floats:
        """Write the objective of a stage; committed posts look ahead to declared ones where nothing else differs."""
        row = self.rows[name]
        return row * (-self._least("declared") + 1) + self.rows["declared"] if name == "committed" else row

    def _best(self, least: float, relaxed: float | None) -> float:
        return least if relaxed is None else max(least, relaxed)

    def _least(self, name: str) -> float:
        """Give what is known without any search: nobody covers more than all posts, nothing costs less than nothing."""
        if name in {"committed", "declared"}:
            return -float(sum(each.posts for each in self.campus.demands if each.committed is (name == "committed")))
        return -float(len(self.campus.published)) if name == "kept" else 0.0

    def _near(self, row: Floats, values: Floats, bound: float) -> bool:
        value, bound = float(row @ values), float(np.ceil(bound - SOFT))
        return value - bound <= self.wanted.gap * max(abs(bound), 1) + SOFT

    def _improve(self, name: str, values: Floats, *, until: float, bound: Callable[[], float]) -> Floats:
        """Improve block by block, then two and three together, until the gap is reached or a round brings nothing."""
        row, ahead = self.rows[name], self._ahead(name)
        for number in range(ROUNDS):
            before = float(ahead @ values)
            for free in self._order(number):
                soon = min(until, self._spent() + LONGEST)
                if self._spent() >= until or self.wanted.stop():
                    return values
                answer = self.solver.solve(ahead, values, self._limits(soon, self.wanted.gap / 100), free=free)
                if answer.values is not None and ahead @ answer.values < ahead @ values - SOFT:
                    values = answer.values
            if number and self._near(row, values, bound()):
                break
            if number >= MOST_BLOCKS - 1 and ahead @ values > before - SOFT:
                break
        return values

    def _order(self, number: int) -> list[Mask]:
        mixed = self.luck.sample(self.blocks, len(self.blocks))
        together = min(number, MOST_BLOCKS - 1) + 1
        groups = [mixed[first : first + together] for first in range(0, len(mixed), together)]
        return [np.logical_or.reduce(group) for group in groups]

    def _columns_of_blocks(self) -> list[Mask]:
        model, count = self.model, len(self.model.program.upper)
        if count <= SMALL:
            return [np.ones(count, dtype=bool)]
        parts = blocks(self.campus)
        of = {course: number for number, part in enumerate(parts) for course in part}
        masks = [np.zeros(count, dtype=bool) for _ in parts]
        for columns in (model.rooms, model.trainers):
            for (number, _group), column in columns.items():
                masks[of[model.options[number].place.course.key]][column] = True
        for (_demand, course, _start), column in model.posts.items():
            masks[of[course]][column] = True
        taught = {each.key: each.course for each in self.campus.announced}
        for (announced, _demand), column in model.seats.items():
            masks[of[taught[announced]]][column] = True
        return masks


def _better(row: Floats, values: Floats, other: Floats | None) -> Floats:
    return values if other is None or row @ other > row @ values - SOFT else other


def _stage_of(reached: Worth, name: str, *, bound: float, took: float) -> Stage:
    """Tell a stage: every objective is whole, and that a cost is not below 0 says nothing of it."""
    value, least = getattr(reached, name), abs(int(np.ceil(bound - SOFT)))
    known = least or not value or name in {"kept", "committed", "declared"}
    return Stage(name, value, least if known else None, took)


def vector(model: Model, plan: Plan) -> Floats:
    """Write a valid plan as values of the model's columns."""
    values = np.zeros(len(model.program.upper))
    classes = {each.key: number for number, alike in enumerate(model.classes) for each in alike}
    groups = {each.key: number for number, alike in enumerate(model.groups) for each in alike}
    options = {_key(each.place.course.key, each.place.start, each.published): n for n, each in enumerate(model.options)}
    known = {each.key: each for each in model.campus.published}
    for session in plan.sessions:
        option = options[_key(session.course, session.start, known.get(session.published or ""))]
        values[model.rooms[option, classes[session.room]]] += 1
        values[model.trainers[option, groups[session.trainer]]] += 1
        for demand, posts in session.posts:
            values[model.posts[demand, session.course, session.start]] += posts
    for announced, demand, posts in plan.seated:
        values[model.seats[announced, demand]] += posts
    return values


def _key(course: str, start: int, published: object) -> tuple[str, int, str | None]:
    return (course, start, getattr(published, "key", None))
