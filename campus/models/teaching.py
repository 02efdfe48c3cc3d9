"""How the campus teaches: the rhythm, seats, cost and equipment of a course, and the days on which all is closed."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campus.models.base import NOTHING_PERSONAL, Base, RandomKey, Timestamps


class CourseTeaching(Timestamps, Base):
    """What the plan asks of a course: half-days a week, one week in how many, seats, cost. What is None is usual."""

    __tablename__ = "course_teachings"
    __table_args__ = (
        CheckConstraint("half_days BETWEEN 1 AND 10", name="half_days"),
        CheckConstraint("every_weeks BETWEEN 1 AND 4", name="every_weeks"),
        CheckConstraint("(seats_min IS NULL) = (seats_max IS NULL)", name="both_seats"),
        CheckConstraint("seats_min IS NULL OR seats_min >= 1 AND seats_max >= seats_min", name="seats"),
        CheckConstraint("cost IS NULL OR cost >= 0", name="cost"),
    )
    __personal__ = NOTHING_PERSONAL

    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    half_days: Mapped[int] = mapped_column(default=10)
    every_weeks: Mapped[int] = mapped_column(default=1)
    seats_min: Mapped[int | None]
    seats_max: Mapped[int | None]
    cost: Mapped[Decimal | None] = mapped_column(Numeric(10, 2))


class CourseEquipment(RandomKey, Base):
    """One thing that must stand in the room of a course, named as in the rooms."""

    __tablename__ = "course_equipment"
    __table_args__ = (UniqueConstraint("course_id", "name"), CheckConstraint("name <> ''", name="name"))
    __personal__ = NOTHING_PERSONAL

    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id"))
    name: Mapped[str] = mapped_column(String(120))


class CampusClosure(RandomKey, Timestamps, Base):
    """Days on which the whole campus is closed, both ends included, and why; public holidays go without saying."""

    __tablename__ = "campus_closures"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="dates"),)
    __personal__ = NOTHING_PERSONAL

    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200), default="")
