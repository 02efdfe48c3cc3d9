"""Questions about what has to be done around a session."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campus import db
from campus.models import ChecklistItem, CourseSession


def checklist_of(course_session: CourseSession) -> Sequence[ChecklistItem]:
    """List what there is to do for a session, what is due first on top."""
    found = db.session.scalars(
        select(ChecklistItem)
        .options(joinedload(ChecklistItem.holder), joinedload(ChecklistItem.done_by))
        .where(ChecklistItem.course_session_id == course_session.id)
    )
    return sorted(found, key=lambda each: (each.anchor.value == "end", each.due_offset, each.kind.value))


def checklist_item(item_id: uuid.UUID) -> ChecklistItem | None:
    """Find one thing to do, with its session."""
    return db.session.scalar(
        select(ChecklistItem).options(joinedload(ChecklistItem.course_session)).where(ChecklistItem.id == item_id)
    )
