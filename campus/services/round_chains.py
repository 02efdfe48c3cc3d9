"""A seat that comes free in a round goes to the best ranked person who prefers it, whose own seat comes free in turn.

Nobody else is touched, and nobody gets less than they had. Source: Y. Blum, A. E. Roth and U. G. Rothblum, "Vacancy
Chains and Equilibration in Senior-Level Labor Markets", Journal of Economic Theory 76 (1997). A chain costs one
question a link, however many people take part.
"""

from __future__ import annotations

import uuid
from collections import deque

from campus import db
from campus.models import (
    Account,
    AdmissionRound,
    CourseSession,
    Enrolment,
    RoundEntry,
    RoundSession,
    RoundState,
    RoundWish,
)
from campus.queries.rounds import first_who_prefers
from campus.services import audit, seats
from campus.services.deadlines import deadline
from campus.services.steps import take


def follow(within: AdmissionRound, course_session: CourseSession, staff: Account | None = None) -> list[Enrolment]:
    """Offer the free seats of a session, and those that come free by it, once the round is announced."""
    if within.state is not RoundState.ANNOUNCED:
        return []
    offered, vacant = [], deque([course_session.id])
    while vacant:
        here = db.session.get_one(CourseSession, vacant[0])
        found = first_who_prefers(within, here.id) if here.seats_left > 0 and deadline(here) else None
        if found is None:
            vacant.popleft()
            continue
        enrolment, left = give(here, *found, staff=staff)
        offered.append(enrolment)
        if left is not None:
            vacant.append(left)
    return offered


def give(
    here: CourseSession, wish: RoundWish, entry: RoundEntry, *, staff: Account | None
) -> tuple[Enrolment, uuid.UUID | None]:
    """Offer a free seat to a person; tell which session they leave for it."""
    within, left = entry.round, None
    if entry.enrolment is None:
        made = Enrolment(course_session=here, account=entry.account)
        entry.enrolment = take(staff, "win", made, round_id=within.id)
    else:
        left = entry.enrolment.course_session_id
        entry.enrolment.course_session = here
        take(None, "improve", entry.enrolment, left=left)
        seats.release_seat(left)
        db.session.expire(db.session.get_one(CourseSession, left), ["seats_taken"])
    entry.met = wish.position
    note_rank(within, wish)
    db.session.flush()
    if staff is None:
        audit.record(None, "round.vacated", within, enrolment_id=entry.enrolment.id, left=left, joined=here.id)
    return entry.enrolment, left


def note_rank(within: AdmissionRound, wish: RoundWish) -> None:
    """Remember the last rank that got into a session: what those who did not are told."""
    row = db.session.query(RoundSession).filter_by(round_id=within.id, course_session_id=wish.course_session_id).one()
    row.last_rank = max(row.last_rank, wish.rank or 0)
