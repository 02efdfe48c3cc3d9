"""Mail: rows of an outbox, written with the change they tell of and sent after it."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.mail_rules import MailCategory, Rhythm
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
        "account_id": Personal("tell the person concerned", KEPT),
        "recipient": Personal("tell the person concerned", KEPT),
        "subject": Personal("tell the person concerned", KEPT),
        "text": Personal("tell the person concerned", KEPT),
    }

    kind: Mapped[str] = mapped_column(String(48))
    once_key: Mapped[str | None] = mapped_column(String(160), unique=True)
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"), index=True)
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

    attachments: Mapped[list[MailAttachment]] = relationship(
        cascade="all, delete-orphan", order_by="MailAttachment.position"
    )


class MailAttachment(RandomKey, Base):
    """A file that goes with a mail, as it was when the mail was written."""

    __tablename__ = "mail_attachments"
    __table_args__ = (
        UniqueConstraint("mail_id", "position"),
        CheckConstraint("position >= 1", name="position"),
    )
    __personal__ = {"content": Personal("tell the person concerned", KEPT)}

    mail_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mails.id"))
    position: Mapped[int]
    filename: Mapped[str] = mapped_column(String(120))
    content_type: Mapped[str] = mapped_column(String(120))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class MailPreference(RandomKey, Base):
    """How often a person wants to hear of a category; without a row, the usual rhythm."""

    __tablename__ = "mail_preferences"
    __table_args__ = (UniqueConstraint("account_id", "category"),)
    __personal__ = {"account_id": Personal("write only what a person wants to read", "24 months after the last visit")}

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    category: Mapped[MailCategory]
    rhythm: Mapped[Rhythm]
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)


class BouncedAddress(RandomKey, Base):
    """An address that refuses mail: nothing more is sent to it until somebody lifts it."""

    __tablename__ = "bounced_addresses"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)
    __personal__ = {"email": Personal("send no mail that cannot arrive", KEPT)}

    email: Mapped[str] = mapped_column(String(160), unique=True)
    reason: Mapped[str] = mapped_column(Text)
    bounced_at: Mapped[datetime] = mapped_column(default=clock.now)


class ToldFact(Base):
    """A fact that a person has read in a digest: it is not told again."""

    __tablename__ = "told_facts"
    __personal__ = {"account_id": Personal("tell nothing twice", KEPT)}

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    fact: Mapped[str] = mapped_column(String(160), primary_key=True)
    told_at: Mapped[datetime] = mapped_column(default=clock.now)
