"""What a plan leaves out, why, and the smallest change that would place it; each change is one that was tried.

Posts left are put together under the course where most of them could sit. For each week in which a session of it could
start, what is in the way is found by trying: people enough, a room, a trainer. The change kept is the one that places
most posts, then the one that asks least: a lower minimum, a later date, a trainer, a room, both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from campus.planning.greedy import Timetable, load
from campus.planning.values import Campus, Course, Demand, Plan, Room, Session, Trainer, in_order

EFFORT = ("fewer", "later", "trainer", "room", "room_and_trainer")
LATEST = 8  # weeks by which a date may be put off before another change is the smaller one
NEW = "+"


@dataclass(frozen=True)
class Change:
    """One change that would place a session from week `start` to week `last`.

    `fewer`: a minimum of `amount` people; `later`: the latest dates put off by up to `amount` weeks; `trainer`, `room`,
    `room_and_trainer`: one more in these weeks, the room for `amount` people.
    """

    kind: str
    course: str
    start: int
    last: int
    amount: int
    posts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class LeftOut:
    """Posts that a plan does not cover, under one course, with the change that would place most of them (or None)."""

    course: str
    posts: tuple[tuple[str, int], ...]
    change: Change | None

    @property
    def people(self) -> int:
        """Count the posts left out."""
        return sum(count for _demand, count in self.posts)


def left_out(campus: Campus, plan: Plan) -> list[LeftOut]:
    """Say what a plan leaves out and why: most committed posts first."""
    left = {each.key: each.posts - plan.covered.get(each.key, 0) for each in campus.demands}
    groups = _grouped(campus, {key: count for key, count in left.items() if count > 0})
    timetable = _taken(campus, plan)
    found = [_explain(campus, course, demands, left=left, timetable=timetable) for course, demands in groups.items()]
    signed = {each.key for each in campus.demands if each.committed}
    return sorted(
        found, key=lambda each: (-sum(n for key, n in each.posts if key in signed), -each.people, each.course)
    )


def _grouped(campus: Campus, left: dict[str, int]) -> dict[str, list[Demand]]:
    asked: dict[str, int] = defaultdict(int)
    for key, count in left.items():
        for course in campus.demand_of[key].courses & campus.course_of.keys():
            asked[course] += count
    groups: dict[str, list[Demand]] = defaultdict(list)
    for key in left:
        demand = campus.demand_of[key]
        courses = demand.courses & campus.course_of.keys()
        if courses:
            groups[max(sorted(courses), key=asked.__getitem__)].append(demand)
    return groups


def _taken(campus: Campus, plan: Plan) -> Timetable:
    timetable = Timetable(campus)
    for session in plan.sessions:
        course = campus.course_of[session.course]
        weeks = campus.taught(course, session.start)
        timetable.take(session.room, session.trainer, load(weeks, course.half_days))
    return timetable


def _explain(campus: Campus, key: str, demands: list[Demand], *, left: dict[str, int], timetable: Timetable) -> LeftOut:
    course = campus.course_of[key]
    posts = tuple(sorted((each.key, left[each.key]) for each in demands))
    changes = [
        change
        for start in campus.open_weeks
        if (weeks := campus.taught(course, start))
        for change in _changes(course, weeks, _waiting(demands, left), timetable=timetable)
    ]
    signed = {each.key for each in demands if each.committed}
    best = min(changes, key=lambda each: _merit(each, signed), default=None)
    return LeftOut(key, posts, best)


def _waiting(demands: list[Demand], left: dict[str, int]) -> list[tuple[Demand, int]]:
    return sorted(
        ((each, left[each.key]) for each in demands), key=lambda pair: (not pair[0].committed, pair[0].latest)
    )


def _merit(change: Change, signed: set[str]) -> tuple[int, ...]:
    committed = sum(count for key, count in change.posts if key in signed)
    people = sum(count for _key, count in change.posts)
    size = -change.amount if change.kind == "fewer" else change.amount
    return (-committed, -people, EFFORT.index(change.kind), size, change.start)


def _changes(
    course: Course, weeks: tuple[int, ...], waiting: list[tuple[Demand, int]], *, timetable: Timetable
) -> Iterator[Change]:
    """Try the changes for one start: those in whose window it lies, then with their latest date put off."""
    soon = [(each, count) for each, count in waiting if each.earliest <= weeks[0]]
    fit = _filled(course, [(each, count) for each, count in soon if weeks[-1] <= each.latest])
    late = _filled(course, [(each, count) for each, count in soon if weeks[-1] - LATEST <= each.latest])
    people = sum(count for _key, count in fit)
    bits = load(weeks, course.half_days)
    trainer = timetable.trainer(course, bits, weeks[-1])
    room = timetable.room(course, bits, max(people, course.seats_min))
    enough = room is not None and room.capacity >= max(people, course.seats_min)
    if people >= course.seats_min and not (trainer and enough):
        kind = "room" if trainer else "trainer" if enough else "room_and_trainer"
        yield Change(kind, course.key, weeks[0], weeks[-1], people, fit)
    elif 0 < people < course.seats_min and trainer and room and room.capacity >= people:
        yield Change("fewer", course.key, weeks[0], weeks[-1], people, fit)
    more = sum(count for _key, count in late)
    if more >= course.seats_min and more > people and trainer and room and room.capacity >= more:
        latest = {each.key: each.latest for each, _count in waiting}
        amount = max(weeks[-1] - latest[key] for key, _count in late)
        yield Change("later", course.key, weeks[0], weeks[-1], amount, late)


def _filled(course: Course, waiting: list[tuple[Demand, int]]) -> tuple[tuple[str, int], ...]:
    free, posts = course.seats_max, []
    for demand, count in waiting:
        if free:
            posts.append((demand.key, min(count, free)))
            free -= min(count, free)
    return tuple(sorted(posts))


def apply(campus: Campus, plan: Plan, change: Change) -> tuple[Campus, Plan]:
    """Make a change: the campus as it would be, and the plan with the session that it makes room for."""
    course = campus.course_of[change.course]
    weeks = campus.taught(course, change.start)
    others = frozenset(range(campus.weeks)) - frozenset(weeks)
    changed = campus
    if change.kind == "fewer":
        lower = replace(course, seats_min=change.amount)
        changed = replace(campus, courses=tuple(lower if each is course else each for each in campus.courses))
    if change.kind == "later":
        late = {key for key, _count in change.posts}
        demands = (replace(d, latest=max(d.latest, change.last)) if d.key in late else d for d in campus.demands)
        changed = replace(campus, demands=tuple(demands))
    if change.kind in {"room", "room_and_trainer"}:
        changed = replace(changed, rooms=(*changed.rooms, Room(NEW, change.amount, course.equipment, others)))
    if change.kind in {"trainer", "room_and_trainer"}:
        skills = tuple((skill, None) for skill in sorted(course.skills))
        changed = replace(changed, trainers=(*changed.trainers, Trainer(NEW, skills, others)))
    return changed, in_order((*plan.sessions, _session(changed, plan, change)), plan.seated)


def _session(campus: Campus, plan: Plan, change: Change) -> Session:
    course = campus.course_of[change.course]
    weeks, timetable = campus.taught(course, change.start), _taken(campus, plan)
    people = sum(count for _key, count in change.posts)
    bits = load(weeks, course.half_days)
    room = timetable.room(course, bits, people)
    trainer = timetable.trainer(course, bits, weeks[-1])
    if room is None or trainer is None:
        raise ValueError("the change was not made for this plan")
    return Session(course.key, change.start, room.key, trainer.key, change.posts)
