"""Questions about seats offered until a deadline."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.lifecycles.enrolment import HOLDING, LEARNT
from campus.models import (
    AuditEvent,
    CourseSession,
    Enrolment,
    EnrolmentState,
    LinkPurpose,
    OneTimeLink,
)
from campus.queries.accounts import digest
from campus.queries.enrolments import WITH_COURSE, waiting_for

GOT_IN = tuple(map(EnrolmentState, ("confirmed", "called_up", "attended", *LEARNT, "dropped_out", "absent")))
HOLDERS = tuple(map(EnrolmentState, (*HOLDING, *LEARNT)))


def late_offers(course_session: CourseSession, now: datetime) -> Sequence[Enrolment]:
    """List the offers of a course session whose time is over, the oldest first."""
    return db.session.scalars(
        select(Enrolment)
        .where(Enrolment.course_session_id == course_session.id, *_late(now))
        .order_by(Enrolment.offer_until, Enrolment.id)
    ).all()


def sessions_with_late_offers(now: datetime) -> list[uuid.UUID]:
    """List the course sessions in which an offer's time is over, always in the same order."""
    return sorted(db.session.scalars(select(Enrolment.course_session_id).where(*_late(now)).distinct()))


def _late(now: datetime) -> tuple[object, ...]:
    return (Enrolment.state == EnrolmentState.OFFERED, Enrolment.offer_until < now)


def offers_to_remind(now: datetime) -> list[Enrolment]:
    """List the offers of which half the time has gone by, and that nobody was reminded of."""
    running = db.session.scalars(
        select(Enrolment)
        .options(joinedload(Enrolment.account), *WITH_COURSE)
        .where(
            Enrolment.state == EnrolmentState.OFFERED,
            Enrolment.reminded_at.is_(None),
            Enrolment.offer_until >= now,
        )
        .order_by(Enrolment.offer_until, Enrolment.id)
    )
    return [each for each in running if half_time(each) <= now]


def half_time(enrolment: Enrolment) -> datetime:
    """Tell when half the time to answer has gone by."""
    if enrolment.offered_at is None or enrolment.offer_until is None:
        return datetime.max.replace(tzinfo=enrolment.created_at.tzinfo)
    return enrolment.offered_at + (enrolment.offer_until - enrolment.offered_at) / 2


def offer_of_link(token: str) -> tuple[OneTimeLink, Enrolment] | None:
    """Find the link of a mail and the application whose seat it offers."""
    link = db.session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.token_digest == digest(token), OneTimeLink.purpose == LinkPurpose.ANSWER_OFFER
        )
    )
    known = link.details.get("enrolment_id") if link else None
    if link is None or known is None:
        return None
    found = db.session.scalar(
        select(Enrolment).options(joinedload(Enrolment.account), *WITH_COURSE).where(Enrolment.id == uuid.UUID(known))
    )
    return (link, found) if found else None


def people_in(course_session: CourseSession) -> Sequence[Enrolment]:
    """List those who hold a seat of a course session, in the order in which they came."""
    return db.session.scalars(
        select(Enrolment)
        .options(joinedload(Enrolment.account))
        .where(Enrolment.course_session_id == course_session.id, Enrolment.state.in_(HOLDERS))
        .order_by(Enrolment.created_at, Enrolment.id)
    ).all()


def first_in_line(course_session: CourseSession, most: int = 25) -> Sequence[Enrolment]:
    """List the first of those who wait for a course session, in the order of the rule."""
    query = waiting_for(course_session).options(joinedload(Enrolment.account))
    return db.session.scalars(query.limit(most)).all()


@dataclass(frozen=True)
class LastList:
    """What became of the last waiting lists of a course: how many waited, how many of them got in, in which year."""

    year: int
    waited: int
    got_in: int


def last_list(course_session: CourseSession, year: int) -> LastList | None:
    """Count who waited for the sessions of this course that began in a year, and who of them got in."""
    row = db.session.execute(
        select(func.count().label("waited"), func.count().filter(Enrolment.state.in_(GOT_IN)).label("got_in"))
        .select_from(Enrolment)
        .join(Enrolment.course_session)
        .where(
            CourseSession.course_id == course_session.course_id,
            func.extract("year", CourseSession.starts_on) == year,
            Enrolment.rank.is_not(None),
        )
    ).one()
    return LastList(year, row.waited, row.got_in) if row.waited else None


def exceptions_to_the_rule(course_session: CourseSession) -> Sequence[AuditEvent]:
    """List who was put before others on a waiting list, by whom and why."""
    return db.session.scalars(
        select(AuditEvent)
        .options(joinedload(AuditEvent.actor))
        .where(
            AuditEvent.subject_kind == CourseSession.__tablename__,
            AuditEvent.subject_id == str(course_session.id),
            AuditEvent.action == "rank_exception",
        )
        .order_by(AuditEvent.at, AuditEvent.id)
    ).all()
