"""What a plan of sessions is made from and made of: weeks are numbers from 0, people and places are keys.

A course is taught in open weeks only: over a closed week it pauses. Its rhythm says in which of the open weeks of its
span: in each of them (`every` 1), in one of two (`every` 2), and so on. A session keeps its room and its trainer for
whole weeks; one room and one trainer for all of its weeks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

COMMITTED = 3  # the step of the ladder from which a firm has signed: a letter of intent, then stronger


class BadCampus(ValueError):
    """The parts of a campus do not fit together."""


@dataclass(frozen=True)
class Course:
    """A course: weeks taught, rhythm, seats a session needs and takes, what its room and its trainer must have.

    `cost` is in euros for one session.
    """

    key: str
    weeks: int
    seats_min: int
    seats_max: int
    every: int = 1
    equipment: frozenset[str] = frozenset()
    skills: frozenset[str] = frozenset()
    cost: int = 0


@dataclass(frozen=True)
class Room:
    """A room: the people it holds, what stands in it, the weeks in which it cannot be had."""

    key: str
    capacity: int
    equipment: frozenset[str] = frozenset()
    away: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Trainer:
    """A trainer: each skill that they may teach with the last week in which they may (None: no end); weeks away."""

    key: str
    skills: tuple[tuple[str, int | None], ...] = ()
    away: frozenset[int] = frozenset()

    @cached_property
    def until(self) -> dict[str, int | None]:
        """Give the last week of each skill."""
        return dict(self.skills)


@dataclass(frozen=True)
class Demand:
    """Posts of one need or pool: each is covered by a seat of one of the courses, within weeks earliest..latest.

    A session that covers it starts in `earliest` at the soonest and ends in `latest` at the latest.
    """

    key: str
    posts: int
    step: int
    earliest: int
    latest: int
    courses: frozenset[str]

    @property
    def committed(self) -> bool:
        """Say whether the firm has signed."""
        return self.step >= COMMITTED


@dataclass(frozen=True)
class Published:
    """A session that people know of, with `taken` seats that are not to be planned again.

    It stays where it is when `move_cost` is None; otherwise it may move, at that cost, but never disappears. Its
    minimum is a decision for people, not for the plan. Without a room or a trainer, it gets one.
    """

    key: str
    course: str
    start: int
    room: str | None = None
    trainer: str | None = None
    taken: int = 0
    move_cost: int | None = None

    @property
    def fixed(self) -> bool:
        """Say whether the session must stay."""
        return self.move_cost is None


@dataclass(frozen=True)
class Campus:
    """All that a plan depends on. `weeks` counts those of the horizon, closed ones included."""

    weeks: int
    courses: tuple[Course, ...]
    rooms: tuple[Room, ...]
    trainers: tuple[Trainer, ...]
    demands: tuple[Demand, ...]
    closed: frozenset[int] = frozenset()
    published: tuple[Published, ...] = ()

    def __post_init__(self) -> None:
        for kind in (self.courses, self.rooms, self.trainers, self.demands, self.published):
            if len({each.key for each in kind}) != len(kind):
                raise BadCampus("a key comes twice")
        if any(each.weeks < 1 or each.every < 1 or not 0 < each.seats_min <= each.seats_max for each in self.courses):
            raise BadCampus("a course needs weeks, a rhythm, and seats from a minimum to a maximum")
        if any(each.course not in self.course_of for each in self.published):
            raise BadCampus("a published session is of no known course")

    @cached_property
    def course_of(self) -> dict[str, Course]:
        """Find a course by its key."""
        return {each.key: each for each in self.courses}

    @cached_property
    def room_of(self) -> dict[str, Room]:
        """Find a room by its key."""
        return {each.key: each for each in self.rooms}

    @cached_property
    def trainer_of(self) -> dict[str, Trainer]:
        """Find a trainer by their key."""
        return {each.key: each for each in self.trainers}

    @cached_property
    def demand_of(self) -> dict[str, Demand]:
        """Find a demand by its key."""
        return {each.key: each for each in self.demands}

    @cached_property
    def open_weeks(self) -> tuple[int, ...]:
        """List the weeks in which the campus is open."""
        return tuple(week for week in range(self.weeks) if week not in self.closed)

    @cached_property
    def demands_of(self) -> dict[str, tuple[Demand, ...]]:
        """List, for each course, the demands that it covers: committed ones first, then the most urgent."""
        lists: dict[str, list[Demand]] = {each.key: [] for each in self.courses}
        for demand in sorted(self.demands, key=lambda each: (not each.committed, each.latest, each.key)):
            for course in demand.courses & lists.keys():
                lists[course].append(demand)
        return {key: tuple(each) for key, each in lists.items()}

    def taught(self, course: Course, start: int) -> tuple[int, ...]:
        """List the weeks in which a session that starts in `start` is taught; none when it cannot start there."""
        if start not in self._place:
            return ()
        first = self._place[start]
        weeks = self.open_weeks[first : first + (course.weeks - 1) * course.every + 1 : course.every]
        return weeks if len(weeks) == course.weeks else ()

    @cached_property
    def _place(self) -> dict[int, int]:
        return {week: place for place, week in enumerate(self.open_weeks)}


@dataclass(frozen=True)
class Session:
    """A session of a plan: course, first week, room, trainer, and the posts of each demand that sit in it.

    `published` is the key of the published session that it is; None for a new one.
    """

    course: str
    start: int
    room: str
    trainer: str
    posts: tuple[tuple[str, int], ...] = ()
    published: str | None = None

    @property
    def people(self) -> int:
        """Count the posts that the session covers."""
        return sum(count for _demand, count in self.posts)


@dataclass(frozen=True)
class Plan:
    """The sessions of a plan, in the order of their weeks."""

    sessions: tuple[Session, ...] = ()

    @cached_property
    def covered(self) -> dict[str, int]:
        """Count the posts covered, by demand."""
        counts: dict[str, int] = {}
        for session in self.sessions:
            for demand, posts in session.posts:
                counts[demand] = counts.get(demand, 0) + posts
        return counts


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
    for session in plan.sessions:
        course = campus.course_of[session.course]
        ends = campus.taught(course, session.start)[-1]
        for key, posts in session.posts:
            demand = campus.demand_of[key]
            committed += posts * demand.committed
            declared += posts * (not demand.committed)
            waited += posts * max(ends - first[demand], 0)
        before = known.get(session.published or "")
        kept += before is not None
        if before is None:
            cost += course.cost
        elif before.start != session.start:
            moved += before.move_cost or 0
    return Worth(kept, committed, declared, waited, moved, cost)


def in_order(sessions: Iterable[Session]) -> Plan:
    """Make a plan of sessions, by week, course and room, the posts of each by demand."""
    tidy = (replace(each, posts=tuple(sorted(each.posts))) for each in sessions)
    return Plan(tuple(sorted(tidy, key=lambda each: (each.start, each.course, each.room, each.published or ""))))
