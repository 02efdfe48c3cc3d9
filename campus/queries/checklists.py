"""Questions about what has to be done around a session."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.models import (
    ChecklistItem,
    ChecklistKind,
    CourseSession,
    Document,
    DocumentKind,
    Enrolment,
    EnrolmentState,
    Slot,
)
from campus.queries.attendance import Sheet
from campus.queries.results import LEARNT

S = EnrolmentState
STILL_TO_COME = (S.CONFIRMED, S.CALLED_UP, S.ATTENDED)


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


def seen_done(
    people: Collection[Enrolment], slots: Collection[Slot], sheets: Mapping[uuid.UUID, Sheet]
) -> set[ChecklistKind]:
    """Tell what the rows of a session show to be done, so that nobody has to tick it off."""
    return set(_seen(people, slots, sheets))


def _seen(
    people: Collection[Enrolment], slots: Collection[Slot], sheets: Mapping[uuid.UUID, Sheet]
) -> Iterator[ChecklistKind]:
    states = {each.state for each in people}
    if slots and all(each.room_id and each.trainer_id for each in slots):
        yield ChecklistKind.ROOM
    if slots and all(each.id in sheets for each in slots):
        yield ChecklistKind.ATTENDANCE
    if S.CONFIRMED not in states and states & {S.CALLED_UP, S.ATTENDED, *LEARNT}:
        yield ChecklistKind.CALL_UP
    if states & set(LEARNT) and not states & set(STILL_TO_COME):
        yield ChecklistKind.RESULTS
        if _certificates_of(people) == sum(each.state in LEARNT for each in people):
            yield ChecklistKind.CERTIFICATES


def _certificates_of(people: Collection[Enrolment]) -> int:
    """Count the people who have their certificate."""
    mine = Document.enrolment_id.in_([each.id for each in people if each.state in LEARNT])
    query = select(func.count(Document.enrolment_id.distinct()))
    return db.session.scalar(query.where(mine, Document.kind == DocumentKind.CERTIFICATE)) or 0
