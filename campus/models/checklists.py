"""What has to be done around a course session, by when, and who holds it."""

from __future__ import annotations

import enum
import uuid
from datetime import date, datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from campus.models.accounts import Account
from campus.models.base import Base, Personal, RandomKey
from campus.models.course_sessions import CourseSession


class ChecklistKind(enum.StrEnum):
    """What there is to do."""

    AGREEMENTS = "agreements"
    ROOM = "room"
    CALL_UP = "call_up"
    MATERIALS = "materials"
    SHEETS = "sheets"
    ATTENDANCE = "attendance"
    RESULTS = "results"
    CERTIFICATES = "certificates"
    INVOICES = "invoices"


class Anchor(enum.StrEnum):
    """From which day of the session one counts."""

    START = "start"
    END = "end"


def due_on(anchor: Anchor, offset: int, days: tuple[date | None, date | None]) -> date | None:
    """Give the day on which something should be done, from the first and the last day of a session."""
    first, last = days
    day = first if anchor is Anchor.START else last or first
    return day + timedelta(days=offset) if day else None


class ChecklistItem(RandomKey, Base):
    """One thing to do: so many days before or after the first or the last day."""

    __tablename__ = "checklist_items"
    __table_args__ = (
        UniqueConstraint("course_session_id", "kind"),
        CheckConstraint("(done_at IS NULL) = (done_by_id IS NULL)", name="done"),
    )
    __personal__ = {"holder_id": Personal("know who holds what", "as long as the session's file")}

    course_session_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("course_sessions.id"))
    kind: Mapped[ChecklistKind]
    anchor: Mapped[Anchor]
    due_offset: Mapped[int]
    holder_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"))
    done_at: Mapped[datetime | None]
    done_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("accounts.id"))

    course_session: Mapped[CourseSession] = relationship()
    holder: Mapped[Account | None] = relationship(foreign_keys=[holder_id])
    done_by: Mapped[Account | None] = relationship(foreign_keys=[done_by_id])

    @property
    def due_on(self) -> date | None:
        """Give the day on which it should be done; none while the session has no dates."""
        session = self.course_session
        return due_on(self.anchor, self.due_offset, (session.starts_on, session.ends_on))
