"""Courses: what is taught, to which level, and what it certifies."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime
from string import ascii_lowercase, digits

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus.models.base import NOTHING_PERSONAL, Base, RandomKey, Timestamps
from campus.models.occupations import Occupation
from campus.models.skills import Skill


class CourseState(enum.StrEnum):
    """Whether the public may see the course."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUSPENDED = "suspended"
    ARCHIVED = "archived"


class Modality(enum.StrEnum):
    """Where the teaching happens."""

    ON_SITE = "on_site"
    MIXED = "mixed"
    REMOTE = "remote"


class CertificationKind(enum.StrEnum):
    """The national register that the certification is in, if any."""

    NONE = "none"
    RNCP = "rncp"
    RS = "rs"


_DIGIT, _LETTER = (", ".join(f"'{sign}'" for sign in signs) for signs in (digits, ascii_lowercase))
NSF_SHAPE = (
    "nsf_code = '' OR (substr(nsf_code, 1, 1) IN ('1', '2', '3', '4') AND substr(nsf_code, 2, 1) IN "
    f"({_DIGIT}) AND substr(nsf_code, 3, 1) IN ({_DIGIT}) AND substr(nsf_code, 4) IN ('', {_LETTER}))"
)


class Course(RandomKey, Timestamps, Base):
    """What is taught: objectives, contents, hours, certification, and a matrix of skills."""

    __tablename__ = "courses"
    __table_args__ = (
        CheckConstraint("hours IS NULL OR hours BETWEEN 1 AND 5000", name="hours"),
        CheckConstraint("certification_level IS NULL OR certification_level BETWEEN 1 AND 8", name="level"),
        CheckConstraint(NSF_SHAPE, name="nsf_code"),
    )
    __personal__ = NOTHING_PERSONAL

    title: Mapped[str] = mapped_column(String(250))
    objectives: Mapped[str] = mapped_column(Text, default="")
    content: Mapped[str] = mapped_column(Text, default="")
    prerequisites: Mapped[str] = mapped_column(Text, default="")
    hours: Mapped[int | None]
    modality: Mapped[Modality] = mapped_column(default=Modality.ON_SITE)
    certification_kind: Mapped[CertificationKind] = mapped_column(default=CertificationKind.NONE)
    certification_code: Mapped[str] = mapped_column(String(12), default="")
    certification_level: Mapped[int | None]
    certification_ends_on: Mapped[date | None]
    nsf_code: Mapped[str] = mapped_column(String(4), default="")
    state: Mapped[CourseState] = mapped_column(default=CourseState.DRAFT, index=True)
    published_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    outcomes: Mapped[list[CourseOutcome]] = relationship(
        order_by="CourseOutcome.position", cascade="all, delete-orphan"
    )
    occupations: Mapped[list[Occupation]] = relationship(secondary="course_occupations", order_by="Occupation.code")

    __mapper_args__ = {"version_id_col": version}


class CourseOutcome(RandomKey, Base):
    """One line of the matrix: a skill, the level asked at the entry (0: none), the level reached at the exit."""

    __tablename__ = "course_outcomes"
    __table_args__ = (
        UniqueConstraint("course_id", "skill_id"),
        CheckConstraint("entry_level BETWEEN 0 AND 3 AND exit_level BETWEEN 1 AND 4", name="levels"),
        CheckConstraint("exit_level > entry_level", name="progress"),
    )
    __personal__ = NOTHING_PERSONAL

    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id"))
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), index=True)
    entry_level: Mapped[int] = mapped_column(default=0)
    exit_level: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)

    skill: Mapped[Skill] = relationship()


class CourseOccupation(Base):
    """An occupation that a course leads to."""

    __tablename__ = "course_occupations"
    __personal__ = NOTHING_PERSONAL

    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id"), primary_key=True)
    occupation_id: Mapped[int] = mapped_column(ForeignKey("occupations.id"), primary_key=True, index=True)
