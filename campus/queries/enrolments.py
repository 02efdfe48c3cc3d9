"""Questions about applications to course sessions."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from campus import clock, db
from campus.models import (
    ACTIVE,
    WAITING,
    Account,
    AuditEvent,
    Course,
    CourseSession,
    CourseSessionState,
    CourseState,
    Enrolment,
    EnrolmentState,
)

ANSWER_WITHIN_DAYS = 5
FIRST_ON_THE_PAGE = (EnrolmentState.OFFERED, EnrolmentState.ADMITTED, EnrolmentState.ATTENDED)
SHOWN = (CourseSessionState.OPEN, CourseSessionState.CONFIRMED, CourseSessionState.RUNNING)
WITH_COURSE = (
    joinedload(Enrolment.course_session).joinedload(CourseSession.course),
    joinedload(Enrolment.course_session).joinedload(CourseSession.commune),
)


@dataclass(frozen=True)
class Standing:
    """An application and, while it waits, its place in the list today."""

    enrolment: Enrolment
    position: int | None

    @property
    def answer_due(self) -> date:
        """Tell the day before which the campus must answer."""
        return clock.working_day_after(clock.day_of(self.enrolment.created_at), ANSWER_WITHIN_DAYS)


def active_enrolment(account: Account, course_session: CourseSession) -> Enrolment | None:
    """Find the application that a person already has to a course session."""
    return db.session.scalar(
        select(Enrolment).where(
            Enrolment.account_id == account.id,
            Enrolment.course_session_id == course_session.id,
            Enrolment.state.in_(ACTIVE),
        )
    )


def next_waiting(course_session: CourseSession) -> Enrolment | None:
    """Find the first of the waiting list."""
    return db.session.scalar(waiting_for(course_session).where(Enrolment.state == EnrolmentState.WAITLISTED).limit(1))


def waiting_for(course_session: CourseSession) -> Select[tuple[Enrolment]]:
    """Select those who wait for a course session, in the order of the public rule."""
    return (
        select(Enrolment)
        .where(Enrolment.course_session_id == course_session.id, Enrolment.state.in_(WAITING))
        .order_by(Enrolment.priority, Enrolment.rank)
    )


def interested_in(course_session: CourseSession) -> Sequence[Enrolment]:
    """List those who only showed their interest, in the order of the public rule."""
    interested = Enrolment.state == EnrolmentState.INTERESTED
    return db.session.scalars(waiting_for(course_session).where(interested)).all()


def people_interested(courses: Collection[uuid.UUID]) -> Sequence[tuple[Account, uuid.UUID]]:
    """List who only showed their interest in a session of these courses, with the course."""
    query = (
        select(Account, CourseSession.course_id)
        .join(Enrolment, Enrolment.account_id == Account.id)
        .join(CourseSession, CourseSession.id == Enrolment.course_session_id)
        .where(Enrolment.state == EnrolmentState.INTERESTED, CourseSession.course_id.in_(courses))
        .distinct()
    )
    return [(person, course) for person, course in db.session.execute(query)]


def somebody_waits(course_session: CourseSession) -> bool:
    """Tell whether somebody waits for a course session."""
    return db.session.scalar(waiting_for(course_session).limit(1)) is not None


def position_of(enrolment: Enrolment) -> int | None:
    """Count the place of an application in the waiting list; None when it does not wait."""
    if enrolment.state not in WAITING:
        return None
    return db.session.scalar(
        select(func.count()).where(
            Enrolment.course_session_id == enrolment.course_session_id,
            Enrolment.state.in_(WAITING),
            _before(Enrolment, enrolment),
        )
    )


def _before(one: Any, other: Any) -> ColumnElement[bool]:
    """Say in SQL that one stands before another on a list, or is the same."""
    same = and_(one.priority == other.priority, one.rank <= other.rank)
    return or_(one.priority < other.priority, same)


def _position() -> ColumnElement[int | None]:
    """Count in SQL the place of each application in its waiting list."""
    other = aliased(Enrolment)
    place = (
        select(func.count())
        .where(
            other.course_session_id == Enrolment.course_session_id,
            other.state.in_(WAITING),
            _before(other, Enrolment),
        )
        .correlate(Enrolment)
        .scalar_subquery()
    )
    return case((Enrolment.state.in_(WAITING), place), else_=None)


def _standings(asked: Select[Any]) -> list[Standing]:
    return [Standing(enrolment, position) for enrolment, position in db.session.execute(asked)]


def standings_of(account: Account) -> list[Standing]:
    """List a person's applications, those still running first, then the newest."""
    order = [*FIRST_ON_THE_PAGE, *sorted(ACTIVE - set(FIRST_ON_THE_PAGE))]
    over = case({state: place for place, state in enumerate(order)}, value=Enrolment.state, else_=len(order))
    return _standings(
        select(Enrolment, _position())
        .options(*WITH_COURSE)
        .where(Enrolment.account_id == account.id)
        .order_by(over, Enrolment.created_at.desc(), Enrolment.id)
    )


def standing_of(account: Account, enrolment_id: uuid.UUID) -> Standing | None:
    """Find one of the person's own applications."""
    found = _standings(
        select(Enrolment, _position())
        .options(*WITH_COURSE)
        .where(Enrolment.account_id == account.id, Enrolment.id == enrolment_id)
    )
    return found[0] if found else None


def course_session_to_apply(course_session_id: uuid.UUID) -> CourseSession | None:
    """Find a course session that the public may see."""
    return db.session.scalar(
        select(CourseSession)
        .join(CourseSession.course)
        .options(joinedload(CourseSession.course), joinedload(CourseSession.commune))
        .where(
            CourseSession.id == course_session_id,
            CourseSession.state.in_(SHOWN),
            Course.state == CourseState.PUBLISHED,
        )
    )


def count_waiting(course_session: CourseSession) -> int:
    """Count the people on the waiting list of a course session."""
    return (
        db.session.scalar(
            select(func.count()).where(Enrolment.course_session_id == course_session.id, Enrolment.state.in_(WAITING))
        )
        or 0
    )


def history_of(enrolment: Enrolment) -> Sequence[AuditEvent]:
    """List what happened to an application, oldest first."""
    return db.session.scalars(
        select(AuditEvent)
        .options(joinedload(AuditEvent.actor))
        .where(AuditEvent.subject_kind == Enrolment.__tablename__, AuditEvent.subject_id == str(enrolment.id))
        .order_by(AuditEvent.at, AuditEvent.id)
    ).all()


def last_withdrawal(enrolment: Enrolment) -> AuditEvent | None:
    """Find when an application was last withdrawn, by whom, and what was before."""
    return db.session.scalar(
        select(AuditEvent)
        .where(
            AuditEvent.subject_kind == Enrolment.__tablename__,
            AuditEvent.subject_id == str(enrolment.id),
            AuditEvent.action == "enrolment.withdrawn",
        )
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(1)
    )


def public_course_session(course_session_id: uuid.UUID) -> CourseSession | None:
    """Find a course session of a published course that has been announced, cancelled ones included."""
    return db.session.scalar(
        select(CourseSession)
        .join(CourseSession.course)
        .options(joinedload(CourseSession.course), joinedload(CourseSession.commune))
        .where(
            CourseSession.id == course_session_id,
            CourseSession.state != CourseSessionState.PREPARATION,
            Course.state == CourseState.PUBLISHED,
        )
    )
