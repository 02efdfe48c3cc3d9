"""Questions about rooms, and about what is planned in them or by a trainer."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campus import db
from campus.models import Account, Room, Slot, Unavailability
from campus.queries.slots import slot_query


def rooms() -> Sequence[Room]:
    """List the rooms, those in use first, by name."""
    query = select(Room).options(joinedload(Room.commune)).order_by(Room.active.desc(), Room.name)
    return db.session.scalars(query).all()


def rooms_in_use() -> Sequence[Room]:
    """List the rooms in which half-days may be planned, by name."""
    return db.session.scalars(select(Room).where(Room.active).order_by(Room.name)).all()


def room_by_id(room_id: uuid.UUID) -> Room | None:
    """Find a room."""
    return db.session.scalar(select(Room).options(joinedload(Room.commune)).where(Room.id == room_id))


def _of(who: Room | Account) -> tuple[object, object]:
    is_room = isinstance(who, Room)
    return (Slot.room_id if is_room else Slot.trainer_id) == who.id, (
        Unavailability.room_id if is_room else Unavailability.trainer_id
    ) == who.id


def slots_between(who: Room | Account, first: date, last: date) -> Sequence[Slot]:
    """List the half-days planned in a room, or with a trainer, between two days."""
    of_it, _away = _of(who)
    return db.session.scalars(slot_query().where(of_it, Slot.day >= first, Slot.day <= last)).all()  # type: ignore[arg-type]


def next_slots(who: Room | Account, on: date, most: int = 20) -> Sequence[Slot]:
    """List the next half-days in a room, or with a trainer."""
    of_it, _away = _of(who)
    return db.session.scalars(slot_query().where(of_it, Slot.day >= on).limit(most)).all()  # type: ignore[arg-type]


def aways_of(who: Room | Account, on: date) -> Sequence[Unavailability]:
    """List the days on which a room or a trainer cannot be had, today's and later ones."""
    _slots, of_it = _of(who)
    query = select(Unavailability).where(of_it, Unavailability.ends_on >= on)  # type: ignore[arg-type]
    return db.session.scalars(query.order_by(Unavailability.starts_on, Unavailability.id)).all()


def away_by_id(away_id: uuid.UUID) -> Unavailability | None:
    """Find one unavailability, with whom it is about."""
    return db.session.scalar(
        select(Unavailability)
        .options(joinedload(Unavailability.room), joinedload(Unavailability.trainer))
        .where(Unavailability.id == away_id)
    )
