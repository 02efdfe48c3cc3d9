"""Changes: which courses and needs were written, so that every process keeps what it holds in memory true."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime

from sqlalchemy import BigInteger, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from campus import clock
from campus.models.base import NOTHING_PERSONAL, Base


class ChangeKind(enum.StrEnum):
    """What was written: a course and its sessions, a need and its answer, what all lean on, what reports count."""

    COURSE = "course"
    NEED = "need"
    EVERYTHING = "everything"
    REPORTED = "reported"


class Change(Base):
    """One thing written. `transaction_number` is PostgreSQL's, 0 elsewhere; `author` tells one's own from others'."""

    __tablename__ = "changes"
    __table_args__ = (
        Index("ix_changes_transaction_number", "transaction_number"),
        # A number is never given twice, even once the rows that had the highest are gone.
        {"sqlite_autoincrement": True},
    )
    __personal__ = NOTHING_PERSONAL

    id: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True
    )
    kind: Mapped[ChangeKind]
    subject_id: Mapped[uuid.UUID | None]
    transaction_number: Mapped[int] = mapped_column(BigInteger)
    author: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
