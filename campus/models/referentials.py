"""Versions of the referentials, and the revision numbers by which caches know that they are stale."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from campus import clock
from campus.models.base import NOTHING_PERSONAL, Base, NumberKey


class ReferentialVersion(NumberKey, Base):
    """One import of one publisher's list."""

    __tablename__ = "referential_versions"
    __table_args__ = (UniqueConstraint("source", "version"),)
    __personal__ = NOTHING_PERSONAL

    source: Mapped[str] = mapped_column(String(16))
    version: Mapped[str] = mapped_column(String(16))
    digest: Mapped[str] = mapped_column(String(64), default="")
    imported_at: Mapped[datetime] = mapped_column(default=clock.now)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    report: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Revision(Base):
    """A number that grows with each change of something that processes keep in memory."""

    __tablename__ = "revisions"
    __personal__ = NOTHING_PERSONAL

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[int] = mapped_column(default=0)
