"""The campus as the planning reads it: weeks from a Monday, keys of rows, posts that still want a seat."""

from __future__ import annotations

import math
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import func, select

from campus import db
from campus.lifecycles.commitment import COMMITTED
from campus.models import (
    Account,
    Course,
    CourseOutcome,
    CourseSession,
    CourseState,
    Match,
    Need,
    NeedPost,
    NeedState,
    PlannedSession,
    PostState,
    Room,
    Slot,
    TrainerSkill,
    Unavailability,
)
from campus.opening_hours import is_holiday
from campus.planning import values
from campus.queries.commitments import posts_by_step
from campus.queries.slots import trainers

HOURS_A_WEEK = 35
SEATS = (6, 12)  # what a session takes when its course never had one
SIGNED, SAID = 3, 1
WEEK = timedelta(days=7)
WANTS_SEAT = (PostState.OPEN, PostState.PROPOSED, PostState.LOST)


def campus_from(first_day: date, weeks: int, stay: Iterable[PlannedSession] = ()) -> values.Campus:
    """Read what a plan depends on: courses, rooms, trainers, posts that still want a seat, sessions that stay.

    `first_day` is a Monday. Courses never taught take six to twelve people; a week is 35 hours; a week without a
    working day is closed. What an announced session has of rooms and trainers is taken; posts with a seat ask for none.
    The planned sessions that `stay` are fixed, with their people: their posts are not planned again.
    """
    courses, fixed = _courses(), list(stay)
    known = {each.key for each in courses}
    return values.Campus(
        weeks=weeks,
        courses=courses,
        rooms=_rooms(first_day, weeks),
        trainers=_trainers(first_day, weeks),
        demands=_without(_demands(first_day, weeks, known), fixed),
        published=tuple(_fixed(each) for each in fixed if str(each.course_id) in known),
        closed=frozenset(week for week in range(weeks) if _is_closed(first_day + week * WEEK)),
    )


def _fixed(each: PlannedSession) -> values.Published:
    where = (each.week, str(each.room_id), str(each.trainer_id), each.people)
    return values.Published(str(each.id), str(each.course_id), *where)


def _without(demands: tuple[values.Demand, ...], fixed: list[PlannedSession]) -> tuple[values.Demand, ...]:
    """Take the posts that sit in fixed sessions off the demands."""
    seated = Counter[str]()
    for each in fixed:
        seated.update(each.posts)
    left = (replace(each, posts=each.posts - seated[each.key]) for each in demands)
    return tuple(each for each in left if each.posts > 0)


def _is_closed(monday: date) -> bool:
    return all(is_holiday(monday + timedelta(days=ahead)) for ahead in range(5))


def _courses() -> tuple[values.Course, ...]:
    seats = _usual_seats()
    skills: dict[uuid.UUID, set[str]] = defaultdict(set)
    for course, skill in db.session.execute(select(CourseOutcome.course_id, CourseOutcome.skill_id)):
        skills[course].add(str(skill))
    rows = db.session.execute(select(Course.id, Course.hours).where(Course.state == CourseState.PUBLISHED))
    return tuple(
        values.Course(
            key=str(key),
            weeks=max(math.ceil((hours or HOURS_A_WEEK) / HOURS_A_WEEK), 1),
            seats_min=seats.get(key, SEATS)[0],
            seats_max=seats.get(key, SEATS)[1],
            skills=frozenset(skills[key]),
        )
        for key, hours in sorted(rows, key=lambda row: str(row.id))
    )


def _usual_seats() -> dict[uuid.UUID, tuple[int, int]]:
    """Give the least minimum and the greatest maximum that the sessions of a course have had."""
    query = select(CourseSession.course_id, func.min(CourseSession.seats_min), func.max(CourseSession.seats_max))
    return {
        course: (least, most) for course, least, most in db.session.execute(query.group_by(CourseSession.course_id))
    }


def _rooms(first_day: date, weeks: int) -> tuple[values.Room, ...]:
    away = _away(first_day, weeks, "room_id")
    rooms = db.session.scalars(select(Room).where(Room.active).order_by(Room.name))
    return tuple(
        values.Room(
            str(each.id), each.capacity, frozenset(one.name for one in each.equipment), frozenset(away[each.id])
        )
        for each in rooms
    )


def _trainers(first_day: date, weeks: int) -> tuple[values.Trainer, ...]:
    away = _away(first_day, weeks, "trainer_id")
    held: dict[uuid.UUID, list[tuple[str, int | None]]] = defaultdict(list)
    for each in db.session.scalars(select(TrainerSkill).order_by(TrainerSkill.skill_id)):
        # A habilitation counts for the weeks that it covers to their Friday.
        until = None if each.valid_until is None else (each.valid_until - first_day - timedelta(days=4)).days // 7
        held[each.account_id].append((str(each.skill_id), until))
    people: Iterable[Account] = db.session.scalars(trainers())
    return tuple(values.Trainer(str(each.id), tuple(held[each.id]), frozenset(away[each.id])) for each in people)


def _away(first_day: date, weeks: int, of: str) -> dict[uuid.UUID, set[int]]:
    """Give the weeks in which a room or a trainer cannot be had, or teaches a session that is already planned."""
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
    for key, day in db.session.execute(taken):
        found[key].add((day - first_day).days // 7)
    return found


def _demands(first_day: date, weeks: int, courses: set[str]) -> tuple[values.Demand, ...]:
    answers, signed = _answers(courses), posts_by_step()
    found: list[values.Demand] = []
    for need, posts in _waiting(first_day):
        if not answers[need.id]:
            continue
        last = weeks - 1 if need.latest is None else (need.latest - first_day - timedelta(days=4)).days // 7
        if last < 0:
            continue
        committed = (
            min(max((signed[need.id][step] for step in COMMITTED), default=0), posts) if need.id in signed else 0
        )
        for step, count in ((SIGNED, committed), (SAID, posts - committed)):
            if count:
                key = f"{need.id}/{step}"
                found.append(values.Demand(key, count, step, 0, min(last, weeks - 1), frozenset(answers[need.id])))
    return tuple(found)


def _waiting(first_day: date) -> list[tuple[Need, int]]:
    """List the published needs with the number of their posts that no seat stands behind."""
    rows = db.session.execute(
        select(Need, func.count(NeedPost.id))
        .join(NeedPost, NeedPost.need_id == Need.id)
        .where(
            Need.state == NeedState.PUBLISHED,
            NeedPost.state.in_(WANTS_SEAT),
            Need.latest.is_(None) | (Need.latest >= first_day),
        )
        .group_by(Need.id)
        .order_by(Need.id)
    )
    return [(need, count) for need, count in rows]


def _answers(courses: set[str]) -> dict[uuid.UUID, set[str]]:
    """Give, for each need, the courses that teach all its essential skills in full."""
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    query = select(Match.need_id, Match.course_id).where(Match.essential_missing == 0, Match.essential_partial == 0)
    for need, course in db.session.execute(query):
        if str(course) in courses:
            found[need].add(str(course))
    return found


def places_to_plan() -> tuple[dict[str, Room], dict[str, Account]]:
    """Give the rooms and the trainers that a session may be moved to, by key."""
    rooms = db.session.scalars(select(Room).where(Room.active).order_by(Room.name))
    return {str(each.id): each for each in rooms}, {str(each.id): each for each in db.session.scalars(trainers())}
