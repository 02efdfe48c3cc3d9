"""What a plan is worth: the parts in the order in which they count."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from campus.planning.values import Campus, Course, Demand, Plan


@dataclass(frozen=True)
class Worth:
    """What a plan is worth, in the order in which the parts count.

    Published sessions that are in it; posts covered of firms that have signed and of the others; weeks waited, over
    all posts, between the first end that a course could have and the end it has; costs of moving published
    sessions; euros.
    """

    kept: int
    committed: int
    declared: int
    waited: int
    moved: int
    cost: int

    @property
    def key(self) -> tuple[int, ...]:
        """Order worths: the greater key is the better plan."""
        return (self.kept, self.committed, self.declared, -self.waited, -self.moved, -self.cost)


@dataclass
class FirstEnds:
    """The first week in which a demand's posts could be trained, by demand: from there one waits."""

    campus: Campus
    _known: dict[str, int] = field(default_factory=dict)

    def __getitem__(self, demand: Demand) -> int:
        """Give the week; the demand's latest when none of its courses fits."""
        if demand.key not in self._known:
            ends = (self._of(self.campus.course_of[key], demand) for key in demand.courses & set(self.campus.course_of))
            self._known[demand.key] = min(ends, default=demand.latest)
        return self._known[demand.key]

    def _of(self, course: Course, demand: Demand) -> int:
        starts = (week for week in self.campus.open_weeks if week >= demand.earliest)
        weeks = self.campus.taught(course, next(starts, -1))
        return weeks[-1] if weeks else demand.latest


def worth(campus: Campus, plan: Plan) -> Worth:
    """Say what a plan is worth; it is taken to be valid."""
    first, known = FirstEnds(campus), {each.key: each for each in campus.published}
    kept = committed = declared = waited = moved = cost = 0
    for key, posts, ends in _seats(campus, plan):
        demand = campus.demand_of[key]
        committed += posts * demand.committed
        declared += posts * (not demand.committed)
        waited += posts * max(ends - first[demand], 0)
    for session in plan.sessions:
        course = campus.course_of[session.course]
        before = known.get(session.published or "")
        kept += before is not None
        if before is None:
            cost += course.cost
        elif before.start != session.start:
            moved += before.move_cost or 0
    return Worth(kept, committed, declared, waited, moved, cost)


def _seats(campus: Campus, plan: Plan) -> Iterator[tuple[str, int, int]]:
    """Give the posts seated, by demand, with the last week of the session they sit in."""
    for session in plan.sessions:
        ends = campus.taught(campus.course_of[session.course], session.start)[-1]
        yield from ((key, posts, ends) for key, posts in session.posts)
    last = {each.key: each.last for each in campus.announced}
    yield from ((key, posts, last[announced]) for announced, key, posts in plan.seated)
