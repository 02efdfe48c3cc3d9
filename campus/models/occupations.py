"""Occupations: ROME 4.0 sheets, their job titles, their skills and the moves between them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus.models.base import NOTHING_PERSONAL, Base, NumberKey


class Occupation(NumberKey, Base):
    """A ROME 4.0 sheet, by its code."""

    __tablename__ = "occupations"
    __personal__ = NOTHING_PERSONAL

    code: Mapped[str] = mapped_column(String(8), unique=True)
    label: Mapped[str] = mapped_column(String(250), index=True)
    label_en: Mapped[str] = mapped_column(String(250), default="")
    parent_code: Mapped[str] = mapped_column(String(8), default="", index=True)
    definition: Mapped[str] = mapped_column(Text, default="")
    introduced_in_id: Mapped[int | None] = mapped_column(ForeignKey("referential_versions.id"))
    retired_in_id: Mapped[int | None] = mapped_column(ForeignKey("referential_versions.id"))


class JobTitle(NumberKey, Base):
    """A name under which an occupation is advertised."""

    __tablename__ = "job_titles"
    __personal__ = NOTHING_PERSONAL

    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupations.id"), index=True)
    ogr: Mapped[str | None] = mapped_column(String(16), unique=True)
    label: Mapped[str] = mapped_column(String(250))
    label_short: Mapped[str] = mapped_column(String(250), default="")
    rare: Mapped[bool] = mapped_column(default=False)

    occupation: Mapped[Occupation] = relationship()


class OccupationSkill(Base):
    """A skill of an occupation's sheet, and whether it is at the core of the trade."""

    __tablename__ = "occupation_skills"
    __personal__ = NOTHING_PERSONAL

    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupations.id"), primary_key=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), primary_key=True, index=True)
    core: Mapped[bool] = mapped_column(default=False)


class OccupationMobility(Base):
    """An occupation that people of another one move to."""

    __tablename__ = "occupation_mobilities"
    __personal__ = NOTHING_PERSONAL

    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupations.id"), primary_key=True)
    target_id: Mapped[int] = mapped_column(ForeignKey("occupations.id"), primary_key=True, index=True)
    position: Mapped[int] = mapped_column(default=0)
