"""Seats that a firm reserves for its staff or its posts: named later, given back when nobody was named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from campus import clock, db, policies
from campus.errors import Refused
from campus.lifecycles import RESERVATION, Impossible
from campus.models import (
    WAITING,
    Account,
    CourseSession,
    CoverageKind,
    CoverageSource,
    Enrolment,
    Need,
    Organisation,
    ReservationState,
    Role,
    SeatReservation,
)
from campus.queries.accounts import account_by_email
from campus.queries.coverage import posts_reserved_by
from campus.queries.enrolments import active_enrolment
from campus.queries.reservations import open_posts, overdue_reservations, reservations_to_name
from campus.services import audit, ledger, mails, seats, session_mails
from campus.services.enrolments import check_takes_applications
from campus.services.offers import OfferIsOver, catch_up, deadline, may_name, offer_next
from campus.services.steps import Step, guard, take

WHO = {Role.STAFF: "staff", Role.EMPLOYER: "firm"}
RETURNED = "reservation_returned"
WARNED_BEFORE = timedelta(days=3)


class AccessNotGranted(Refused):
    """Only those whom a verified organisation has let in reserve for it."""


class NotEnoughSeats(Refused):
    """So many seats are not free, or people wait for them; `free` says how many are."""


class NamingDateIsWrong(Refused):
    """People are named from today until the day before the session begins."""


class NamingIsOver(Refused):
    """Every seat has its name, or the date to name people has passed."""


class HasSeatAlready(Refused):
    """The person has a seat in that session."""


@dataclass(frozen=True)
class Wish:
    """What a firm asks for: so many seats, to be named until a day, perhaps for the posts of a need."""

    seats: int
    names_until: date
    need: Need | None = None


def reserve(
    actor: Account, organisation: Organisation, course_session: CourseSession, *, wish: Wish
) -> SeatReservation:
    """Take free seats for a firm; nobody who waits is passed."""
    if actor.role is not Role.STAFF and not policies.may_post_need(actor, organisation):
        raise AccessNotGranted
    check_takes_applications(course_session)
    last_day = course_session.starts_on
    if wish.names_until < clock.today() or (last_day is not None and wish.names_until >= last_day):
        raise NamingDateIsWrong
    catch_up(course_session)
    if not seats.take_seats(course_session.id, wish.seats):
        raise NotEnoughSeats(free=course_session.seats_left)
    made = SeatReservation(
        course_session=course_session,
        organisation=organisation,
        need=wish.need,
        author=actor,
        seats=wish.seats,
        unnamed=wish.seats,
        names_until=wish.names_until,
    )
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "reservation.reserved", made, seats=wish.seats, names_until=wish.names_until)
    _note_reserved(actor, made)
    _tell("seats_reserved", made)
    return made


def name_person(actor: Account, reservation: SeatReservation, *, email: str, name: str) -> Enrolment:
    """Name somebody for a reserved seat: it is offered to them until a deadline."""
    lock(reservation)
    if not may_name(reservation) or reservation.unnamed == 0:
        raise NamingIsOver
    course_session = reservation.course_session
    if deadline(course_session) is None:
        raise OfferIsOver
    person = _find_or_make(email.strip().lower(), name.strip())
    known = active_enrolment(person, course_session)
    if known is not None and known.state not in WAITING:
        raise HasSeatAlready
    enrolment = known or Enrolment(course_session=course_session, account=person)
    enrolment.reservation = reservation
    took = take(actor, "name", enrolment, reservation_id=reservation.id)
    _tie(actor, took, reservation)
    return took


def _tie(actor: Account, enrolment: Enrolment, reservation: SeatReservation) -> None:
    """Let a named person stand behind one of the posts that the seats were reserved for."""
    posts = posts_reserved_by(reservation)
    if not posts:
        return
    enrolment.need_post_id = posts[0]
    db.session.flush()
    ledger.append(
        actor,
        posts[0],
        CoverageKind.LOST,
        source=CoverageSource.CAMPUS,
        reason="named",
        reservation=str(reservation.id),
    )
    ledger.append(actor, posts[0], CoverageKind.RESERVED, enrolment=enrolment, source=CoverageSource.CAMPUS)


def give_back(actor: Account | None, reservation: SeatReservation) -> SeatReservation:
    """Give the seats without a name back to everybody, those who wait first."""
    lock(reservation)
    if reservation.state is ReservationState.RETURNED:
        return reservation
    _allow(actor, "give_back", reservation)
    unnamed = reservation.unnamed
    reservation.state, reservation.unnamed = ReservationState.RETURNED, 0
    db.session.flush()
    seats.release_seat(reservation.course_session_id, unnamed)
    audit.record(actor, "reservation.returned", reservation, seats=unnamed)
    _note_returned(actor, reservation)
    _tell("seats_returned", reservation, returned=unnamed)
    offer_next(reservation.course_session)
    return reservation


def warn_unused(today: date) -> int:
    """Tell firms, three days ahead and once, which seats go back to everybody for want of a name; count the mails."""
    written = 0
    for each in reservations_to_name(today, today + WARNED_BEFORE):
        if clock.day_of(each.created_at) < today:
            values = {"reservation": each, "course": each.course_session.course.title}
            fact = f"{each.id}:{each.names_until}"
            written += session_mails.tell_once([each.author], "seats_unnamed", fact, **values)
    return written


def return_unused(today: date) -> int:
    """Give back the seats of every reservation whose naming date has passed; count the reservations."""
    overdue = overdue_reservations(today)
    for each in overdue:
        give_back(None, each)
    return len(overdue)


def lock(reservation: SeatReservation) -> None:
    """Lock the seats of the course session, then read the reservation as it stands now."""
    seats.lock(reservation.course_session_id)
    db.session.refresh(reservation)
    catch_up(reservation.course_session)


@guard("reserved_seat")
def _reserved_seat(step: Step) -> None:
    reservation = step.enrolment.reservation
    if reservation is None or reservation.unnamed == 0:
        raise NamingIsOver
    _allow(step.actor, "name", reservation)
    reservation.unnamed -= 1
    if reservation.unnamed == 0:
        reservation.state = ReservationState.USED
    audit.record(step.actor, "reservation.named", reservation, left=reservation.unnamed)


def _allow(actor: Account | None, verb: str, reservation: SeatReservation) -> None:
    who = "service" if actor is None else WHO.get(actor.role, "nobody")
    try:
        RESERVATION.step(verb, reservation.state.value, who)
    except Impossible as impossible:
        raise NamingIsOver from impossible


def _note_reserved(actor: Account, reservation: SeatReservation) -> None:
    if reservation.need is not None:
        for post in open_posts(reservation.need, reservation.seats):
            ledger.append(actor, post.id, CoverageKind.RESERVED, reservation=str(reservation.id))


def _note_returned(actor: Account | None, reservation: SeatReservation) -> None:
    for post_id in posts_reserved_by(reservation):
        said = {"source": CoverageSource.CAMPUS, "reservation": str(reservation.id)}
        ledger.append(actor, post_id, CoverageKind.LOST, reason=RETURNED, **said)
        ledger.reopen_if_lost(post_id)


def _find_or_make(email: str, name: str) -> Account:
    known = account_by_email(email)
    if known is not None:
        return known
    made = Account(email=email, display_name=name, role=Role.TRAINEE)
    db.session.add(made)
    db.session.flush()
    return made


def _tell(event: str, reservation: SeatReservation, **values: object) -> None:
    mails.tell(
        reservation.author,
        event,
        once_key=f"{event}:{reservation.id}",
        reservation=reservation,
        course=reservation.course_session.course.title,
        **values,
    )
