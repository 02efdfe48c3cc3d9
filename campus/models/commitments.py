"""The ladder of commitment: what firms say and sign about their needs, with its evidence. Rows are only ever added."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey
from campus.models.needs import Need
from campus.models.organisations import Organisation

PROOF = "as long as the figures that rest on it"
KEPT = "5 years after it came, like the letter that it proves"


class CommitmentStep(enum.StrEnum):
    """The steps that somebody writes down; seats and hires follow from the coverage ledger."""

    SIGNAL = "signal"
    DECLARED = "declared"
    CONFIRMED = "confirmed"
    LETTER = "letter"
    CONTRACT = "contract"


class Commitment(RandomKey, Base):
    """One line about a need, or a signal heard before there is one; the database refuses to change or delete it."""

    __tablename__ = "commitments"
    __table_args__ = (
        CheckConstraint("posts >= 1", name="posts"),
        CheckConstraint("need_id IS NOT NULL OR step = 'signal'", name="need"),
        CheckConstraint("withdraws_id IS NULL OR reason <> ''", name="reason"),
        Index("ix_commitments_need_id_at", "need_id", "at"),
    )
    __personal__ = {
        "actor_id": Personal("know who speaks for the firm, or who heard it", PROOF),
        "evidence": Personal("prove a commitment: who signed it, what was heard", PROOF),
        "reason": Personal("know why a commitment was taken back", PROOF),
    }

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    need_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("needs.id"))
    step: Mapped[CommitmentStep]
    posts: Mapped[int]
    at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"))
    evidence: Mapped[dict[str, Any]] = mapped_column(default=dict)
    reason: Mapped[str] = mapped_column(Text, default="")
    withdraws_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("commitments.id"))

    organisation: Mapped[Organisation] = relationship()
    need: Mapped[Need | None] = relationship()
    actor: Mapped[Account | None] = relationship()
    copies: Mapped[list[SignedCopy]] = relationship(back_populates="commitment")


class SignedCopy(RandomKey, Base):
    """What came back signed for one line of the ladder; the last one counts, and those before it stay."""

    __tablename__ = "signed_copies"
    __table_args__ = (
        CheckConstraint("media_type IN ('application/pdf', 'image/png', 'image/jpeg')", name="media_type"),
        CheckConstraint("(checked_at IS NULL) = (checked_by_id IS NULL)", name="checked"),
        CheckConstraint("refusal = '' OR checked_at IS NOT NULL", name="refusal"),
    )
    __personal__ = {
        "content": Personal("prove who signed a letter of intent", KEPT),
        "sent_by_id": Personal("know who handed the letter in", KEPT),
        "checked_by_id": Personal("know who read it over", KEPT),
        "refusal": Personal("tell the firm what is wrong with the copy", KEPT),
    }

    commitment_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("commitments.id"), index=True)
    media_type: Mapped[str] = mapped_column(String(20))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    sent_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    checked_at: Mapped[datetime | None]
    checked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"))
    refusal: Mapped[str] = mapped_column(Text, default="")

    commitment: Mapped[Commitment] = relationship(back_populates="copies")
    sent_by: Mapped[Account] = relationship(foreign_keys=[sent_by_id])
    checked_by: Mapped[Account | None] = relationship(foreign_keys=[checked_by_id])


class RecordComment(RandomKey, Base):
    """What a firm says of its own record; the last one is shown beside it."""

    __tablename__ = "record_comments"
    __personal__ = {
        "author_id": Personal("know who speaks for the firm", PROOF),
        "text": Personal("let the firm explain its record", PROOF),
    }

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(default=clock.now)
    text: Mapped[str] = mapped_column(Text)

    author: Mapped[Account] = relationship()
