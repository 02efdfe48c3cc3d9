"""Questions about the people of a course session: who is in it, who is told, who is expected on a half-day."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import case, or_, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.lifecycles import COURSE_SESSION, ENROLMENT
from campus.models import (
    ACTIVE,
    WAITING,
    Account,
    CourseSession,
    Enrolment,
    EnrolmentState,
    Mail,
    Role,
    SeatReservation,
    Slot,
)
from campus.queries.enrolments import WITH_COURSE

S = EnrolmentState
MAILS = ("proofs", "reminded", *sorted({row.mail for row in ENROLMENT.rows if row.mail}))
EVENTS = ("changed", "soon", "soon_firm", *sorted({row.mail for row in COURSE_SESSION.rows if row.mail}))
# Who is expected on a half-day; those who learnt something were there before.
EXPECTED = (S.CONFIRMED, S.CALLED_UP, S.ATTENDED, S.COMPLETED, S.COMPLETED_PART)


def still_active(course_session: CourseSession) -> Sequence[Enrolment]:
    """List the applications that still run: those who hold a seat as they came, then those who wait, by the rule."""
    waits = case((Enrolment.state.in_(WAITING), 1), else_=0)
    return db.session.scalars(
        select(Enrolment)
        .options(joinedload(Enrolment.account), *WITH_COURSE)
        .where(Enrolment.course_session_id == course_session.id, Enrolment.state.in_(ACTIVE))
        .order_by(waits, Enrolment.priority, Enrolment.rank, Enrolment.created_at, Enrolment.id)
    ).all()


def expected_in(course_session: CourseSession) -> Sequence[Enrolment]:
    """List who is expected on the half-days of a session, by name."""
    return db.session.scalars(
        select(Enrolment)
        .join(Enrolment.account)
        .options(joinedload(Enrolment.account))
        .where(Enrolment.course_session_id == course_session.id, Enrolment.state.in_(EXPECTED))
        .order_by(Account.display_name, Enrolment.id)
    ).all()


def partners_of(course_session: CourseSession, on: date) -> list[Account]:
    """List those besides the trainees whom a decision concerns: firms with seats, trainers of the days to come."""
    firms = select(SeatReservation.author_id).where(SeatReservation.course_session_id == course_session.id)
    teaching = select(Slot.trainer_id).where(
        Slot.course_session_id == course_session.id,
        Slot.cancelled_at.is_(None),
        Slot.trainer_id.is_not(None),
        Slot.day >= on,
    )
    found = select(Account).where(Account.id.in_(firms) | Account.id.in_(teaching), Account.disabled_at.is_(None))
    return list(db.session.scalars(found.order_by(Account.id)))


def the_staff() -> list[Account]:
    """List the campus's team."""
    team = select(Account).where(Account.role == Role.STAFF, Account.disabled_at.is_(None))
    return list(db.session.scalars(team.order_by(Account.id)))


def told(once_keys: Collection[str]) -> set[str]:
    """Tell which of these facts have had their mail."""
    if not once_keys:
        return set()
    return set(db.session.scalars(select(Mail.once_key).where(Mail.once_key.in_(list(once_keys)))))


def mails_about(course_session: CourseSession, people: Sequence[Enrolment], most: int = 30) -> Sequence[Mail]:
    """List the last mails about a session: those to its people, and those to everybody concerned."""
    keys = [f"enrolment_{mail}:{each.id}:{course_session.id}" for each in people for mail in MAILS]
    of_all = [Mail.once_key.startswith(f"session_{event}:{course_session.id}:") for event in EVENTS]
    return db.session.scalars(
        select(Mail).where(or_(Mail.once_key.in_(keys), *of_all)).order_by(Mail.created_at.desc(), Mail.id).limit(most)
    ).all()


def place_in(course_session_id: uuid.UUID, account: Account) -> Enrolment | None:
    """Find the place that a person has on the half-days of a session."""
    return db.session.scalar(
        select(Enrolment).where(
            Enrolment.course_session_id == course_session_id,
            Enrolment.account_id == account.id,
            Enrolment.state.in_(EXPECTED),
        )
    )
