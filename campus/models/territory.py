"""Communes: where sites, needs and sessions are."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from campus.models.base import NOTHING_PERSONAL, Base


class Commune(Base):
    """A French commune by its INSEE code."""

    __tablename__ = "communes"
    __table_args__ = (CheckConstraint("length(code) = 5", name="code"),)
    __personal__ = NOTHING_PERSONAL

    code: Mapped[str] = mapped_column(String(5), primary_key=True)
    name: Mapped[str] = mapped_column(String(120), index=True)
    search_name: Mapped[str] = mapped_column(String(120), index=True)
    postcodes: Mapped[str] = mapped_column(String(200), default="")
    latitude: Mapped[float]
    longitude: Mapped[float]
    department: Mapped[str] = mapped_column(String(3))
    area_code: Mapped[str] = mapped_column(String(8), default="")
    area_name: Mapped[str] = mapped_column(String(80), default="")
