"""Questions about what a session brought to whom."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.models import (
    Account,
    Course,
    CourseOutcome,
    CourseSession,
    Enrolment,
    EnrolmentState,
    LinkPurpose,
    OneTimeLink,
    Satisfaction,
    SeatReservation,
    SixMonths,
    SkillResult,
    Slot,
)
from campus.queries.accounts import digest
from campus.queries.enrolments import WITH_COURSE
from campus.queries.session_people import EXPECTED

LEARNT = (EnrolmentState.COMPLETED, EnrolmentState.COMPLETED_PART)
LEAST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Liked:
    """How a session was liked: answers, and their mean from 1 to 5."""

    answers: int
    mean: float


def outcomes_of(enrolment: Enrolment) -> Sequence[CourseOutcome]:
    """List the skills that the course of an enrolment teaches, in its order."""
    return db.session.scalars(
        select(CourseOutcome)
        .options(joinedload(CourseOutcome.skill))
        .where(CourseOutcome.course_id == enrolment.course_session.course_id)
        .order_by(CourseOutcome.position)
    ).all()


def results_of(enrolment: Enrolment) -> Sequence[SkillResult]:
    """List the levels that a person has reached."""
    return db.session.scalars(
        select(SkillResult)
        .options(joinedload(SkillResult.skill), joinedload(SkillResult.assessor))
        .where(SkillResult.enrolment_id == enrolment.id)
        .order_by(SkillResult.skill_id)
    ).all()


def results_of_person(account: Account) -> Sequence[SkillResult]:
    """List the levels that a person has reached in all courses, the latest first."""
    return db.session.scalars(
        select(SkillResult)
        .join(SkillResult.enrolment)
        .options(joinedload(SkillResult.skill), joinedload(SkillResult.assessor))
        .where(Enrolment.account_id == account.id)
        .order_by(SkillResult.assessed_on.desc(), SkillResult.skill_id)
    ).all()


def results_for(reservation: SeatReservation) -> dict[uuid.UUID, list[SkillResult]]:
    """List, for each person whom a firm sent, the levels that they have reached."""
    found: dict[uuid.UUID, list[SkillResult]] = {}
    rows = db.session.scalars(
        select(SkillResult)
        .join(SkillResult.enrolment)
        .options(joinedload(SkillResult.skill))
        .where(Enrolment.reservation_id == reservation.id)
        .order_by(SkillResult.skill_id)
    )
    for each in rows:
        found.setdefault(each.enrolment_id, []).append(each)
    return found


def results_in(course_session: CourseSession) -> dict[uuid.UUID, int]:
    """Count, for each enrolment of a session, the skills that were judged."""
    rows = db.session.execute(
        select(SkillResult.enrolment_id, func.count())
        .join(SkillResult.enrolment)
        .where(Enrolment.course_session_id == course_session.id)
        .group_by(SkillResult.enrolment_id)
    )
    return dict(rows.all())


def satisfaction_of(enrolment: Enrolment) -> Satisfaction | None:
    """Find what a person said of the session."""
    return db.session.scalar(select(Satisfaction).where(Satisfaction.enrolment_id == enrolment.id))


def liked(course_session: CourseSession) -> Liked | None:
    """Tell how a session was liked, for the team; None before the first answer."""
    return _liked(Enrolment.course_session_id == course_session.id)


def liked_course(course: Course, *, publicly: bool) -> Liked | None:
    """Tell how all sessions of a course were liked; in public nothing before five answers: nobody is recognised."""
    mine = select(CourseSession.id).where(CourseSession.course_id == course.id)
    return _liked(Enrolment.course_session_id.in_(mine), least=LEAST_SHOWN if publicly else 1)


def _liked(within: ColumnElement[bool], least: int = 1) -> Liked | None:
    row = db.session.execute(
        select(func.count().label("answers"), func.avg(Satisfaction.score).label("mean"))
        .select_from(Satisfaction)
        .join(Enrolment, Enrolment.id == Satisfaction.enrolment_id)
        .where(within)
    ).one()
    return Liked(row.answers, float(row.mean)) if row.answers >= least else None


def six_months_answer(enrolment: Enrolment) -> SixMonths | None:
    """Find what a person answered after six months."""
    return db.session.scalar(select(SixMonths).where(SixMonths.enrolment_id == enrolment.id))


def to_ask_at_six_months(first: date, last: date) -> Sequence[Enrolment]:
    """List those whose course ended between two days and who have not answered."""
    answered = select(SixMonths.id).where(SixMonths.enrolment_id == Enrolment.id).exists()
    return db.session.scalars(
        select(Enrolment)
        .join(Enrolment.course_session)
        .options(joinedload(Enrolment.account), *WITH_COURSE)
        .where(Enrolment.state.in_(LEARNT), CourseSession.ends_on >= first, CourseSession.ends_on <= last, ~answered)
        .order_by(CourseSession.ends_on, Enrolment.id)
    ).all()


def six_months_of_link(token: str) -> tuple[OneTimeLink, Enrolment] | None:
    """Find the link of a mail and the enrolment that it asks about."""
    link = db.session.scalar(
        select(OneTimeLink).where(
            OneTimeLink.token_digest == digest(token), OneTimeLink.purpose == LinkPurpose.SIX_MONTHS
        )
    )
    known = link.details.get("enrolment_id") if link else None
    if link is None or known is None:
        return None
    found = db.session.scalar(
        select(Enrolment)
        .options(joinedload(Enrolment.account), joinedload(Enrolment.need_post), *WITH_COURSE)
        .where(Enrolment.id == uuid.UUID(known))
    )
    return (link, found) if found else None


def enrolment_of_trainer(trainer: Account, enrolment_id: uuid.UUID) -> Enrolment | None:
    """Find somebody who follows a session in which a trainer has a half-day."""
    teaches = exists().where(
        Slot.course_session_id == Enrolment.course_session_id,
        Slot.trainer_id == trainer.id,
        Slot.cancelled_at.is_(None),
    )
    return db.session.scalar(
        select(Enrolment)
        .options(joinedload(Enrolment.account), *WITH_COURSE)
        .where(Enrolment.id == enrolment_id, Enrolment.state.in_((*EXPECTED, EnrolmentState.DROPPED_OUT)), teaches)
    )
