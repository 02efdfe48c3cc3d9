"""What dossiers ask of the database: what was typed for them, a year's learners and trainers, the map of courses."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func, select

from campus import clock, db
from campus.exchange.nsf import group_of
from campus.models import (
    Account,
    Attendance,
    CertificationKind,
    Course,
    CourseEquipment,
    CourseOccupation,
    CourseSession,
    CourseSessionState,
    CourseState,
    CourseTeaching,
    Enrolment,
    IndicatorTarget,
    Need,
    NeedState,
    Slot,
    YearlyAmount,
)
from campus.queries.demand_facts import PLANNED
from campus.queries.trainee_kinds import INFERRED, began_in, with_need
from campus.reports.bilan import Learner, Teacher, Year
from campus.reports.training import NOT_HELD

HELD = [each for each in CourseSessionState if each.value not in NOT_HELD]


def indicator_targets() -> dict[str, IndicatorTarget]:
    """Give what was typed of each indicator."""
    return {each.figure: each for each in db.session.scalars(select(IndicatorTarget))}


def amounts_of(year: int) -> dict[str, Decimal]:
    """Give the amounts typed for a year, by line."""
    rows = db.session.execute(select(YearlyAmount.line, YearlyAmount.amount).where(YearlyAmount.year == year))
    return dict(rows.all())


def years_taught() -> list[int]:
    """List the years in which sessions began or begin, the latest first."""
    found = db.session.execute(select(func.min(CourseSession.starts_on), func.max(CourseSession.starts_on))).one()
    return list(range(found[1].year, found[0].year - 1, -1)) if found[0] else []


def year_of(year: int) -> Year:
    """Tell a year as the pedagogical and financial report asks for it."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    held = min(last, clock.today())
    taught = (Slot.day.between(first, held), Slot.cancelled_at.is_(None))
    alone = db.session.scalar(select(func.count()).select_from(Slot).where(*taught, Slot.trainer_id.is_(None)))
    return Year(_learners(year), _teachers(first, held), alone or 0, amounts_of(year))


def _learners(year: int) -> tuple[Learner, ...]:
    signed = (
        select(Attendance.enrolment_id, func.sum(Attendance.minutes).label("minutes"))
        .group_by(Attendance.enrolment_id)
        .subquery()
    )
    columns = (Course.nsf_code, Course.hours, Course.certification_kind, Course.certification_level)
    rows = db.session.execute(
        with_need(select(Enrolment.state, Enrolment.trainee_kind, INFERRED, signed.c.minutes, *columns))
        .join(CourseSession, CourseSession.id == Enrolment.course_session_id)
        .join(Course, Course.id == CourseSession.course_id)
        .outerjoin(signed, signed.c.enrolment_id == Enrolment.id)
        .where(began_in(year))
    )
    return tuple(
        Learner(
            kind=row.trainee_kind or row.inferred or "unknown",
            objective=_objective(row.certification_kind, row.certification_level),
            speciality=group_of(row.nsf_code),
            state=row.state.value,
            minutes=row.minutes,
            programme=row.hours,
        )
        for row in rows
    )


def _objective(kind: CertificationKind, level: int | None) -> str:
    """Tell what a course aims at: only certifications of the RNCP are told by level."""
    return f"{kind.value}{level or ''}" if kind is CertificationKind.RNCP else kind.value


def _teachers(first: date, last: date) -> tuple[Teacher, ...]:
    minutes: dict[tuple[str, str], int] = defaultdict(int)
    slots = (
        select(Account.display_name, Account.id, Slot.begins, Slot.ends)
        .join(Account, Account.id == Slot.trainer_id)
        .where(Slot.day.between(first, last), Slot.cancelled_at.is_(None))
    )
    for name, key, begins, ends in db.session.execute(slots):
        start, end = (datetime.combine(first, each) for each in (begins, ends))
        minutes[name, str(key)] += int((end - start).total_seconds()) // 60
    return tuple(Teacher(name, total) for (name, _key), total in sorted(minutes.items()))


@dataclass(frozen=True)
class Proposal:
    """The course that the map names for a trade, what must stand in its room, what a session of it costs and seats.

    It is the one with the most seats planned, then the first by title; `others` counts the other courses of the trade.
    """

    title: str
    others: int
    equipment: tuple[str, ...]
    cost: Decimal | None
    seats: int | None


def needs_by_occupation() -> dict[int, int]:
    """Count the published needs of each trade."""
    counted = select(Need.occupation_id, func.count()).where(
        Need.state == NeedState.PUBLISHED, Need.occupation_id.is_not(None)
    )
    return {trade: count for trade, count in db.session.execute(counted.group_by(Need.occupation_id)) if trade}


def proposals() -> dict[int, Proposal]:
    """Give what the catalogue has for each trade."""
    courses: dict[int, list[uuid.UUID]] = defaultdict(list)
    titles: dict[uuid.UUID, str] = {}
    teaching: dict[uuid.UUID, tuple[Decimal | None, int | None]] = {}
    rows = (
        select(CourseOccupation.occupation_id, Course.id, Course.title, CourseTeaching.cost, CourseTeaching.seats_max)
        .join(Course, Course.id == CourseOccupation.course_id)
        .outerjoin(CourseTeaching, CourseTeaching.course_id == Course.id)
        .where(Course.state == CourseState.PUBLISHED)
        .order_by(Course.title, Course.id)
    )
    for trade, course, title, cost, seats in db.session.execute(rows):
        courses[trade].append(course)
        titles[course], teaching[course] = title, (cost, seats)
    planned, things = _seats_planned(), _equipment()
    found = {}
    for trade, keys in courses.items():
        named = max(keys, key=lambda key: planned.get(key, 0))  # of equals the first, by title
        cost, seats = teaching[named]
        equipment = tuple(sorted(things.get(named, ())))
        found[trade] = Proposal(titles[named], len(keys) - 1, equipment, cost, seats)
    return found


def _seats_planned() -> Mapping[uuid.UUID, int]:
    """Add up the seats of the sessions of each course that are planned or under way."""
    seats = select(CourseSession.course_id, func.sum(CourseSession.seats_max))
    rows = db.session.execute(seats.where(CourseSession.state.in_(PLANNED)).group_by(CourseSession.course_id))
    return dict(rows.all())


def _equipment() -> Mapping[uuid.UUID, Sequence[str]]:
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for course, name in db.session.execute(select(CourseEquipment.course_id, CourseEquipment.name)):
        found[course].append(name)
    return found


def cost_of_year(year: int, until: date) -> tuple[Decimal, int, int]:
    """Add up what the sessions begun in a year cost; count those whose cost is known, and all of them."""
    rows = db.session.execute(
        select(func.sum(CourseTeaching.cost), func.count(CourseTeaching.cost), func.count())
        .select_from(CourseSession)
        .outerjoin(CourseTeaching, CourseTeaching.course_id == CourseSession.course_id)
        .where(CourseSession.starts_on.between(date(year, 1, 1), min(until, date(year, 12, 31))))
        .where(CourseSession.state.in_(HELD))
    ).one()
    return Decimal(rows[0] or 0), rows[1], rows[2]
