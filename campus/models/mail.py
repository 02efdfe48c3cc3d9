"""Mail: rows of an outbox, written with the change they tell of and sent after it."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campus import clock
from campus.models.base import Base, Personal, RandomKey

KEPT = "12 months"


class MailState(enum.StrEnum):
    """Where a mail stands."""

    QUEUED = "queued"
    SENT = "sent"
    PARKED = "parked"


class Mail(RandomKey, Base):
    """A message to one person."""

    __tablename__ = "mails"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts"),
        Index("ix_mails_state_due_at", "state", "due_at"),
    )
    __personal__ = {
        "recipient": Personal("tell the person concerned", KEPT),
        "subject": Personal("tell the person concerned", KEPT),
        "text": Personal("tell the person concerned", KEPT),
    }

    kind: Mapped[str] = mapped_column(String(48))
    once_key: Mapped[str | None] = mapped_column(String(160), unique=True)
    recipient: Mapped[str] = mapped_column(String(160), index=True)
    locale: Mapped[str] = mapped_column(String(2), default="fr")
    subject: Mapped[str] = mapped_column(String(250))
    text: Mapped[str] = mapped_column(Text)
    message_id: Mapped[str] = mapped_column(String(120), unique=True)
    state: Mapped[MailState] = mapped_column(default=MailState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(default=clock.now)
    lease_until: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(Text, default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
