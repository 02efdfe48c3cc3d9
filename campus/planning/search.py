"""The search for the best plan: greedy start, then one stage per objective, each held while the next is improved.

In a stage, parts of the plan are improved one at a time while the rest stays (a large neighbourhood search), beside
the relaxation in fractions, then branch and bound, that bound what any plan could reach. What the relaxation would do
otherwise than the plan is the part that brings most. Whichever closes the gap ends
the stage. A small campus goes to branch and bound at once. Sources: P. Shaw, "Using constraint programming and
local search methods to solve vehicle routing problems", CP 1998 (large neighbourhoods); E. Danna, E. Rothberg and
C. Le Pape, "Exploring relaxation induced neighborhoods to improve MIP solutions", Mathematical Programming 102 (2005);
Q. Huangfu and J. A. J. Hall,
"Parallelizing the dual revised simplex method", Mathematical Programming Computation 10 (2018) (HiGHS).
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count

import numpy as np

from campus.planning.assign import name, sessions_in
from campus.planning.greedy import Greedy, plan_at_best
from campus.planning.model import STAGES, Model, build, objectives
from campus.planning.neighbourhoods import Neighbourhoods, Standing
from campus.planning.seating import seat
from campus.planning.solver import Answer, Floats, Limits, Solver
from campus.planning.values import Campus, Plan
from campus.planning.worth import Worth, worth

FOR_SEARCH = 0.95  # of the time; the rest is for names of rooms and trainers, and for whoever stops late
SHARES = {"kept": 0.1, "committed": 0.9, "declared": 0.65, "waited": 0.8, "moved": 0.6, "cost": 1.0}
COMMITTED = {"committed": True, "declared": False}
IDLE = 4  # rounds without a gain before nothing more is hoped for
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

    The same small campus and seed give the same plan. On a large one two threads, one for plans and one for bounds,
    stop each other: two searches may end with different plans, each with its own proof.
    """
    return _Search(campus, wanted or Wanted(), start).run()


@dataclass
class _Race:
    """One stage while it runs, seen by both threads: the value reached, the bound proven, both to be minimised.

    `settled`: the bound becomes no tighter.
    """

    row: Floats
    at: Standing
    gap: float
    bound: float
    settled: bool = False

    def __post_init__(self) -> None:
        self.value = float(self.row @ self.at.values)

    def reached(self, values: Floats) -> None:
        """Note a better plan."""
        self.at.values, self.value = values, float(self.row @ values)

    def bounded(self, bound: float) -> None:
        """Note a bound that was proven."""
        self.bound = max(self.bound, bound)

    def relaxed(self, answer: Answer) -> None:
        """Note what the relaxation gave."""
        self.at.fractions = answer.values
        self.bounded(answer.bound)

    def bounded_at_last(self, answer: Answer) -> None:
        """Note what the search for bounds ended with."""
        self.bounded(answer.bound)
        self.settled = True

    @property
    def over(self) -> bool:
        """Say whether the gap is small enough; every objective is whole."""
        bound = float(np.ceil(self.bound - SOFT))
        return self.value - bound <= self.gap * max(abs(bound), 1) + SOFT


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
        self.parts = Neighbourhoods(self.model, self.luck)

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

    def _limits(self, until: float, gap: float, race: _Race | None = None) -> Limits:
        def stop() -> bool:
            return self._spent() >= until or self.wanted.stop() or (race is not None and race.over)

        left = max(until - self._spent(), 0.0)
        return Limits(stop, gap, self.wanted.seed, left, race.bounded if race else lambda _bound: None)

    def _stage(self, name: str, values: Floats) -> tuple[Floats, float]:
        """Improve one objective; give the best solution and the bound (minus infinity: not known)."""
        row, least = self.rows[name], self._least(name)
        until = self._spent() + (FOR_SEARCH * self.wanted.seconds - self._spent()) * SHARES[name]
        if row @ values <= least + SOFT or self._spent() >= until:
            return values, least
        if len(self.parts.blocks) == 1:
            answer = self.solver.solve(row, values, self._limits(until, self.wanted.gap))
            return _better(row, values, answer.values), max(least, answer.bound)
        race = _Race(row, Standing(values, COMMITTED.get(name)), self.wanted.gap, least)
        with ThreadPoolExecutor(1) as beside:
            relaxed = beside.submit(self.solver.relax, row, self._limits(until, 0))
            relaxed.add_done_callback(lambda done: race.relaxed(done.result()))
            tighter = beside.submit(self.solver.cut, row, self._limits(until, 0, race))
            tighter.add_done_callback(lambda done: race.bounded_at_last(done.result()))
            self._improve(name, race, until=until)
        found = tighter.result().values
        if name == "committed" and found is not None and not race.over:
            race.reached(_better(self._ahead(name), race.at.values, self._polished(found)))
        return race.at.values, race.bound

    def _polished(self, values: Floats) -> Floats:
        """Name rooms and trainers in a solution that looked at committed posts alone, and fill it up greedily."""
        named, _left = name(self.campus, sessions_in(self.model, values))
        return vector(self.model, Greedy(self.campus, given=seat(self.campus, named)).run())

    def _ahead(self, name: str) -> Floats:
        """Write the objective of a stage; committed posts look ahead to declared ones where nothing else differs."""
        row = self.rows[name]
        return row * (-self._least("declared") + 1) + self.rows["declared"] if name == "committed" else row

    def _least(self, name: str) -> float:
        """Give what is known without any search: nobody covers more than all posts, nothing costs less than nothing."""
        if name in {"committed", "declared"}:
            return -float(sum(each.posts for each in self.campus.demands if each.committed is (name == "committed")))
        return -float(len(self.campus.published)) if name == "kept" else 0.0

    def _improve(self, name: str, race: _Race, *, until: float) -> None:
        """Improve part by part until the gap is reached or rounds bring nothing; for committed posts, till the end."""
        ahead, idle, at = self._ahead(name), 0, race.at
        for number in count():
            before = float(ahead @ at.values)
            for free in self.parts.of_round(number, idle, at):
                if self._spent() >= until or self.wanted.stop() or (number and race.over):
                    return
                soon = min(until, self._spent() + LONGEST)
                answer = self.solver.solve(ahead, at.values, self._limits(soon, self.wanted.gap / 100), free=free)
                if answer.values is not None and ahead @ answer.values < ahead @ at.values - SOFT:
                    race.reached(answer.values)
            idle = 0 if ahead @ at.values < before - SOFT else idle + 1
            ends = race.settled if name == "committed" else idle >= IDLE
            if ends or (number and race.over):
                return


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
