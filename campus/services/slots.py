"""Half-days of a session: planned from its dates, moved, freed. A room or a trainer that cannot be had is named."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from sqlalchemy.exc import IntegrityError

from campus import clock, db
from campus.errors import Refused
from campus.models import HOURS, Account, CourseSession, Half, Role, Room, Slot
from campus.opening_hours import is_holiday
from campus.queries.attendance import marks_of
from campus.queries.course_sessions import OVER
from campus.queries.slots import (
    Clash,
    HalfDay,
    clashes_of_room,
    clashes_of_trainer,
    free_rooms,
    free_trainers,
    slots_of,
)
from campus.queries.teaching import closed_days
from campus.services import audit, session_changes

WORKING_DAYS = frozenset(range(5))
LONGEST = timedelta(days=400)


class SlotsClash(Refused):
    """A room or a trainer cannot be had; `clashes` say when and why, `rooms` and `trainers` who can instead."""

    def __init__(self, clashes: Sequence[Clash], rooms: Sequence[Room] = (), trainers: Sequence[Account] = ()) -> None:
        super().__init__()
        self.clashes, self.rooms, self.trainers = clashes, rooms, trainers


class RoomIsTooSmall(Refused):
    """The room holds fewer people (`capacity`) than the session has seats (`seats`)."""


class NothingToPlan(Refused):
    """No half-day is left to plan between these days."""


class SlotsAreOver(Refused):
    """The session is over, or has no dates: its half-days do not change."""


class HalfDayIsSigned(Refused):
    """Somebody signed on this half-day: it stays as the proof that it took place."""


@dataclass(frozen=True)
class SlotPlan:
    """Which half-days to plan between two days, where, and with whom; those chosen one by one stand for the others."""

    first: date
    last: date
    halves: frozenset[Half] = frozenset(Half)
    weekdays: frozenset[int] = WORKING_DAYS
    room: Room | None = None
    trainer: Account | None = None
    chosen: tuple[HalfDay, ...] = ()

    def half_days(self) -> list[HalfDay]:
        """List the half-days, without public holidays."""
        if self.chosen:
            return [(day, half) for day, half in self.chosen if not is_holiday(day)]
        days = [self.first + timedelta(days=ahead) for ahead in range((self.last - self.first).days + 1)]
        kept = [day for day in days if day.weekday() in self.weekdays and not is_holiday(day)]
        return [(day, half) for day in kept for half in Half if half in self.halves]


@dataclass(frozen=True)
class SlotDetails:
    """All that one may say of a half-day."""

    day: date
    half: Half
    begins: time
    ends: time
    room: Room | None = None
    trainer: Account | None = None


def plan_slots(actor: Account, course_session: CourseSession, plan: SlotPlan) -> list[Slot]:
    """Add the half-days of a plan that the session does not have yet."""
    _check_session(course_session)
    there = {(each.day, each.half) for each in slots_of(course_session)}
    closed = closed_days(plan.first, plan.last) if plan.last - plan.first <= LONGEST else None
    half_days = () if closed is None else plan.half_days()
    wanted = [each for each in half_days if each not in there and each[0] not in (closed or ())]
    if not wanted:
        raise NothingToPlan
    _check_had(course_session, wanted, room=plan.room, trainer=plan.trainer)
    if there:
        session_changes.watch(course_session)
    made = [_slot(course_session, day, half, plan=plan) for day, half in wanted]
    _write(made, wanted, course_session)
    audit.record(actor, "slots_planned", course_session, count=len(made), first=wanted[0][0], last=wanted[-1][0])
    return made


def _slot(course_session: CourseSession, day: date, half: Half, *, plan: SlotPlan) -> Slot:
    begins, ends = HOURS[half]
    return Slot(
        course_session=course_session,
        day=day,
        half=half,
        begins=begins,
        ends=ends,
        room=plan.room,
        trainer=plan.trainer,
    )


def move_slot(actor: Account, slot: Slot, details: SlotDetails) -> Slot:
    """Change the time, the room or the trainer of a half-day."""
    _check_session(slot.course_session)
    wanted = [(details.day, details.half)]
    _check_had(slot.course_session, wanted, room=details.room, trainer=details.trainer, but=[slot.id])
    session_changes.watch(slot.course_session)
    before = _said(slot)
    slot.day, slot.half, slot.begins, slot.ends = details.day, details.half, details.begins, details.ends
    slot.room, slot.trainer = details.room, details.trainer
    _write([slot], wanted, slot.course_session)
    changes = {name: [was, now] for (name, was), now in zip(before.items(), _said(slot).values(), strict=True)}
    audit.record(
        actor, "slot_moved", slot.course_session, **{name: two for name, two in changes.items() if two[0] != two[1]}
    )
    return slot


def assign(
    actor: Account, course_session: CourseSession, *, room: Room | None = None, trainer: Account | None = None
) -> int:
    """Give a room or a trainer to all half-days to come that have none; count them."""
    _check_session(course_session)
    coming = [each for each in slots_of(course_session) if each.day >= clock.today()]
    rows = [each for each in coming if (room and each.room_id is None) or (trainer and each.trainer_id is None)]
    wanted = [(each.day, each.half) for each in rows]
    if not wanted:
        raise NothingToPlan
    _check_had(course_session, wanted, room=room, trainer=trainer)
    session_changes.watch(course_session)
    for each in rows:
        each.room, each.trainer = each.room or room, each.trainer or trainer
    _write(rows, wanted, course_session)
    audit.record(actor, "slots_assigned", course_session, count=len(rows))
    return len(rows)


def cancel_slot(actor: Account, slot: Slot) -> None:
    """Give up one half-day, unless somebody signed on it."""
    if marks_of(slot):
        raise HalfDayIsSigned
    session_changes.watch(slot.course_session)
    cancel_slots(actor, slot.course_session, [slot])


def cancel_slots(actor: Account, course_session: CourseSession, slots: Collection[Slot]) -> int:
    """Give up half-days: their rooms and trainers are free at once."""
    for each in slots:
        each.cancelled_at = clock.now()
    db.session.flush()
    if slots:
        audit.record(actor, "slots_cancelled", course_session, count=len(slots))
    return len(slots)


def _said(slot: Slot) -> dict[str, object]:
    names = ("day", "half", "begins", "ends", "room_id", "trainer_id")
    return {name: getattr(slot, name) for name in names}


def _check_session(course_session: CourseSession) -> None:
    if course_session.state in OVER or course_session.starts_on is None:
        raise SlotsAreOver


def _check_had(
    course_session: CourseSession,
    wanted: Collection[HalfDay],
    *,
    room: Room | None,
    trainer: Account | None,
    but: Collection[uuid.UUID] = (),
) -> None:
    """Refuse a room or a trainer that cannot be had, naming when, why, and what can be had instead."""
    if room is not None and room.capacity < course_session.seats_max:
        raise RoomIsTooSmall(capacity=room.capacity, seats=course_session.seats_max)
    if trainer is not None and trainer.role is not Role.TRAINER:
        raise SlotsAreOver
    clashes = [*(clashes_of_room(room, wanted, but) if room else ())]
    clashes += clashes_of_trainer(trainer, wanted, but) if trainer else ()
    if clashes:
        raise SlotsClash(clashes, free_rooms(wanted, course_session.seats_max), free_trainers(wanted))


def _write(rows: Sequence[Slot], wanted: Sequence[HalfDay], course_session: CourseSession) -> None:
    """Write half-days; whoever took the room or the trainer a moment ago is found by the database."""
    kept = [(each.room, each.trainer) for each in rows]
    try:
        with db.session.begin_nested():
            db.session.add_all(rows)
            db.session.flush()
    except IntegrityError as broken:
        names = {each.name for each, _trainer in kept if each} | {each.display_name for _room, each in kept if each}
        clash = Clash(wanted[0][0], wanted[0][1], ", ".join(sorted(names)))
        raise SlotsClash([clash], free_rooms(wanted, course_session.seats_max), free_trainers(wanted)) from broken
