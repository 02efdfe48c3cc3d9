"""The staff's work queue: what waits for a decision, oldest first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campus import clock, db
from campus.models import (
    CourseRequest,
    CourseRequestState,
    CourseSession,
    Enrolment,
    EnrolmentState,
    Job,
    JobState,
    Mail,
    MailState,
    Membership,
    MembershipState,
    Need,
    NeedState,
    Organisation,
    OrganisationState,
)
from campus.queries.overdue import overdue
from campus.queries.pools import places_without_seats

SHOWN = 25


@dataclass(frozen=True)
class Waiting:
    """One thing that waits: its kind, what it is, since when."""

    kind: str
    subject: Any
    since: datetime


def work_queue() -> list[Waiting]:
    """List what waits for staff, oldest first; each kind is one query."""
    found = [one for source in SOURCES for one in source()]
    return sorted(found, key=lambda one: (one.since, one.kind))[:SHOWN]


def counts() -> dict[str, int]:
    """Count what waits, by kind, in one query."""
    columns = [
        select(func.count()).where(Need.state == NeedState.IN_MODERATION).scalar_subquery(),
        select(func.count()).where(Organisation.state == OrganisationState.TO_VERIFY).scalar_subquery(),
        select(func.count()).where(Membership.state == MembershipState.PENDING).scalar_subquery(),
        select(func.count()).where(Enrolment.state == EnrolmentState.APPLIED).scalar_subquery(),
        select(func.count()).where(CourseRequest.state == CourseRequestState.OPEN).scalar_subquery(),
    ]
    columns += [
        select(func.count()).where(Job.state == JobState.PARKED).scalar_subquery(),
        select(func.count()).where(Mail.state == MailState.PARKED).scalar_subquery(),
    ]
    kinds = ("need", "organisation", "membership", "enrolment", "course_request", "job", "mail")
    return dict(zip(kinds, db.session.execute(select(*columns)).one(), strict=True))


def _needs() -> list[Waiting]:
    query = (
        select(Need)
        .options(joinedload(Need.organisation))
        .where(Need.state == NeedState.IN_MODERATION)
        .order_by(Need.submitted_at)
    )
    return [Waiting("need", need, need.submitted_at) for need in db.session.scalars(query.limit(SHOWN))]


def _organisations() -> list[Waiting]:
    query = (
        select(Organisation).where(Organisation.state == OrganisationState.TO_VERIFY).order_by(Organisation.created_at)
    )
    return [Waiting("organisation", each, each.created_at) for each in db.session.scalars(query.limit(SHOWN))]


def _memberships() -> list[Waiting]:
    query = (
        select(Membership)
        .options(joinedload(Membership.account), joinedload(Membership.organisation))
        .where(Membership.state == MembershipState.PENDING)
        .order_by(Membership.created_at)
    )
    return [Waiting("membership", each, each.created_at) for each in db.session.scalars(query.limit(SHOWN))]


def _enrolments() -> list[Waiting]:
    query = (
        select(Enrolment)
        .options(joinedload(Enrolment.account), joinedload(Enrolment.course_session).joinedload(CourseSession.course))
        .where(Enrolment.state == EnrolmentState.APPLIED)
        .order_by(Enrolment.created_at, Enrolment.id)
    )
    return [Waiting("enrolment", each, each.created_at) for each in db.session.scalars(query.limit(SHOWN))]


def _requests() -> list[Waiting]:
    query = (
        select(CourseRequest)
        .options(joinedload(CourseRequest.need).joinedload(Need.organisation))
        .where(CourseRequest.state == CourseRequestState.OPEN)
        .order_by(CourseRequest.created_at)
    )
    return [Waiting("course_request", each, each.created_at) for each in db.session.scalars(query.limit(SHOWN))]


def _to_do() -> list[Waiting]:
    """Count from the end of the day by which the oldest thing around a session should have been done."""
    return [Waiting("to_do", each, _end_of(each.due_on)) for each in overdue(limit=SHOWN)]


def _unreserved() -> list[Waiting]:
    """Count from the end of the last day to join: the pool was decided then."""
    return [Waiting("unreserved", each, _end_of(each.pool.deadline)) for each in places_without_seats(SHOWN)]


def _end_of(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), clock.PARIS)


SOURCES: tuple[Callable[[], list[Waiting]], ...] = (
    _needs,
    _organisations,
    _memberships,
    _enrolments,
    _requests,
    _to_do,
    _unreserved,
)
