"""Seats offered until a deadline: to the first who waits, accepted, declined, run out.

Whoever changes an offer holds the lock of the course session (`seats.lock`): the deadline is then judged on what is
true now, and the seat that comes free is offered to the next in the same transaction.
"""

from __future__ import annotations

from datetime import datetime

from campus import clock, db
from campus.errors import Refused
from campus.models import (
    HOLDS_SEAT,
    Account,
    CourseSession,
    CoverageKind,
    Enrolment,
    EnrolmentState,
    OneTimeLink,
    ReservationState,
    SeatReservation,
)
from campus.queries.enrolments import next_waiting
from campus.queries.offers import late_offers, offers_to_remind, sessions_with_late_offers
from campus.queries.rounds import live_round_of
from campus.services import audit, enrolment_mails, ledger, links, round_chains, seats
from campus.services.deadlines import OfferIsOver, deadline
from campus.services.steps import Step, effect, guard, take


class NoFreeSeat(Refused):
    """No seat is free, or somebody waits for it."""


class OfferStillRuns(Refused):
    """The person may still answer."""


def offer_next(course_session: CourseSession) -> list[Enrolment]:
    """Offer the free seats to those who wait, in the order of the rule; in a round, to those who prefer them."""
    seats.lock(course_session.id)
    within = live_round_of(course_session)
    if within is not None:
        return round_chains.follow(within, course_session)
    offered: list[Enrolment] = []
    while deadline(course_session) and (first := next_waiting(course_session)):
        try:
            offered.append(take(None, "offer", first))
        except NoFreeSeat:
            break
    return offered


def catch_up(course_session: CourseSession) -> None:
    """Let the offers of a course session run out whose time is over, before anything else is decided."""
    seats.lock(course_session.id)
    for late in late_offers(course_session, clock.now()):
        take(None, "expire", late)


def expire_offers(now: datetime) -> int:
    """Let every offer run out whose time is over, session by session; count them."""
    expired = 0
    for course_session_id in sessions_with_late_offers(now):
        course_session = seats.lock(course_session_id)
        late = late_offers(course_session, now)
        for each in late:
            take(None, "expire", each)
        expired += len(late)
    return expired


def remind_offers(now: datetime) -> int:
    """Write once, at half time, to those who have not answered; count them."""
    reminded = offers_to_remind(now)
    for each in reminded:
        each.reminded_at = now
        enrolment_mails.tell("reminded", each)
    db.session.flush()
    return len(reminded)


def accept(actor: Account, enrolment: Enrolment) -> Enrolment:
    """Take the seat that is offered; it is then sure."""
    hold(enrolment)
    if enrolment.state == EnrolmentState.CONFIRMED:
        return enrolment
    return take(actor, "accept", enrolment)


def decline(actor: Account, enrolment: Enrolment) -> Enrolment:
    """Leave the seat that is offered; it goes to the next at once."""
    hold(enrolment)
    if enrolment.state == EnrolmentState.DECLINED:
        return enrolment
    return take(actor, "decline", enrolment)


def accept_by_link(link: OneTimeLink, enrolment: Enrolment) -> Enrolment:
    """Take the seat by the link of a mail; a second click changes nothing."""
    _check(link)
    return accept(enrolment.account, enrolment)


def decline_by_link(link: OneTimeLink, enrolment: Enrolment) -> Enrolment:
    """Leave the seat by the link of a mail; a second click changes nothing."""
    _check(link)
    return decline(enrolment.account, enrolment)


def _check(link: OneTimeLink) -> None:
    """The link may be followed often: what it can do once is kept by the state of the application."""
    if link.expires_at < clock.now():
        raise OfferIsOver
    links.note_use(link)


def hold(enrolment: Enrolment) -> None:
    """Lock the seats of the course session, then read the application as it stands now."""
    seats.lock(enrolment.course_session_id)
    db.session.refresh(enrolment)


@guard("free_seat")
def _free_seat(step: Step) -> None:
    if not seats.take_seat_for_next(step.enrolment.course_session.id):
        raise NoFreeSeat


@guard("free_seat_and_nobody_waits")
def _free_seat_and_nobody_waits(step: Step) -> None:
    if not seats.take_seat(step.enrolment.course_session.id):
        raise NoFreeSeat


@guard("in_time")
def _in_time(step: Step) -> None:
    until = step.enrolment.offer_until
    if until is not None and until < clock.now():
        raise OfferIsOver


@guard("late")
def _late(step: Step) -> None:
    until = step.enrolment.offer_until
    if until is None or until >= clock.now():
        raise OfferStillRuns


def may_name(reservation: SeatReservation) -> bool:
    """Tell whether a firm may still name people for its seats."""
    return reservation.state is not ReservationState.RETURNED and clock.today() <= reservation.names_until


@effect("free_seat")
def _give_back(step: Step) -> None:
    """Give the seat back: to the firm that reserved it while it may still name somebody, else to everybody."""
    if step.before not in HOLDS_SEAT:
        return
    reservation = step.enrolment.reservation
    if reservation is not None:
        db.session.refresh(reservation)
    again = reservation is not None and may_name(reservation)
    if reservation is not None and step.row.ends != EnrolmentState.CALLED_OFF:
        enrolment_mails.tell_firm(step.enrolment, reservation, before=step.before, again=again)
    if reservation is None or not again:
        seats.release_seat(step.enrolment.course_session_id)
        return
    reservation.unnamed += 1
    reservation.state = ReservationState.OPEN
    db.session.flush()
    audit.record(None, "reservation.freed", reservation, enrolment_id=step.enrolment.id)
    if step.enrolment.need_post_id is not None:
        ledger.append(None, step.enrolment.need_post_id, CoverageKind.RESERVED, reservation=str(reservation.id))


@effect("note_proposed")
def _note_proposed(step: Step) -> None:
    ledger.propose(step.actor, step.enrolment)


@effect("note_enrolled")
def _note_enrolled(step: Step) -> None:
    ledger.note(step.actor, step.enrolment, CoverageKind.ENROLLED)


@effect("note_started")
def _note_started(step: Step) -> None:
    ledger.note(step.actor, step.enrolment, CoverageKind.STARTED)


@effect("note_completed")
def _note_completed(step: Step) -> None:
    ledger.note(step.actor, step.enrolment, CoverageKind.COMPLETED, result=step.row.ends)


@effect("note_lost")
def _note_lost(step: Step) -> None:
    """Say in one word how the person left: the ledger is read by firms and never erased, a motive is between two."""
    ledger.note_lost(step.actor, step.enrolment, step.row.ends)


@effect("offer_next")
def _offer_next(step: Step) -> None:
    if step.before in HOLDS_SEAT:
        offer_next(step.enrolment.course_session)
