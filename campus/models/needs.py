"""Needs: what a firm lacks, post by post and skill by skill."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus.models.accounts import Account
from campus.models.base import NOTHING_PERSONAL, Base, Personal, RandomKey, Timestamps
from campus.models.occupations import Occupation
from campus.models.organisations import Organisation
from campus.models.skills import Skill
from campus.models.territory import Commune


class NeedState(enum.StrEnum):
    """Where a need stands. A draft is a NeedDraft: a need itself is always complete."""

    IN_MODERATION = "in_moderation"
    TO_CLARIFY = "to_clarify"
    PUBLISHED = "published"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    COVERED = "covered"


class Audience(enum.StrEnum):
    """Whom the training is for."""

    HIRING = "hiring"
    STAFF = "staff"


class Contract(enum.StrEnum):
    """The contract offered with the post."""

    PERMANENT = "permanent"
    FIXED_TERM = "fixed_term"
    TEMPORARY = "temporary"
    APPRENTICESHIP = "apprenticeship"
    NOT_KNOWN = "not_known"


class Shifts(enum.StrEnum):
    """The working hours of the post."""

    DAY = "day"
    TWO_SHIFTS = "two_shifts"
    THREE_SHIFTS = "three_shifts"
    NIGHT = "night"
    WEEKEND = "weekend"
    NOT_KNOWN = "not_known"


class Importance(enum.StrEnum):
    """Whether a post can be held without the skill."""

    ESSENTIAL = "essential"
    DESIRED = "desired"


class PostState(enum.StrEnum):
    """How far one post is covered: what its lines in the ledger say, kept beside them for lists and counts."""

    OPEN = "open"
    PROPOSED = "proposed"
    RESERVED = "reserved"
    ENROLLED = "enrolled"
    STARTED = "started"
    COMPLETED = "completed"
    PRESENTED = "presented"
    HIRED = "hired"
    STAYED = "stayed"
    LOST = "lost"


class Need(RandomKey, Timestamps, Base):
    """One firm's need: an occupation, skills with level and importance, posts, a window of dates, a place."""

    __tablename__ = "needs"
    __table_args__ = (
        CheckConstraint("posts >= 1", name="posts"),
        CheckConstraint("max_km IS NULL OR max_km BETWEEN 1 AND 500", name="max_km"),
        CheckConstraint("latest IS NULL OR earliest IS NULL OR latest >= earliest", name="window"),
        Index("ix_needs_organisation_id_state", "organisation_id", "state"),
    )
    __personal__ = {"author_id": Personal("know who speaks for the firm", "as long as the need")}

    reference: Mapped[str] = mapped_column(String(16), unique=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"))
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    state: Mapped[NeedState] = mapped_column(default=NeedState.IN_MODERATION, index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    title: Mapped[str] = mapped_column(String(250))
    advert: Mapped[str] = mapped_column(Text, default="")
    occupation_id: Mapped[int | None] = mapped_column(ForeignKey("occupations.id"), index=True)
    referential_version_id: Mapped[int | None] = mapped_column(ForeignKey("referential_versions.id"))
    posts: Mapped[int]
    audience: Mapped[Audience] = mapped_column(default=Audience.HIRING)
    earliest: Mapped[date | None]
    latest: Mapped[date | None] = mapped_column(index=True)
    commune_code: Mapped[str | None] = mapped_column(ForeignKey("communes.code"), index=True)
    max_km: Mapped[int | None]
    contract: Mapped[Contract] = mapped_column(default=Contract.NOT_KNOWN)
    shifts: Mapped[Shifts] = mapped_column(default=Shifts.NOT_KNOWN)
    diploma_required: Mapped[bool] = mapped_column(default=False)
    comment: Mapped[str] = mapped_column(Text, default="")
    submitted_at: Mapped[datetime]
    published_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None] = mapped_column(index=True)
    version: Mapped[int] = mapped_column(default=1)

    organisation: Mapped[Organisation] = relationship()
    author: Mapped[Account] = relationship()
    occupation: Mapped[Occupation | None] = relationship()
    commune: Mapped[Commune | None] = relationship()
    skills: Mapped[list[NeedSkill]] = relationship(order_by="NeedSkill.position", cascade="all, delete-orphan")

    __mapper_args__ = {"version_id_col": version}


class NeedSkill(RandomKey, Base):
    """A skill that a need asks for; without a level when the firm does not know it yet."""

    __tablename__ = "need_skills"
    __table_args__ = (
        UniqueConstraint("need_id", "skill_id"),
        CheckConstraint("level IS NULL OR level BETWEEN 1 AND 4", name="level"),
    )
    __personal__ = NOTHING_PERSONAL

    need_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("needs.id"), index=True)
    skill_id: Mapped[int] = mapped_column(ForeignKey("skills.id"), index=True)
    level: Mapped[int | None]
    importance: Mapped[Importance] = mapped_column(default=Importance.ESSENTIAL)
    position: Mapped[int] = mapped_column(default=0)

    skill: Mapped[Skill] = relationship()


class NeedPost(RandomKey, Base):
    """One of a need's posts: coverage is followed post by post."""

    __tablename__ = "need_posts"
    __table_args__ = (UniqueConstraint("need_id", "number"), CheckConstraint("number >= 1", name="number"))
    __personal__ = NOTHING_PERSONAL

    need_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("needs.id"))
    number: Mapped[int]
    state: Mapped[PostState] = mapped_column(default=PostState.OPEN)


class NeedDraft(RandomKey, Timestamps, Base):
    """What a person typed in the wizard, right or wrong, kept until the need is posted."""

    __tablename__ = "need_drafts"
    __table_args__ = (
        Index(
            "uq_need_drafts_account_id_new",
            "account_id",
            unique=True,
            sqlite_where=text("need_id IS NULL"),
            postgresql_where=text("need_id IS NULL"),
        ),
        Index(
            "uq_need_drafts_account_id_need_id",
            "account_id",
            "need_id",
            unique=True,
            sqlite_where=text("need_id IS NOT NULL"),
            postgresql_where=text("need_id IS NOT NULL"),
        ),
    )
    __personal__ = {"account_id": Personal("give back what was typed", "90 days after the last change")}

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    need_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("needs.id"), index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    step: Mapped[int] = mapped_column(default=1)
