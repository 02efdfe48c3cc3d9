"""Frozen reports: the figures as they stood at the end of a day. Rows are only ever added."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey


class FrozenReport(RandomKey, Base):
    """All figures at the end of a day, by the rules of their time; the database refuses to change or delete it."""

    __tablename__ = "frozen_reports"
    __table_args__ = (UniqueConstraint("day", "rules"),)
    __personal__ = {"author_id": Personal("know who vouches for the figures", "as long as the report")}

    day: Mapped[date]
    rules: Mapped[str] = mapped_column(String(16))
    figures: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    frozen_at: Mapped[datetime] = mapped_column(default=clock.now)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))

    author: Mapped[Account] = relationship()
