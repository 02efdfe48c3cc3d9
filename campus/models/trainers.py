"""Trainers: accounts of that role, what they may teach and until when; and when they, or rooms, cannot be had."""

from __future__ import annotations

import uuid
from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey, Timestamps
from campus.models.rooms import Room
from campus.models.skills import Skill

IN_OFFICE = "as long as the person teaches here, then 24 months"


class TrainerSkill(RandomKey, Timestamps, Base):
    """A skill that a trainer may teach; an empty date says that the habilitation does not end."""

    __tablename__ = "trainer_skills"
    __table_args__ = (UniqueConstraint("account_id", "skill_id"),)
    __personal__ = {
        "account_id": Personal("know who may teach what", IN_OFFICE),
        "valid_until": Personal("know until when the habilitation holds", IN_OFFICE),
    }

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), index=True)
    valid_until: Mapped[date | None]

    account: Mapped[Account] = relationship()
    skill: Mapped[Skill] = relationship()


class Unavailability(RandomKey, Timestamps, Base):
    """Days on which a room or a trainer cannot be had, both ends included, and why."""

    __tablename__ = "unavailabilities"
    __table_args__ = (
        CheckConstraint("ends_on >= starts_on", name="dates"),
        CheckConstraint("(room_id IS NULL) <> (trainer_id IS NULL)", name="of_one"),
    )
    __personal__ = {
        "trainer_id": Personal("plan nobody who cannot come", "12 months"),
        "reason": Personal("plan nobody who cannot come", "12 months"),
    }

    room_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("rooms.id"), index=True)
    trainer_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200), default="")

    room: Mapped[Room | None] = relationship()
    trainer: Mapped[Account | None] = relationship()
