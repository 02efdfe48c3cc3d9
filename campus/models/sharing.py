"""What a person lets others know: which firm may see what; and the help they need, kept apart from everything else."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey, Timestamps
from campus.models.organisations import Organisation

PROOF = "2 years after it was taken back, to prove what was agreed"
HELP = "until the end of the last course, or as soon as the person takes it back"


class Shared(enum.StrEnum):
    """What a person may let a firm see."""

    PROFILE = "profile"
    RESULTS = "results"


class Consent(RandomKey, Base):
    """One person lets one firm see one thing, from a moment, until they take it back; rows stay as the proof."""

    __tablename__ = "consents"
    __table_args__ = (
        Index(
            "uq_consents_given",
            "account_id",
            "organisation_id",
            "shared",
            unique=True,
            sqlite_where=text("taken_back_at IS NULL"),
            postgresql_where=text("taken_back_at IS NULL"),
        ),
    )
    __personal__ = {"account_id": Personal("show a firm only what the person agreed to", PROOF)}

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisations.id"), index=True)
    shared: Mapped[Shared]
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    taken_back_at: Mapped[datetime | None]

    organisation: Mapped[Organisation] = relationship()


class SupportNeed(RandomKey, Timestamps, Base):
    """The help that a person needs to follow a course (disability, health): theirs to write, read only for a reason."""

    __tablename__ = "support_needs"
    __table_args__ = (UniqueConstraint("account_id"),)
    __personal__ = {
        "account_id": Personal("adapt the course to the person", HELP),
        "needs": Personal("adapt the course to the person", HELP),
    }

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"))
    needs: Mapped[str] = mapped_column(Text)

    account: Mapped[Account] = relationship()
