"""Attendance: one mark for each person and half-day, with how it was signed."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.models.base import Base, Personal, RandomKey
from campus.models.enrolments import Enrolment
from campus.models.slots import Slot

KEPT = "5 years, as the proof that the training took place"


class AttendanceState(enum.StrEnum):
    """Whether the person was there."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    EXCUSED = "excused"


class AttendanceMode(enum.StrEnum):
    """How it was signed: by the trainer on a phone, by the trainee with the code of the room, on paper."""

    PHONE = "phone"
    QR = "qr"
    PAPER = "paper"


THERE = frozenset({AttendanceState.PRESENT, AttendanceState.LATE})


class Attendance(RandomKey, Base):
    """Whether a person was there on a half-day, for how long; `settled_at` once its consequences were drawn."""

    __tablename__ = "attendances"
    __table_args__ = (
        UniqueConstraint("enrolment_id", "slot_id"),
        CheckConstraint("minutes BETWEEN 0 AND 720", name="minutes"),
        CheckConstraint("(state IN ('present', 'late')) = (minutes > 0)", name="there"),
        Index(
            "ix_attendances_unsettled",
            "signed_at",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )
    __personal__ = {
        "enrolment_id": Personal("prove that the training took place", KEPT),
        "state": Personal("prove that the training took place", KEPT),
        "minutes": Personal("count the hours attended", KEPT),
        "signed_at": Personal("prove that the training took place", KEPT),
    }

    enrolment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("enrolments.id"))
    slot_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("slots.id"), index=True)
    state: Mapped[AttendanceState]
    minutes: Mapped[int]
    mode: Mapped[AttendanceMode]
    signed_at: Mapped[datetime] = mapped_column(default=clock.now)
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    batch_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    settled_at: Mapped[datetime | None]

    enrolment: Mapped[Enrolment] = relationship()
    slot: Mapped[Slot] = relationship()
