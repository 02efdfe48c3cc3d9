"""Rooms: where half-days take place, how many people they hold, what stands in them."""

from __future__ import annotations

import uuid

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus.models.base import NOTHING_PERSONAL, Base, RandomKey, Timestamps
from campus.models.territory import Commune


class RoomEquipment(RandomKey, Base):
    """One thing that stands in a room."""

    __tablename__ = "room_equipment"
    __table_args__ = (UniqueConstraint("room_id", "name"), CheckConstraint("name <> ''", name="name"))
    __personal__ = NOTHING_PERSONAL

    room_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("rooms.id"))
    name: Mapped[str] = mapped_column(String(120))


class Room(RandomKey, Timestamps, Base):
    """A classroom or a workshop."""

    __tablename__ = "rooms"
    __table_args__ = (CheckConstraint("capacity >= 1", name="capacity"), CheckConstraint("name <> ''", name="name"))
    __personal__ = NOTHING_PERSONAL

    name: Mapped[str] = mapped_column(String(120), unique=True)
    capacity: Mapped[int]
    place: Mapped[str] = mapped_column(String(200), default="")
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"), index=True)
    active: Mapped[bool] = mapped_column(default=True)

    commune: Mapped[Commune | None] = relationship()
    equipment: Mapped[list[RoomEquipment]] = relationship(
        cascade="all, delete-orphan", order_by=RoomEquipment.name, lazy="selectin"
    )
