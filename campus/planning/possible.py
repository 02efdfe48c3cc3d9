"""Where and when a session may be: what the model and the greedy plan both start from. The check shares none of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from campus.planning.values import Campus, Course, Demand, Published, Room, Trainer


@dataclass(frozen=True)
class Place:
    """A course in a first week: the weeks it takes and the demands it would cover, in the order of their rank."""

    course: Course
    weeks: tuple[int, ...]
    demands: tuple[Demand, ...]

    @property
    def start(self) -> int:
        """Give the first week."""
        return self.weeks[0]

    @property
    def asked(self) -> int:
        """Count the posts that the session could cover, were there seats enough."""
        return sum(demand.posts for demand in self.demands)


def place(campus: Campus, course: Course, start: int) -> Place | None:
    """Put a course into a first week; None when it cannot start there."""
    weeks = campus.taught(course, start)
    if not weeks:
        return None
    fit = (each for each in campus.demands_of[course.key] if each.earliest <= start and weeks[-1] <= each.latest)
    return Place(course, weeks, tuple(fit))


def worthwhile(campus: Campus) -> list[Place]:
    """List the places where a new session would reach its minimum, were all who ask to come."""
    found = (place(campus, course, start) for course in campus.courses for start in _windows(campus, course))
    return [each for each in found if each and each.asked >= each.course.seats_min]


def _windows(campus: Campus, course: Course) -> Iterable[int]:
    demands = campus.demands_of[course.key]
    if not demands:
        return ()
    first, last = min(each.earliest for each in demands), max(each.latest for each in demands)
    return (week for week in campus.open_weeks if first <= week <= last)


def holds(room: Room, course: Course, *, people: int, weeks: Iterable[int]) -> bool:
    """Say whether a room suits a session of so many people in these weeks."""
    return room.capacity >= people and course.equipment <= room.equipment and room.away.isdisjoint(weeks)


def teaches(trainer: Trainer, course: Course, *, weeks: tuple[int, ...]) -> bool:
    """Say whether a trainer is there and may teach all of it until its last week."""
    if not course.skills <= trainer.until.keys() or not trainer.away.isdisjoint(weeks):
        return False
    ends = (trainer.until[skill] for skill in course.skills)
    return all(end is None or end >= weeks[-1] for end in ends)


def seats(course: Course, room: Room, taken: int = 0) -> int:
    """Count the seats that a session leaves to plan in a room."""
    return max(min(course.seats_max, room.capacity) - taken, 0)


def starts_of(campus: Campus, known: Published) -> list[int]:
    """List the weeks in which a published session may start: its own first, others when it may move."""
    course = campus.course_of[known.course]
    others = [] if known.fixed else [week for week in campus.open_weeks if week != known.start]
    return [week for week in (known.start, *others) if campus.taught(course, week)]


def rooms_of(campus: Campus, known: Published, weeks: tuple[int, ...]) -> list[Room]:
    """List the rooms that a published session may have: its own where it stays."""
    course = campus.course_of[known.course]
    mine = known.room if weeks[0] == known.start else None
    return [
        room
        for room in campus.rooms
        if mine in {None, room.key} and holds(room, course, people=max(known.taken, 1), weeks=weeks)
    ]


def trainers_of(campus: Campus, known: Published, weeks: tuple[int, ...]) -> list[Trainer]:
    """List the trainers that a published session may have: its own where it stays."""
    course = campus.course_of[known.course]
    mine = known.trainer if weeks[0] == known.start else None
    return [each for each in campus.trainers if mine in {None, each.key} and teaches(each, course, weeks=weeks)]
