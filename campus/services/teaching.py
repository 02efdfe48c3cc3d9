"""What the staff say of how the campus teaches: a course's rhythm, seats, cost and equipment; days of closure."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal

from campus import db
from campus.errors import Refused
from campus.models import Account, CampusClosure, Course, CourseEquipment, CourseTeaching
from campus.queries.slots import Clash
from campus.queries.teaching import equipment_of, slots_within, teaching_of
from campus.services import audit
from campus.services.rooms import Away
from campus.services.slots import SlotsClash


class SeatsDoNotFit(Refused):
    """The least seats and the most go together, the least first."""


@dataclass(frozen=True)
class Teaching:
    """What the plan asks of a course: half-days a week, one week in how many, seats, cost; and its room's equipment."""

    half_days: int = 10
    every_weeks: int = 1
    seats_min: int | None = None
    seats_max: int | None = None
    cost: Decimal | None = None
    equipment: tuple[str, ...] = ()


def describe_teaching(actor: Account, course: Course, said: Teaching) -> CourseTeaching:
    """Say how a course is taught; the next plan takes it into account."""
    if (said.seats_min is None) != (said.seats_max is None) or (said.seats_min or 0) > (said.seats_max or 0):
        raise SeatsDoNotFit
    row = teaching_of(course) or CourseTeaching(course_id=course.id)
    for name in ("half_days", "every_weeks", "seats_min", "seats_max", "cost"):
        setattr(row, name, getattr(said, name))
    db.session.add(row)
    there = {each.name: each for each in equipment_of(course)}
    for name in there.keys() - set(said.equipment):
        db.session.delete(there[name])
    for name in dict.fromkeys(said.equipment):
        if name not in there:
            db.session.add(CourseEquipment(course_id=course.id, name=name))
    db.session.flush()
    audit.record(actor, "teaching_described", course, **asdict(said))
    return row


def close_campus(actor: Account, days: Away) -> CampusClosure:
    """Close the campus on some days; refused while half-days are planned on them."""
    planned = slots_within(days.starts_on, days.ends_on)
    if planned:
        rooms = [each.room.name if each.room else "" for each in planned]
        titles = [each.course_session.course.title for each in planned]
        clashes = zip(planned, rooms, titles, strict=True)
        raise SlotsClash([Clash(each.day, each.half, room, course=title) for each, room, title in clashes])
    made = CampusClosure(starts_on=days.starts_on, ends_on=days.ends_on, reason=days.reason)
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "campus_closed", made, first=days.starts_on, last=days.ends_on)
    return made


def reopen_campus(actor: Account, closure: CampusClosure) -> None:
    """Take a closure back: the days can be planned again."""
    audit.record(actor, "campus_reopened", closure, first=closure.starts_on, last=closure.ends_on)
    db.session.delete(closure)
    db.session.flush()
