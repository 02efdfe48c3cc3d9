"""Accounts: people, their place in organisations, their open sessions and one-time links."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.models.base import NOTHING_PERSONAL, Base, Personal, RandomKey, Timestamps
from campus.models.organisations import Organisation

WHILE_USED = "24 months after the last visit"
SHORT = "12 months"


class Role(enum.StrEnum):
    """What a person comes to do."""

    EMPLOYER = "employer"
    TRAINEE = "trainee"
    STAFF = "staff"
    TRAINER = "trainer"
    OBSERVER = "observer"


class Account(RandomKey, Timestamps, Base):
    """A person who signs in."""

    __tablename__ = "accounts"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)
    __personal__ = {
        "email": Personal("sign in and be told", WHILE_USED),
        "display_name": Personal("know whom one speaks to", WHILE_USED),
        "password_hash": Personal("sign in", WHILE_USED),
        "last_seen_at": Personal("erase what nobody uses any more", WHILE_USED),
    }

    email: Mapped[str] = mapped_column(String(160), unique=True)
    display_name: Mapped[str] = mapped_column(String(120))
    role: Mapped[Role] = mapped_column(index=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    locale: Mapped[str] = mapped_column(String(2), default="fr")
    confirmed_at: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    inactive_told_at: Mapped[datetime | None]


class MembershipRole(enum.StrEnum):
    """What a person may do in an organisation."""

    MEMBER = "member"
    MANAGER = "manager"


class MembershipState(enum.StrEnum):
    """How far the request to join has come."""

    PENDING = "pending"
    GRANTED = "granted"
    REFUSED = "refused"
    REVOKED = "revoked"


class Membership(RandomKey, Timestamps, Base):
    """A person's place in one organisation."""

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("account_id", "organisation_id"),)
    __personal__ = {"account_id": Personal("know who acts for a site", WHILE_USED)}

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    role: Mapped[MembershipRole] = mapped_column(default=MembershipRole.MEMBER)
    state: Mapped[MembershipState] = mapped_column(default=MembershipState.PENDING, index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    decided_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]

    account: Mapped[Account] = relationship(foreign_keys=[account_id])
    organisation: Mapped[Organisation] = relationship()


class AccountSession(RandomKey, Base):
    """A browser that is signed in; the cookie holds the secret, the row only its digest."""

    __tablename__ = "account_sessions"
    __personal__ = {
        "account_id": Personal("let a person see and end their sessions", SHORT),
        "user_agent": Personal("let a person recognise a session", SHORT),
    }

    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_used_at: Mapped[datetime] = mapped_column(default=clock.now)
    ended_at: Mapped[datetime | None]
    user_agent: Mapped[str] = mapped_column(String(200), default="")

    account: Mapped[Account] = relationship()


class LinkPurpose(enum.StrEnum):
    """What a one-time link opens."""

    RESET_PASSWORD = "reset_password"
    CONFIRM_ADDRESS = "confirm_address"
    INVITATION = "invitation"
    RENEW_NEED = "renew_need"
    ANSWER_OFFER = "answer_offer"
    SIX_MONTHS = "six_months"


class OneTimeLink(RandomKey, Base):
    """A link sent by mail that opens one page, once."""

    __tablename__ = "one_time_links"
    __personal__ = {
        "email": Personal("invite a person, or confirm their address", "until used or expired"),
        "details": Personal("keep what was typed at sign-up until the address is confirmed", "until used or expired"),
    }

    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[LinkPurpose]
    account_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"), index=True)
    email: Mapped[str] = mapped_column(String(160), default="")
    details: Mapped[dict[str, Any]] = mapped_column(default=dict)
    created_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    account: Mapped[Account | None] = relationship(foreign_keys=[account_id])


class Attempt(RandomKey, Base):
    """One try at something that must not be tried often: counted per account and per address."""

    __tablename__ = "attempts"
    __table_args__ = (Index("ix_attempts_action_key_at", "action", "key", "at"),)
    __personal__ = NOTHING_PERSONAL

    action: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(default=clock.now)
