"""What a plan of sessions is made from and made of: weeks are numbers from 0, people and places are keys.

A course is taught in open weeks only: over a closed week it pauses. Its rhythm says in which of the open weeks of its
span: in each of them (`every` 1), in one of two (`every` 2), and so on; and how many half-days of such a week. A
session keeps one room and one trainer for all of its weeks; sessions that together take ten half-days at most share
them in a week (half_days.py says which half-days).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

FULL_WEEK = 10  # half-days from Monday to Friday
COMMITTED = 3  # the step of the ladder from which a firm has signed: a letter of intent, then stronger


class BadCampus(ValueError):
    """The parts of a campus do not fit together."""


@dataclass(frozen=True)
class Course:
    """A course: weeks taught, rhythm, seats a session needs and takes, what its room and its trainer must have.

    `half_days` are taken in each of the weeks; `cost` is in euros for one session.
    """

    key: str
    weeks: int
    seats_min: int
    seats_max: int
    every: int = 1
    half_days: int = FULL_WEEK
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
class Announced:
    """A session that keeps rooms and trainers of its own: it takes nothing of the plan, and `seats` in it are free."""

    key: str
    course: str
    start: int
    last: int
    seats: int


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
    announced: tuple[Announced, ...] = ()

    def __post_init__(self) -> None:
        for kind in (self.courses, self.rooms, self.trainers, self.demands, (*self.published, *self.announced)):
            if len({each.key for each in kind}) != len(kind):
                raise BadCampus("a key comes twice")
        if any(each.weeks < 1 or each.every < 1 or not 0 < each.seats_min <= each.seats_max for each in self.courses):
            raise BadCampus("a course needs weeks, a rhythm, and seats from a minimum to a maximum")
        if not all(0 < each.half_days <= FULL_WEEK for each in self.courses):
            raise BadCampus("a course takes from one to ten half-days a week")
        if any(each.course not in self.course_of for each in (*self.published, *self.announced)):
            raise BadCampus("a session that people know of is of no known course")

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

    @cached_property
    def fitting(self) -> dict[str, tuple[Demand, ...]]:
        """List, for each announced session, the demands that its free seats may cover, in the order of their rank."""
        return {
            each.key: tuple(
                demand
                for demand in self.demands_of[each.course]
                if demand.earliest <= each.start and each.last <= demand.latest
            )
            for each in self.announced
        }

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
    """The sessions of a plan, in the order of their weeks; posts seated in announced ones: (session, demand, posts)."""

    sessions: tuple[Session, ...] = ()
    seated: tuple[tuple[str, str, int], ...] = ()

    @cached_property
    def covered(self) -> dict[str, int]:
        """Count the posts covered, by demand."""
        counts: dict[str, int] = {}
        for session in self.sessions:
            for demand, posts in session.posts:
                counts[demand] = counts.get(demand, 0) + posts
        for _announced, demand, posts in self.seated:
            counts[demand] = counts.get(demand, 0) + posts
        return counts


def in_order(sessions: Iterable[Session], seated: Iterable[tuple[str, str, int]] = ()) -> Plan:
    """Make a plan of sessions, by week, course and room, and of posts seated in announced ones."""
    tidy = (replace(each, posts=tuple(sorted(each.posts))) for each in sessions)
    ordered = sorted(tidy, key=lambda each: (each.start, each.course, each.room, each.published or ""))
    return Plan(tuple(ordered), tuple(sorted(seated)))
