"""Documents: numbered, versioned, kept byte for byte as they were issued."""

from __future__ import annotations

import enum
import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus import clock
from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey
from campus.models.course_sessions import CourseSession
from campus.models.courses import Course
from campus.models.enrolments import Enrolment
from campus.models.needs import Need
from campus.models.reservations import SeatReservation

KEPT = "5 years after the session, as the proof that the training took place"


class DocumentKind(enum.StrEnum):
    """What a document is; its value names the template of templates/documents/."""

    PROGRAMME = "programme"
    CONVENTION = "convention"
    CONTRACT = "contract"
    CALL_UP = "call_up"
    ATTENDANCE_SHEET = "attendance_sheet"
    CERTIFICATE = "certificate"
    ATTESTATION = "attestation"
    LETTER_OF_INTENT = "letter_of_intent"


_CURRENT = text("current")


class Document(RandomKey, Base):
    """One version of a document. Of each subject, kind and language one version is current; the others are replaced."""

    __tablename__ = "documents"
    __table_args__ = (
        UniqueConstraint("number", "version"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("(version = 1) = (replaces_id IS NULL)", name="replaces"),
        CheckConstraint(
            "course_id IS NOT NULL OR course_session_id IS NOT NULL OR enrolment_id IS NOT NULL "
            "OR reservation_id IS NOT NULL OR need_id IS NOT NULL",
            name="subject",
        ),
        Index(
            "uq_documents_current",
            "kind",
            "locale",
            "subject",
            unique=True,
            sqlite_where=_CURRENT,
            postgresql_where=_CURRENT,
        ),
    )
    __personal__ = {
        "enrolment_id": Personal("give a person their documents", KEPT),
        "data": Personal("show what a document says, and print it large", KEPT),
        "content": Personal("keep a document as it was issued", KEPT),
        "title": Personal("tell one document from another", KEPT),
    }

    number: Mapped[str] = mapped_column(String(24))
    version: Mapped[int]
    kind: Mapped[DocumentKind]
    locale: Mapped[str] = mapped_column(String(2), default="fr")
    subject: Mapped[str] = mapped_column(String(120))
    current: Mapped[bool] = mapped_column(default=True)
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("documents.id"), unique=True)
    course_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("courses.id"), index=True)
    course_session_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("course_sessions.id"), index=True)
    enrolment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("enrolments.id"), index=True)
    reservation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("seat_reservations.id"), index=True)
    need_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("needs.id"), index=True)
    title: Mapped[str] = mapped_column(String(250))
    data: Mapped[dict[str, Any]]
    code: Mapped[str] = mapped_column(String(16), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
    issued_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"))

    course: Mapped[Course | None] = relationship()
    course_session: Mapped[CourseSession | None] = relationship()
    enrolment: Mapped[Enrolment | None] = relationship()
    reservation: Mapped[SeatReservation | None] = relationship()
    need: Mapped[Need | None] = relationship()
    issued_by: Mapped[Account | None] = relationship()


class CalendarFeed(RandomKey, Base):
    """A person's own calendar behind a secret address; the row keeps only the digest of the secret."""

    __tablename__ = "calendar_feeds"
    __personal__ = {"account_id": Personal("show a person's half-days in their own calendar", "until revoked")}

    account_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("accounts.id"), unique=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    locale: Mapped[str] = mapped_column(String(2), default="fr")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    account: Mapped[Account] = relationship()
