"""What the staff type for dossiers, beside what the ledger counts: targets of indicators, amounts of a year."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Numeric, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey, Timestamps

AUTHOR = Personal("know who vouches for the figure", "as long as the figure")


class IndicatorTarget(RandomKey, Timestamps, Base):
    """Where an indicator started, where it should be by when, who said so, and who answers for it."""

    __tablename__ = "indicator_targets"
    __table_args__ = (
        UniqueConstraint("figure"),
        CheckConstraint("baseline IS NULL OR baseline >= 0", name="baseline"),
        CheckConstraint("target IS NULL OR target >= 0", name="target"),
    )
    __personal__ = {"author_id": AUTHOR, "responsible": AUTHOR}

    figure: Mapped[str] = mapped_column(String(32))
    baseline: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    baseline_on: Mapped[date | None]
    target: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    target_on: Mapped[date | None]
    source: Mapped[str] = mapped_column(String(250), default="")
    responsible: Mapped[str] = mapped_column(String(120), default="")
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))

    author: Mapped[Account] = relationship()


class YearlyAmount(RandomKey, Timestamps, Base):
    """An amount of the pedagogical and financial report of a year, by the line of its frame, as accounting gives it."""

    __tablename__ = "yearly_amounts"
    __table_args__ = (
        UniqueConstraint("year", "line"),
        CheckConstraint("amount >= 0", name="amount"),
        CheckConstraint("year BETWEEN 2000 AND 2100", name="year"),
    )
    __personal__ = {"author_id": AUTHOR}

    year: Mapped[int]
    line: Mapped[str] = mapped_column(String(32))
    amount: Mapped[Decimal] = mapped_column(Numeric(14, 2))
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))

    author: Mapped[Account] = relationship()
