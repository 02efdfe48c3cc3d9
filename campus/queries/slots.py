"""Questions about half-days: those of a session, those of a trainer, and what stands in their way."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload

from campus import db
from campus.models import Account, Course, CourseOutcome, CourseSession, Half, Role, Room, Slot, TrainerSkill
from campus.models.trainers import Unavailability

HalfDay = tuple[date, Half]


@dataclass(frozen=True, slots=True)
class Clash:
    """Why a room or a trainer cannot be had on a half-day: taken by a course, or away with a reason."""

    day: date
    half: Half | None
    name: str
    course: str = ""
    reason: str = ""


def slot_query() -> Select[tuple[Slot]]:
    """Select live slots with all that a page says of them, in the order of time."""
    return (
        select(Slot)
        .join(Slot.course_session)
        .join(CourseSession.course)
        .outerjoin(Slot.room)
        .outerjoin(Slot.trainer)
        .options(
            contains_eager(Slot.course_session).contains_eager(CourseSession.course).load_only(Course.title),
            contains_eager(Slot.room),
            contains_eager(Slot.trainer),
        )
        .where(Slot.cancelled_at.is_(None))
        .order_by(Slot.day, Slot.begins, Slot.id)
    )


def slots_of(course_session: CourseSession) -> Sequence[Slot]:
    """List the half-days of a session in the order of time."""
    return db.session.scalars(slot_query().where(Slot.course_session_id == course_session.id)).all()


def slot_by_id(slot_id: uuid.UUID) -> Slot | None:
    """Find a half-day for the staff."""
    return db.session.scalar(slot_query().where(Slot.id == slot_id))


def slot_of_trainer(trainer: Account, slot_id: uuid.UUID) -> Slot | None:
    """Find one of a trainer's own half-days."""
    return db.session.scalar(slot_query().where(Slot.id == slot_id, Slot.trainer_id == trainer.id))


def slots_of_trainer(trainer: Account, first: date, last: date) -> Sequence[Slot]:
    """List a trainer's half-days between two days, both included."""
    mine = slot_query().where(Slot.trainer_id == trainer.id, Slot.day >= first, Slot.day <= last)
    return db.session.scalars(mine).all()


def clashes_of_room(room: Room, wanted: Collection[HalfDay], but: Collection[uuid.UUID] = ()) -> list[Clash]:
    """Say why a room cannot be had on these half-days; `but` are slots that do not count."""
    taken = _taken(wanted, but).where(Slot.room_id == room.id)
    return _clashes(room.name, taken, Unavailability.room_id == room.id, wanted=wanted)


def clashes_of_trainer(trainer: Account, wanted: Collection[HalfDay], but: Collection[uuid.UUID] = ()) -> list[Clash]:
    """Say why a trainer cannot be had on these half-days."""
    taken = _taken(wanted, but).where(Slot.trainer_id == trainer.id)
    return _clashes(trainer.display_name, taken, Unavailability.trainer_id == trainer.id, wanted=wanted)


def _taken(wanted: Collection[HalfDay], but: Collection[uuid.UUID]) -> Select[tuple[Slot]]:
    return slot_query().where(tuple_(Slot.day, Slot.half).in_(list(wanted)), Slot.id.not_in(list(but)))


def _clashes(
    name: str, taken: Select[tuple[Slot]], of_it: ColumnElement[bool], *, wanted: Collection[HalfDay]
) -> list[Clash]:
    busy = [
        Clash(each.day, each.half, name, course=each.course_session.course.title) for each in db.session.scalars(taken)
    ]
    absences = db.session.scalars(select(Unavailability).where(of_it).order_by(Unavailability.starts_on)).all()
    gone = [
        Clash(day, None, name, reason=each.reason)
        for day in sorted({day for day, _half in wanted})
        for each in absences
        if each.starts_on <= day <= each.ends_on
    ]
    return sorted([*busy, *gone], key=lambda each: (each.day, each.half or ""))


def free_rooms(wanted: Collection[HalfDay], seats: int) -> Sequence[Room]:
    """List the rooms that can be had on all these half-days and hold so many people, the smallest first."""
    days = [day for day, _half in wanted]
    busy = select(Slot.room_id).where(
        Slot.cancelled_at.is_(None), Slot.room_id.is_not(None), tuple_(Slot.day, Slot.half).in_(list(wanted))
    )
    away = select(Unavailability.room_id).where(Unavailability.room_id.is_not(None), _covers_one_of(days))
    return db.session.scalars(
        select(Room)
        .where(Room.active, Room.capacity >= seats, Room.id.not_in(busy), Room.id.not_in(away))
        .order_by(Room.capacity, Room.name)
    ).all()


def free_trainers(wanted: Collection[HalfDay]) -> Sequence[Account]:
    """List the trainers who can be had on all these half-days, by name."""
    days = [day for day, _half in wanted]
    busy = select(Slot.trainer_id).where(
        Slot.cancelled_at.is_(None), Slot.trainer_id.is_not(None), tuple_(Slot.day, Slot.half).in_(list(wanted))
    )
    away = select(Unavailability.trainer_id).where(Unavailability.trainer_id.is_not(None), _covers_one_of(days))
    return db.session.scalars(trainers().where(Account.id.not_in(busy), Account.id.not_in(away))).all()


def _covers_one_of(days: Collection[date]) -> ColumnElement[bool]:
    first, last = min(days), max(days)
    return (Unavailability.starts_on <= last) & (Unavailability.ends_on >= first)


def trainers() -> Select[tuple[Account]]:
    """Select the trainers whose account is open, by name."""
    return (
        select(Account)
        .where(Account.role == Role.TRAINER, Account.disabled_at.is_(None))
        .order_by(Account.display_name, Account.id)
    )


def skills_not_held(trainer: Account, course_session: CourseSession, on: date) -> list[str]:
    """Name the skills of the course that a trainer's habilitations do not cover on a day."""
    held = select(TrainerSkill.skill_id).where(
        TrainerSkill.account_id == trainer.id,
        TrainerSkill.valid_until.is_(None) | (TrainerSkill.valid_until >= on),
    )
    missing = (
        select(CourseOutcome)
        .options(joinedload(CourseOutcome.skill))
        .where(CourseOutcome.course_id == course_session.course_id, CourseOutcome.skill_id.not_in(held))
        .order_by(CourseOutcome.position)
    )
    return [each.skill.label for each in db.session.scalars(missing)]
