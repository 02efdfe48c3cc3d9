"""Questions about seats that firms reserve."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.models import (
    ACTIVE,
    WAITING,
    Account,
    Course,
    CourseSession,
    CourseState,
    Enrolment,
    Need,
    NeedPost,
    NeedState,
    PostState,
    ReservationState,
    SeatReservation,
)
from campus.queries.course_sessions import joinable
from campus.queries.needs import granted_organisation_ids


def _with_heads(query: Select[tuple[SeatReservation]]) -> Select[tuple[SeatReservation]]:
    return query.options(
        joinedload(SeatReservation.course_session).joinedload(CourseSession.course),
        joinedload(SeatReservation.course_session).joinedload(CourseSession.commune),
        joinedload(SeatReservation.organisation),
        joinedload(SeatReservation.need),
    )


def reservations_of(account: Account) -> Sequence[SeatReservation]:
    """List the seats that the person's organisations have reserved, those still to be named first."""
    query = select(SeatReservation).where(SeatReservation.organisation_id.in_(granted_organisation_ids(account)))
    order = (SeatReservation.state != ReservationState.OPEN, SeatReservation.names_until, SeatReservation.id)
    return db.session.scalars(_with_heads(query).order_by(*order)).all()


def reservations_for(need: Need) -> Sequence[SeatReservation]:
    """List the seats reserved for the posts of a need, those still to be named first."""
    query = select(SeatReservation).where(SeatReservation.need_id == need.id)
    order = (SeatReservation.state != ReservationState.OPEN, SeatReservation.names_until, SeatReservation.id)
    return db.session.scalars(_with_heads(query).order_by(*order)).all()


def reservation_of(account: Account, reservation_id: uuid.UUID) -> SeatReservation | None:
    """Find a reservation of the person's organisations."""
    query = select(SeatReservation).where(
        SeatReservation.id == reservation_id, SeatReservation.organisation_id.in_(granted_organisation_ids(account))
    )
    return db.session.scalar(_with_heads(query))


def reservations_in(course_session: CourseSession) -> Sequence[SeatReservation]:
    """List the reservations of a course session that still keep seats, for the staff."""
    query = select(SeatReservation).where(
        SeatReservation.course_session_id == course_session.id, SeatReservation.state == ReservationState.OPEN
    )
    return db.session.scalars(_with_heads(query).order_by(SeatReservation.names_until, SeatReservation.id)).all()


def people_named(reservation: SeatReservation) -> Sequence[Enrolment]:
    """List the people named for a reservation, the first named first."""
    return db.session.scalars(
        select(Enrolment)
        .options(joinedload(Enrolment.account))
        .where(Enrolment.reservation_id == reservation.id)
        .order_by(Enrolment.offered_at, Enrolment.id)
    ).all()


def sessions_with_room(on: date) -> Sequence[CourseSession]:
    """List the sessions in which a firm may reserve: seats are free, and nobody waits for them."""
    waits = select(Enrolment.course_session_id).where(Enrolment.state.in_(WAITING))
    return db.session.scalars(
        select(CourseSession)
        .join(CourseSession.course)
        .options(joinedload(CourseSession.course), joinedload(CourseSession.commune))
        .where(
            joinable(on),
            Course.state == CourseState.PUBLISHED,
            CourseSession.starts_on.is_not(None),
            CourseSession.seats_taken < CourseSession.seats_max,
            CourseSession.id.not_in(waits),
        )
        .order_by(CourseSession.starts_on, CourseSession.id)
        .limit(200)
    ).all()


def needs_to_reserve_for(account: Account) -> Sequence[Need]:
    """List the published needs of the person's organisations."""
    return db.session.scalars(
        select(Need)
        .where(Need.organisation_id.in_(granted_organisation_ids(account)), Need.state == NeedState.PUBLISHED)
        .order_by(Need.reference)
    ).all()


def overdue_reservations(today: date) -> Sequence[SeatReservation]:
    """List the reservations whose naming date has passed, session by session."""
    query = select(SeatReservation).where(
        SeatReservation.state == ReservationState.OPEN, SeatReservation.names_until < today
    )
    order = (SeatReservation.course_session_id, SeatReservation.id)
    return db.session.scalars(_with_heads(query).order_by(*order)).all()


def reservations_to_name(first: date, last: date) -> Sequence[SeatReservation]:
    """List the reservations that still have seats without a name, and whose naming date falls between two days."""
    query = select(SeatReservation).where(
        SeatReservation.state == ReservationState.OPEN,
        SeatReservation.names_until >= first,
        SeatReservation.names_until <= last,
    )
    order = (SeatReservation.names_until, SeatReservation.id)
    return db.session.scalars(_with_heads(query).order_by(*order)).all()


def open_posts(need: Need, most: int) -> Sequence[NeedPost]:
    """List the first posts of a need that nobody stands behind yet."""
    return db.session.scalars(
        select(NeedPost)
        .where(NeedPost.need_id == need.id, NeedPost.state.in_((PostState.OPEN, PostState.PROPOSED)))
        .order_by(NeedPost.number)
        .limit(most)
    ).all()


def active_emails(course_session: CourseSession) -> set[str]:
    """List the addresses of those who hold a seat of a session already."""
    holders = ACTIVE - WAITING
    return set(
        db.session.scalars(
            select(Account.email)
            .join(Enrolment, Enrolment.account_id == Account.id)
            .where(Enrolment.course_session_id == course_session.id, Enrolment.state.in_(holders))
        )
    )


def reservation_by_id(reservation_id: uuid.UUID) -> SeatReservation | None:
    """Find a reservation, for the staff."""
    return db.session.scalar(_with_heads(select(SeatReservation).where(SeatReservation.id == reservation_id)))


def all_reservations_in(course_session: CourseSession) -> Sequence[SeatReservation]:
    """List the reservations of a course session in any state but returned, by firm; for the staff."""
    query = select(SeatReservation).where(
        SeatReservation.course_session_id == course_session.id, SeatReservation.state != ReservationState.RETURNED
    )
    return db.session.scalars(_with_heads(query).order_by(SeatReservation.created_at, SeatReservation.id)).all()
