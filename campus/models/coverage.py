"""The coverage ledger: what happened to a post, when, who says so, on what evidence. Rows are only ever added."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey
from campus.models.enrolments import Enrolment
from campus.models.needs import NeedPost

PROOF = "as long as the figures that rest on it"


class CoverageKind(enum.StrEnum):
    """What a line says: a step of campus/lifecycles/post.py, or the firm's word about another line."""

    PROPOSED = "proposed"
    RESERVED = "reserved"
    ENROLLED = "enrolled"
    STARTED = "started"
    COMPLETED = "completed"
    PRESENTED = "presented"
    HIRED = "hired"
    STAYED = "stayed"
    LOST = "lost"
    REOPENED = "reopened"
    CONFIRMED = "confirmed"
    CONTESTED = "contested"


class CoverageSource(enum.StrEnum):
    """Who says so."""

    CAMPUS = "campus"
    FIRM = "firm"
    TRAINEE = "trainee"
    DOCUMENT = "document"


class CoverageEvent(RandomKey, Base):
    """One line about one post; the database itself refuses to change or delete it."""

    __tablename__ = "coverage_events"
    __table_args__ = (
        CheckConstraint("(kind IN ('confirmed', 'contested')) = (about_id IS NOT NULL)", name="about"),
        CheckConstraint("kind NOT IN ('lost', 'reopened') OR reason <> ''", name="reason"),
        UniqueConstraint("need_post_id", "number"),
        CheckConstraint("number >= 1", name="number"),
    )
    __personal__ = {
        "enrolment_id": Personal("prove what became of a post", PROOF),
        "actor_id": Personal("know who vouches for it", PROOF),
        "reason": Personal("prove what became of a post", PROOF),
    }

    need_post_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("need_posts.id"))
    number: Mapped[int]
    enrolment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("enrolments.id"), index=True)
    kind: Mapped[CoverageKind]
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"))
    source: Mapped[CoverageSource]
    reason: Mapped[str] = mapped_column(Text, default="")
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)
    about_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("coverage_events.id"))

    need_post: Mapped[NeedPost] = relationship()
    enrolment: Mapped[Enrolment | None] = relationship()
    actor: Mapped[Account | None] = relationship()
