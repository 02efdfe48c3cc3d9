"""Questions that staff ask about applications."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, func, select
from sqlalchemy.orm import joinedload, load_only

from campus import clock, db
from campus.models import Account, Course, CourseSession, CourseSessionState, Enrolment, EnrolmentState
from campus.queries.enrolments import WITH_COURSE
from campus.queries.paging import page_size


@dataclass(frozen=True)
class Wanted:
    """Which applications a list shows; None is all."""

    state: EnrolmentState | None = EnrolmentState.APPLIED
    course_session_id: uuid.UUID | None = None

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        """Give the conditions in SQL."""
        found: list[ColumnElement[bool]] = []
        if self.state is not None:
            found.append(Enrolment.state == self.state)
        if self.course_session_id is not None:
            found.append(Enrolment.course_session_id == self.course_session_id)
        return found


def applications(wanted: Wanted, page: int) -> Sequence[Enrolment]:
    """List one page of applications, the one that has waited longest first."""
    return db.session.scalars(
        select(Enrolment)
        .options(joinedload(Enrolment.account), *WITH_COURSE)
        .where(*wanted.conditions)
        .order_by(Enrolment.created_at, Enrolment.id)
        .limit(page_size())
        .offset((page - 1) * page_size())
    ).all()


def all_applications(wanted: Wanted) -> Sequence[Row[tuple[str, datetime, EnrolmentState, uuid.UUID]]]:
    """List all applications by name, day, state and session, the one that has waited longest first."""
    return db.session.execute(
        select(Account.display_name, Enrolment.created_at, Enrolment.state, Enrolment.course_session_id)
        .join(Account, Account.id == Enrolment.account_id)
        .where(*wanted.conditions)
        .order_by(Enrolment.created_at, Enrolment.id)
    ).all()


def sessions_applied_to(wanted: Wanted) -> dict[uuid.UUID, CourseSession]:
    """Give the course sessions of these applications, with the titles of their courses."""
    applied = select(Enrolment.course_session_id).where(*wanted.conditions)
    rows = db.session.scalars(
        select(CourseSession)
        .options(joinedload(CourseSession.course).load_only(Course.title))
        .where(CourseSession.id.in_(applied))
    )
    return {each.id: each for each in rows}


def count_by_state(wanted: Wanted) -> dict[EnrolmentState, int]:
    """Count the applications of the wanted course session in each state."""
    counted = db.session.execute(
        select(Enrolment.state, func.count().label("applications"))
        .where(*Wanted(None, wanted.course_session_id).conditions)
        .group_by(Enrolment.state)
    )
    return {row.state: row.applications for row in counted}


def course_sessions_applied_to() -> Sequence[CourseSession]:
    """List the course sessions that somebody applied to, the next first."""
    applied = select(Enrolment.id).where(Enrolment.course_session_id == CourseSession.id).exists()
    return db.session.scalars(
        select(CourseSession)
        .options(
            load_only(CourseSession.starts_on),
            joinedload(CourseSession.course).load_only(Course.title),
        )
        .where(applied)
        .order_by(CourseSession.starts_on, CourseSession.id)
        .limit(200)
    ).all()


def application(enrolment_id: uuid.UUID) -> Enrolment | None:
    """Find an application, with its person and its course session."""
    return db.session.scalar(
        select(Enrolment).options(joinedload(Enrolment.account), *WITH_COURSE).where(Enrolment.id == enrolment_id)
    )


def other_sessions(enrolment: Enrolment) -> Sequence[CourseSession]:
    """List the other sessions of the course that still take applications and have a free seat."""
    here = enrolment.course_session
    return db.session.scalars(
        select(CourseSession)
        .where(
            CourseSession.course_id == here.course_id,
            CourseSession.id != here.id,
            CourseSession.state.in_((CourseSessionState.OPEN, CourseSessionState.CONFIRMED)),
            CourseSession.seats_taken < CourseSession.seats_max,
            CourseSession.starts_on.is_(None) | (CourseSession.starts_on >= clock.today()),
        )
        .order_by(CourseSession.starts_on, CourseSession.id)
    ).all()
