"""The campus as the planning reads it: weeks from a Monday, keys of rows, posts that still want a seat."""

from __future__ import annotations

import math
import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, select

from campus import db
from campus.models import (
    Account,
    Course,
    CourseEquipment,
    CourseOutcome,
    CourseSession,
    CourseState,
    CourseTeaching,
    PlannedSession,
    Room,
    Slot,
    TrainerSkill,
    Unavailability,
)
from campus.planning import values
from campus.queries.plan_announced import announced, in_place
from campus.queries.plan_demands import Horizon, demands
from campus.queries.slots import trainers
from campus.queries.teaching import closed_days

HOURS, HOURS_A_WEEK = 3.5, 35
SEATS = (6, 12)  # what a session takes when its course never had one
WEEK = timedelta(days=7)


def campus_from(
    first_day: date, weeks: int, stay: Iterable[PlannedSession] = (), *, movable: Collection[uuid.UUID] | None = ()
) -> values.Campus:
    """Read what a plan depends on: courses, rooms, trainers, posts that still want a seat, sessions that stay.

    `first_day` is a Monday. A half-day is 3.5 hours. What is not said of a course is usual: ten half-days in each week,
    the seats of its sessions so far, or six to twelve. A week without a working day is closed. What an announced
    session has of rooms and trainers is taken, and its free seats are offered; posts with a seat ask for none. The
    planned sessions that `stay` are fixed, with their people: their posts are not planned again. Announced sessions
    that are `movable` (None: all that can be) become part of the plan, each at its cost.
    """
    courses, fixed, horizon = _courses(), list(stay), Horizon(first_day, weeks)
    known, closed = {each.key for each in courses}, _closed_weeks(horizon)
    held = {each.course_session_id for each in fixed} - {None}
    there = in_place(horizon, courses, closed) if held or movable is None or movable else {}
    free = {key: each for key, each in there.items() if movable is None or key in movable or key in held}
    return values.Campus(
        weeks=weeks,
        courses=courses,
        rooms=_rooms(first_day, weeks, free),
        trainers=_trainers(first_day, weeks, free),
        demands=_without(demands(horizon, known), fixed),
        published=(
            *(_fixed(each, free) for each in fixed if str(each.course_id) in known),
            *(each for key, each in free.items() if key not in held),
        ),
        closed=closed,
        announced=announced(horizon, known, free),
    )


def _fixed(each: PlannedSession, free: Mapping[uuid.UUID, values.Published]) -> values.Published:
    before = free.get(each.course_session_id) if each.course_session_id else None
    where = (each.week, str(each.room_id), str(each.trainer_id), each.people + (before.taken if before else 0))
    return values.Published(str(each.id), str(each.course_id), *where)


def _without(demands: tuple[values.Demand, ...], fixed: list[PlannedSession]) -> tuple[values.Demand, ...]:
    """Take the posts that sit in fixed sessions off the demands."""
    seated = Counter[str]()
    for each in fixed:
        seated.update(each.posts)
    left = (replace(each, posts=each.posts - seated[each.key]) for each in demands)
    return tuple(each for each in left if each.posts > 0)


def _closed_weeks(horizon: Horizon) -> frozenset[int]:
    """Give the weeks without a working day: each is a public holiday or a closure of the campus."""
    days = closed_days(horizon.first_day, horizon.first_day + horizon.weeks * WEEK)
    mondays = ((week, horizon.first_day + week * WEEK) for week in range(horizon.weeks))
    return frozenset(
        week for week, monday in mondays if all(monday + timedelta(days=ahead) in days for ahead in range(5))
    )


def _courses() -> tuple[values.Course, ...]:
    seats, skills, things = _usual_seats(), _by_course(CourseOutcome.skill_id), _by_course(CourseEquipment.name)
    query = select(Course.id, Course.hours, CourseTeaching).where(Course.state == CourseState.PUBLISHED)
    rows = db.session.execute(query.outerjoin(CourseTeaching, CourseTeaching.course_id == Course.id))
    return tuple(
        _course(str(key), hours, teaching, seats=seats.get(key, SEATS), skills=skills[key], equipment=things[key])
        for key, hours, teaching in sorted(rows, key=lambda row: str(row.id))
    )


def _course(
    key: str,
    hours: int | None,
    teaching: CourseTeaching | None,
    *,
    seats: tuple[int, int],
    skills: Iterable[str],
    equipment: Iterable[str],
) -> values.Course:
    half_days = teaching.half_days if teaching else values.FULL_WEEK
    if teaching and teaching.seats_min and teaching.seats_max:
        seats = (teaching.seats_min, teaching.seats_max)
    return values.Course(
        key=key,
        weeks=max(math.ceil((hours or HOURS_A_WEEK) / (HOURS * half_days)), 1),
        seats_min=seats[0],
        seats_max=seats[1],
        every=teaching.every_weeks if teaching else 1,
        half_days=half_days,
        equipment=frozenset(map(str.casefold, equipment)),
        skills=frozenset(skills),
        cost=round(teaching.cost or 0) if teaching else 0,
    )


def _by_course(what: Any) -> dict[uuid.UUID, list[str]]:
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for course, thing in db.session.execute(select(what.class_.course_id, what)):
        found[course].append(str(thing))
    return found


def _usual_seats() -> dict[uuid.UUID, tuple[int, int]]:
    """Give the least minimum and the greatest maximum that the sessions of a course have had."""
    query = select(CourseSession.course_id, func.min(CourseSession.seats_min), func.max(CourseSession.seats_max))
    return {
        course: (least, most) for course, least, most in db.session.execute(query.group_by(CourseSession.course_id))
    }


def _rooms(first_day: date, weeks: int, free: Collection[uuid.UUID]) -> tuple[values.Room, ...]:
    away = _away(Horizon(first_day, weeks), "room_id", free)
    rooms = db.session.scalars(select(Room).where(Room.active).order_by(Room.name))
    return tuple(
        values.Room(
            str(each.id),
            each.capacity,
            frozenset(one.name.casefold() for one in each.equipment),
            frozenset(away[each.id]),
        )
        for each in rooms
    )


def _things(room: Room) -> frozenset[str]:
    return frozenset(each.name.casefold() for each in room.equipment)


def _trainers(first_day: date, weeks: int, free: Collection[uuid.UUID]) -> tuple[values.Trainer, ...]:
    away = _away(Horizon(first_day, weeks), "trainer_id", free)
    held: dict[uuid.UUID, list[tuple[str, int | None]]] = defaultdict(list)
    for each in db.session.scalars(select(TrainerSkill).order_by(TrainerSkill.skill_id)):
        # A habilitation counts for the weeks that it covers to their Friday.
        until = None if each.valid_until is None else (each.valid_until - first_day - timedelta(days=4)).days // 7
        held[each.account_id].append((str(each.skill_id), until))
    people: Iterable[Account] = db.session.scalars(trainers())
    return tuple(values.Trainer(str(each.id), tuple(held[each.id]), frozenset(away[each.id])) for each in people)


def _away(horizon: Horizon, of: str, free: Collection[uuid.UUID]) -> dict[uuid.UUID, set[int]]:
    """Give the weeks in which a room or a trainer cannot be had, or has a session that stays where it is."""
    first_day, weeks = horizon.first_day, horizon.weeks
    found: dict[uuid.UUID, set[int]] = defaultdict(set)
    column = getattr(Unavailability, of)
    query = select(column, Unavailability.starts_on, Unavailability.ends_on).where(column.is_not(None))
    for key, first, last in db.session.execute(query):
        found[key].update(range(max((first - first_day).days // 7, 0), min((last - first_day).days // 7 + 1, weeks)))
    column = getattr(Slot, of)
    end = first_day + weeks * WEEK
    taken = select(column, Slot.day).where(
        column.is_not(None), Slot.cancelled_at.is_(None), Slot.day >= first_day, Slot.day < end
    )
    taken = taken.where(Slot.course_session_id.not_in(free)) if free else taken
    for key, day in db.session.execute(taken):
        found[key].add((day - first_day).days // 7)
    return found


def places_to_plan() -> tuple[dict[str, Room], dict[str, Account]]:
    """Give the rooms and the trainers that a session may be moved to, by key."""
    rooms = db.session.scalars(select(Room).where(Room.active).order_by(Room.name))
    return {str(each.id): each for each in rooms}, {str(each.id): each for each in db.session.scalars(trainers())}
