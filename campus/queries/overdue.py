"""What should have been done around the sessions, and that neither anybody has ticked off nor the rows show done."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload

from campus import clock, db
from campus.models import (
    Anchor,
    Attendance,
    ChecklistItem,
    ChecklistKind,
    CourseSession,
    CourseSessionState,
    Document,
    DocumentKind,
    Enrolment,
    EnrolmentState,
    Slot,
    due_on,
)
from campus.queries.checklists import LEARNT, STILL_TO_COME

K, S = ChecklistKind, EnrolmentState
C = CourseSessionState
STILL_MATTER = (C.PREPARATION, C.OPEN, C.CONFIRMED, C.RUNNING, C.FINISHED)
# Nothing is to be done longer than this before the first day (a test holds the checklist to it).
AHEAD = timedelta(days=31)


@dataclass(frozen=True)
class Overdue:
    """A session, what is overdue around it, the oldest first, and the day by which that should have been done."""

    course_session: CourseSession
    kinds: tuple[ChecklistKind, ...]
    due_on: date


def overdue(*, limit: int) -> list[Overdue]:
    """List the sessions around which something is overdue, the longest overdue first."""
    late: dict[uuid.UUID, list[tuple[date, ChecklistKind]]] = {}
    for row in db.session.execute(_candidates(clock.today())):
        day = due_on(row.anchor, row.due_offset, (row.starts_on, row.ends_on))
        if day and day < clock.today():
            late.setdefault(row.course_session_id, []).append((day, row.kind))
    first = sorted((min(items)[0], key) for key, items in late.items())[:limit]
    query = select(CourseSession).options(joinedload(CourseSession.course))
    sessions = {
        each.id: each for each in db.session.scalars(query.where(CourseSession.id.in_([key for _, key in first])))
    }
    return [Overdue(sessions[key], tuple(kind for _day, kind in sorted(late[key])), day) for day, key in first]


def _candidates(today: date) -> Select[Any]:
    """Ask for what is neither ticked off nor seen done around sessions that are near or past, as bare values."""
    item, session = ChecklistItem, CourseSession
    columns = (item.course_session_id, item.kind, item.anchor, item.due_offset, session.starts_on, session.ends_on)
    return (
        select(*columns)
        .join(ChecklistItem.course_session)
        .where(ChecklistItem.done_at.is_(None), CourseSession.state.in_(STILL_MATTER), ~seen_done())
        .where(or_(_near(Anchor.START, today + AHEAD), _near(Anchor.END, today)))
    )


def _near(anchor: Anchor, day: date) -> ColumnElement[bool]:
    return and_(ChecklistItem.anchor == anchor, CourseSession.starts_on <= day)


def seen_done() -> ColumnElement[bool]:
    """Say of an item, as `checklists.seen_done` does of the rows of one session, that the rows show it done."""
    learnt = and_(_people(LEARNT), ~_people(STILL_TO_COME))
    called = and_(~_people((S.CONFIRMED,)), _people((S.CALLED_UP, S.ATTENDED, *LEARNT)))
    shown = {
        K.ROOM: and_(_half_days(), ~_half_days(or_(Slot.room_id.is_(None), Slot.trainer_id.is_(None)))),
        K.ATTENDANCE: and_(_half_days(), ~_half_days(~exists().where(Attendance.slot_id == Slot.id))),
        K.CALL_UP: called,
        K.RESULTS: learnt,
        K.CERTIFICATES: and_(learnt, ~_people(LEARNT, ~_certificate())),
    }
    return or_(*(and_(ChecklistItem.kind == kind, done) for kind, done in shown.items()))


def _half_days(*said: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(Slot.course_session_id == ChecklistItem.course_session_id, *said)


def _people(states: Collection[EnrolmentState], *said: ColumnElement[bool]) -> ColumnElement[bool]:
    mine = Enrolment.course_session_id == ChecklistItem.course_session_id
    return exists().where(mine, Enrolment.state.in_(states), *said)


def _certificate() -> ColumnElement[bool]:
    return exists().where(Document.enrolment_id == Enrolment.id, Document.kind == DocumentKind.CERTIFICATE)
