"""What the staff do with rooms: add, change, put out of use; and the days on which a room or a trainer is away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy.exc import IntegrityError

from campus import db
from campus.errors import Refused
from campus.models import Account, Role, Room, RoomEquipment, Unavailability
from campus.queries.rooms import slots_between
from campus.queries.slots import Clash
from campus.services import audit
from campus.services.slots import SlotsClash


class RoomNameIsTaken(Refused):
    """Another room has this name."""


@dataclass(frozen=True)
class RoomDetails:
    """All that one may say of a room."""

    name: str
    capacity: int
    place: str = ""
    commune_code: str | None = None
    active: bool = True
    equipment: tuple[str, ...] = ()


@dataclass(frozen=True)
class Away:
    """Days on which somebody or something cannot be had, both ends included."""

    starts_on: date
    ends_on: date
    reason: str = ""


def add_room(actor: Account, details: RoomDetails) -> Room:
    """Add a room."""
    room = Room(name=details.name, capacity=details.capacity)
    return _fill(actor, room, details, action="room_added")


def change_room(actor: Account, room: Room, details: RoomDetails) -> Room:
    """Change a room; half-days already planned in it stay."""
    return _fill(actor, room, details, action="room_changed")


def _fill(actor: Account, room: Room, details: RoomDetails, *, action: str) -> Room:
    try:
        with db.session.begin_nested():
            room.name, room.capacity, room.active = details.name, details.capacity, details.active
            room.place, room.commune_code = details.place, details.commune_code
            there = {each.name: each for each in room.equipment}
            room.equipment = [there.get(name) or RoomEquipment(name=name) for name in dict.fromkeys(details.equipment)]
            db.session.add(room)
            db.session.flush()
    except IntegrityError as taken:
        raise RoomNameIsTaken from taken
    audit.record(actor, action, room, capacity=details.capacity, active=details.active)
    return room


def set_away(actor: Account, who: Room | Account, away: Away) -> Unavailability:
    """Write down days on which a room or a trainer cannot be had; refused while half-days are planned on them."""
    planned = slots_between(who, away.starts_on, away.ends_on)
    if planned:
        name = who.name if isinstance(who, Room) else who.display_name
        raise SlotsClash(
            [Clash(each.day, each.half, name, course=each.course_session.course.title) for each in planned]
        )
    made = Unavailability(starts_on=away.starts_on, ends_on=away.ends_on, reason=away.reason)
    if isinstance(who, Room):
        made.room = who
    elif who.role is Role.TRAINER:
        made.trainer = who
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "away_set", who, first=away.starts_on, last=away.ends_on)
    return made


def end_away(actor: Account, away: Unavailability) -> None:
    """Take an unavailability back: the days can be planned again."""
    audit.record(actor, "away_ended", away.room or away.trainer, first=away.starts_on, last=away.ends_on)
    db.session.delete(away)
    db.session.flush()
