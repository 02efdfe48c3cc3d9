"""What is done for many people of a session at once: calling them up, or accepting their applications.

Each person is a job of their own. What the team asks for waits ten minutes: until then nobody is told and no state
changes, so that taking it back leaves no trace with the person. The clock's own call-ups leave at once.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import timedelta

from campus import clock, db
from campus.models import Account, CourseSession, CourseSessionState, Enrolment, EnrolmentState
from campus.queries.jobs import jobs_to_come
from campus.queries.session_people import still_active
from campus.services import admissions, attending, audit, jobs, seats
from campus.services.offers import hold
from campus.services.undoing import UNDO_WITHIN, UndoIsOver

CALL_UP, ADMIT = "enrolments.call_up", "enrolments.admit"
CALLS = frozenset({CourseSessionState.OPEN, CourseSessionState.CONFIRMED, CourseSessionState.RUNNING})
TO_ANSWER = (EnrolmentState.APPLIED, EnrolmentState.POSITIONING)
AT_ONCE = timedelta(0)


class CallUpsHaveLeft(UndoIsOver):
    """Nothing waits any more: the call-ups have left, or were taken back."""


class AnswersHaveLeft(UndoIsOver):
    """Nothing waits any more: the answers have left, or were taken back."""


def call_up_all(actor: Account | None, course_session: CourseSession, *, wait: timedelta = AT_ONCE) -> int:
    """Ask for the call-up of everybody whose seat is sure and who has none to come; count them."""
    seats.lock(course_session.id)
    sure = [each for each in still_active(course_session) if each.state == EnrolmentState.CONFIRMED]
    calls = course_session.state in CALLS
    return _ask(CALL_UP, course_session, sure if calls else (), actor=actor, wait=wait)


def prepare_call_ups(staff: Account, course_session: CourseSession) -> int:
    """Let the call-ups of a session leave in ten minutes, unless somebody takes them back; count them."""
    count = call_up_all(staff, course_session, wait=UNDO_WITHIN)
    if count:
        audit.record(staff, "call_ups_prepared", course_session, count=count)
    return count


def take_call_ups_back(staff: Account, course_session: CourseSession) -> int:
    """Take back the call-ups of a session that have not left; count them."""
    return _take_back(staff, course_session, CALL_UP, done="call_ups_undone", gone=CallUpsHaveLeft)


def prepare_admissions(staff: Account, course_session: CourseSession, chosen: Collection[uuid.UUID]) -> int:
    """Let the chosen applications be accepted in ten minutes, unless somebody takes it back; count them."""
    seats.lock(course_session.id)
    people = [each for each in still_active(course_session) if each.id in chosen and each.state in TO_ANSWER]
    count = _ask(ADMIT, course_session, people, actor=staff, wait=UNDO_WITHIN)
    if count:
        audit.record(staff, "admissions_prepared", course_session, count=count)
    return count


def take_admissions_back(staff: Account, course_session: CourseSession) -> int:
    """Take back the answers of a session that have not left; count them."""
    return _take_back(staff, course_session, ADMIT, done="admissions_undone", gone=AnswersHaveLeft)


def _take_back(staff: Account, course_session: CourseSession, kind: str, *, done: str, gone: type[UndoIsOver]) -> int:
    count = jobs.take_back(jobs_to_come(kind, course_session.id))
    if not count:
        raise gone
    audit.record(staff, done, course_session, count=count)
    return count


def _ask(
    kind: str, course_session: CourseSession, people: Iterable[Enrolment], *, actor: Account | None, wait: timedelta
) -> int:
    """Write a job for each person who has none of this kind to come; count them."""
    due_at = clock.now() + wait
    coming = {each.payload["enrolment_id"] for each in jobs_to_come(kind, course_session.id)}
    new = [each for each in people if str(each.id) not in coming]
    signed = {"actor_id": actor.id} if actor else {}
    for each in new:
        key = jobs.key_of(kind, course_session.id, each.id, due_at)
        jobs.enqueue(kind, due_at=due_at, once_key=key, enrolment_id=each.id, **signed)
    return len(new)


def carry_out_call_up(enrolment_id: str, actor_id: str | None = None) -> None:
    """Call a person up, unless they left or the session was given up or put off meanwhile."""
    enrolment = db.session.get_one(Enrolment, uuid.UUID(enrolment_id))
    hold(enrolment)
    if enrolment.state == EnrolmentState.CONFIRMED and enrolment.course_session.state in CALLS:
        attending.call_up(db.session.get_one(Account, uuid.UUID(actor_id)) if actor_id else None, enrolment)


def carry_out_admission(enrolment_id: str, actor_id: str) -> None:
    """Accept an application, unless it was answered or withdrawn meanwhile."""
    enrolment = db.session.get_one(Enrolment, uuid.UUID(enrolment_id))
    hold(enrolment)
    if enrolment.state in TO_ANSWER:
        admissions.admit(db.session.get_one(Account, uuid.UUID(actor_id)), enrolment)
