"""Questions about how the campus teaches: the rhythm and equipment of a course, the days on which all is closed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from campus import db
from campus.models import CampusClosure, Course, CourseEquipment, CourseTeaching, RoomEquipment, Slot
from campus.opening_hours import is_holiday
from campus.queries.slots import slot_query


def teaching_of(course: Course) -> CourseTeaching | None:
    """Find what was said of a course's rhythm, seats and cost."""
    return db.session.get(CourseTeaching, course.id)


def equipment_of(course: Course) -> list[CourseEquipment]:
    """List what must stand in the room of a course."""
    query = select(CourseEquipment).where(CourseEquipment.course_id == course.id)
    return list(db.session.scalars(query.order_by(CourseEquipment.name)))


def known_equipment() -> list[str]:
    """List what stands in the rooms, by name."""
    return list(db.session.scalars(select(RoomEquipment.name).distinct().order_by(RoomEquipment.name)))


def closures(on: date) -> Sequence[CampusClosure]:
    """List the closures of today and later, the first one on top."""
    query = select(CampusClosure).where(CampusClosure.ends_on >= on)
    return db.session.scalars(query.order_by(CampusClosure.starts_on, CampusClosure.id)).all()


def closure_by_id(closure_id: uuid.UUID) -> CampusClosure | None:
    """Find a closure."""
    return db.session.get(CampusClosure, closure_id)


def closed_days(first: date, last: date) -> set[date]:
    """Give the days between two, both included, on which nothing is taught: public holidays and closures."""
    query = select(CampusClosure).where(CampusClosure.starts_on <= last, CampusClosure.ends_on >= first)
    spans = [(each.starts_on, each.ends_on) for each in db.session.scalars(query)]
    days = (first + timedelta(days=ahead) for ahead in range((last - first).days + 1))
    return {day for day in days if is_holiday(day) or any(start <= day <= end for start, end in spans)}


def slots_within(first: date, last: date) -> Sequence[Slot]:
    """List the half-days planned between two days, both included."""
    return db.session.scalars(slot_query().where(Slot.day >= first, Slot.day <= last)).all()
