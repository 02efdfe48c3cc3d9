"""External marks: what others publish about hiring, by employment area. Shown beside our figures, never added."""

from __future__ import annotations

import enum
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.models.base import NOTHING_PERSONAL, Base, NumberKey


class MarkKind(enum.StrEnum):
    """What a file counts: hiring projects of a year, or offers open on a day."""

    INTENTIONS = "intentions"
    OFFERS = "offers"


class MarkFile(NumberKey, Base):
    """A file of marks: whose it is and as of which day; a year's file is of its first day."""

    __tablename__ = "mark_files"
    __table_args__ = (UniqueConstraint("kind", "as_of"),)
    __personal__ = NOTHING_PERSONAL

    kind: Mapped[MarkKind]
    as_of: Mapped[date]
    source: Mapped[str] = mapped_column(String(120))
    publisher: Mapped[str] = mapped_column(String(120))
    name: Mapped[str] = mapped_column(String(120))
    digest: Mapped[str] = mapped_column(String(64))
    imported_at: Mapped[datetime] = mapped_column(default=clock.now)


class Mark(NumberKey, Base):
    """A line: a trade in an area. Empty figures are those that the publisher hides or does not know.

    `trade_code` is ROME's for offers (the code of a family), the publisher's own for intentions.
    """

    __tablename__ = "marks"
    __table_args__ = (
        UniqueConstraint("file_id", "area_code", "department", "trade_code"),
        CheckConstraint("amount IS NULL OR amount >= 0", name="amount"),
    )
    __personal__ = NOTHING_PERSONAL

    file_id: Mapped[int] = mapped_column(ForeignKey("mark_files.id"))
    area_code: Mapped[str] = mapped_column(String(8), index=True)
    area_name: Mapped[str] = mapped_column(String(80))
    department: Mapped[str] = mapped_column(String(3), default="")
    trade_code: Mapped[str] = mapped_column(String(8), index=True)
    trade_label: Mapped[str] = mapped_column(String(250))
    amount: Mapped[int | None]
    hard: Mapped[int | None]
    seasonal: Mapped[int | None]
    tension: Mapped[int | None]

    file: Mapped[MarkFile] = relationship()
