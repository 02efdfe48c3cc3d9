"""Attendance by half-day: marked on a phone, signed with the code of the room, or typed in from paper.

A mark may be corrected or undone for ten minutes; then it is settled: whoever was there has begun the course, whoever
was not is told the same half-day, and the ledger, which forgets nothing, writes nothing that would be taken back.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from campus import clock, db
from campus.errors import Refused
from campus.models import (
    THERE,
    Account,
    Attendance,
    AttendanceMode,
    AttendanceState,
    CourseSession,
    CourseSessionState,
    Enrolment,
    EnrolmentState,
    Role,
    Slot,
    random_id,
)
from campus.queries.attendance import marks_of, marks_of_batch, sheets_missing, unsettled
from campus.queries.session_people import EXPECTED, expected_in
from campus.services import attending, audit, session_mails
from campus.services.undoing import UNDO_WITHIN, UndoIsOver

OPENS_BEFORE = timedelta(minutes=30)
GRACE = timedelta(minutes=15)
SHORTEST = 1
SHEETS_SINCE = timedelta(days=7)
SEATED = (EnrolmentState.CONFIRMED, EnrolmentState.CALLED_UP)
A = AttendanceState


class HalfDayIsToCome(Refused):
    """Nobody signs before the half-day: it begins at `begins`."""


class NotExpectedHere(Refused):
    """The person has no place in this session."""


class SheetIsClosed(Refused):
    """The session is closed or given up: its sheets do not change."""


@dataclass(frozen=True)
class Mark:
    """What one says of a person on a half-day; without minutes, they follow from the state and the time."""

    state: AttendanceState
    mode: AttendanceMode
    minutes: int | None = None


@dataclass(frozen=True)
class Batch:
    """Marks made together, which can be undone together."""

    id: uuid.UUID
    count: int


def mark(actor: Account, slot: Slot, enrolment: Enrolment, *, as_: Mark) -> Attendance:
    """Write down whether somebody was there; the same mark twice is one."""
    return type_in_sheet(actor, slot, {enrolment: as_})[0]


def type_in_sheet(actor: Account, slot: Slot, sheet: Mapping[Enrolment, Mark]) -> list[Attendance]:
    """Write down the marks of several people on a half-day, as read off a phone or a sheet of paper."""
    _check(slot, sheet)
    known = marks_of(slot)
    return [_put(actor, slot, enrolment, as_=as_, known=known) for enrolment, as_ in sheet.items()]


def _put(
    actor: Account, slot: Slot, enrolment: Enrolment, *, as_: Mark, known: Mapping[uuid.UUID, Attendance]
) -> Attendance:
    row, minutes = known.get(enrolment.id), _minutes(slot, as_)
    if row is None:
        return _add(actor, slot, enrolment, as_=as_, minutes=minutes)
    if (row.state, row.minutes, row.mode) != (as_.state, minutes, as_.mode):
        _correct(actor, row, as_, minutes=minutes)
    return row


def mark_all_present(actor: Account, slot: Slot) -> Batch:
    """Write down that everybody without a mark is there, in one gesture that can be undone."""
    there = marks_of(slot)
    missing = [each for each in expected_in(slot.course_session) if each.id not in there]
    _check(slot, missing)
    batch = random_id()
    as_ = Mark(A.PRESENT, AttendanceMode.PHONE)
    for each in missing:
        _add(actor, slot, each, as_=as_, minutes=slot.minutes).batch_id = batch
    db.session.flush()
    return Batch(batch, len(missing))


def undo_batch(actor: Account, slot: Slot, batch_id: uuid.UUID) -> int:
    """Take back the marks made together, for ten minutes; count them."""
    rows = [each for each in marks_of_batch(slot, batch_id) if may_undo(each)]
    if not rows:
        raise UndoIsOver
    for each in rows:
        db.session.delete(each)
    db.session.flush()
    audit.record(actor, "attendance_undone", slot.course_session, slot_id=slot.id, count=len(rows))
    return len(rows)


def may_undo(mark_: Attendance) -> bool:
    """Tell whether a mark can still be taken back."""
    return mark_.settled_at is None and clock.now() - mark_.signed_at <= UNDO_WITHIN


def sign_present(person: Account, slot: Slot, enrolment: Enrolment) -> Attendance:
    """Let a trainee sign with the code of the room; who signs well after the beginning is late."""
    known = marks_of(slot).get(enrolment.id)
    if known is not None and known.state in THERE:
        return known
    late = clock.now() > slot.begins_at + GRACE
    return mark(person, slot, enrolment, as_=Mark(A.LATE if late else A.PRESENT, AttendanceMode.QR))


def settle(now: datetime) -> int:
    """Draw the consequences of the marks that can no longer be undone; count them."""
    return _settle(unsettled(now - UNDO_WITHIN))


def settle_session(course_session: CourseSession) -> int:
    """Draw the consequences of all marks of a session that is over."""
    return _settle(unsettled(clock.now(), course_session))


def ask_for_sheets(today: date) -> int:
    """Ask trainers the day after for the sheets that nobody filled in, then the team; count the mails."""
    asked = 0
    for slot in sheets_missing(today - SHEETS_SINCE, today):
        values = {**session_mails.about(slot.course_session), "slot": slot}
        if slot.trainer is not None:
            asked += session_mails.tell_once([slot.trainer], "sheet_missing", str(slot.id), **values)
        if slot.trainer is None or slot.day < today - timedelta(days=1):
            asked += session_mails.tell_staff("sheet_missing", f"{slot.id}:team", **values)
    return asked


def _check(slot: Slot, enrolments: Iterable[Enrolment]) -> None:
    if slot.course_session.state in (CourseSessionState.CLOSED, CourseSessionState.CANCELLED) or slot.cancelled_at:
        raise SheetIsClosed
    if clock.now() < slot.begins_at - OPENS_BEFORE:
        raise HalfDayIsToCome(begins=f"{slot.begins:%H:%M}")
    if any(each.course_session_id != slot.course_session_id or each.state not in EXPECTED for each in enrolments):
        raise NotExpectedHere


def _minutes(slot: Slot, as_: Mark) -> int:
    """Count the minutes attended: all, none, or what is left when a late person is marked during the half-day."""
    if as_.state not in THERE:
        return 0
    if as_.minutes is not None:
        return max(SHORTEST, min(as_.minutes, slot.minutes))
    if as_.state is A.PRESENT:
        return slot.minutes
    left = int((slot.ends_at - clock.now()).total_seconds() // 60)
    return left if SHORTEST <= left <= slot.minutes else slot.minutes - int(GRACE.total_seconds() // 60)


def _add(actor: Account, slot: Slot, enrolment: Enrolment, *, as_: Mark, minutes: int) -> Attendance:
    made = Attendance(
        enrolment=enrolment,
        slot=slot,
        state=as_.state,
        minutes=minutes,
        mode=as_.mode,
        signed_at=clock.now(),
        recorded_by_id=actor.id,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _correct(actor: Account, known: Attendance, as_: Mark, *, minutes: int) -> None:
    before = known.state
    known.state, known.minutes, known.mode = as_.state, minutes, as_.mode
    known.signed_at, known.recorded_by_id, known.batch_id = clock.now(), actor.id, None
    if before is not as_.state:
        known.settled_at = None
    db.session.flush()
    audit.record(actor, "attendance_corrected", known, before=before.value, after=as_.state.value, minutes=minutes)


def _settle(rows: Iterable[Attendance]) -> int:
    count = 0
    for each in rows:
        if each.state in THERE and each.enrolment.state in SEATED:
            attending.note_present(_witness(each), each.enrolment)
        elif each.state is A.ABSENT:
            _tell_absent(each)
        each.settled_at = clock.now()
        count += 1
    db.session.flush()
    return count


def _witness(mark_: Attendance) -> Account | None:
    """Give who vouches for the presence: staff or trainer; the service, where the person signed alone."""
    actor = db.session.get(Account, mark_.recorded_by_id)
    return actor if actor is not None and actor.role in {Role.STAFF, Role.TRAINER} else None


def _tell_absent(mark_: Attendance) -> None:
    """Tell the person, and the firm that sent them."""
    enrolment = mark_.enrolment
    values = {**session_mails.about(enrolment.course_session), "slot": mark_.slot, "enrolment": enrolment}
    session_mails.tell_once([enrolment.account], "attendance_absent", str(mark_.id), **values)
    if enrolment.reservation is not None:
        firm = [enrolment.reservation.author]
        session_mails.tell_once(firm, "attendance_absent_firm", str(mark_.id), **values)
