"""What people do in a round: rank the sessions they want, change their order, leave."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from campus import clock, db
from campus.errors import Refused
from campus.lifecycles import ADMISSION_ROUND, Impossible
from campus.models import ACTIVE, Account, AdmissionRound, RoundEntry, RoundState, RoundWish
from campus.planning.rounds import MOST_WISHES
from campus.queries.rounds import entry_of, sessions_of
from campus.services import audit, mails
from campus.services.enrolments import withdraw
from campus.services.round_steps import lock


class RoundIsNotOpen(Refused):
    """Wishes are taken from the opening day to the closing day."""


class BadWishes(Refused):
    """One ranks from one to six different sessions of the round; `most` is six."""


def rank_wishes(person: Account, within: AdmissionRound, wanted: Sequence[uuid.UUID]) -> RoundEntry:
    """Keep the sessions that a person wants, the dearest first, in place of what they said before."""
    lock(within)
    if within.state is not RoundState.OPEN or not within.opens_on <= clock.today() <= within.closes_on:
        raise RoundIsNotOpen
    known = {each.course_session_id for each in sessions_of(within)}
    if not 1 <= len(wanted) <= MOST_WISHES or len(set(wanted)) != len(wanted) or not set(wanted) <= known:
        raise BadWishes(most=MOST_WISHES)
    entry = entry_of(person, within) or _enter(person, within)
    entry.left_at = None
    entry.wishes.clear()
    db.session.flush()
    entry.wishes = [RoundWish(course_session_id=each, position=place) for place, each in enumerate(wanted, start=1)]
    entry.updated_at = clock.now()
    db.session.flush()
    audit.record(person, "round.entered", entry, wishes=list(wanted))
    return entry


def _enter(person: Account, within: AdmissionRound) -> RoundEntry:
    made = RoundEntry(round=within, account=person, wishes=[])
    db.session.add(made)
    db.session.flush()
    mails.tell(person, "round_entered", once_key=f"round_entered:{made.id}", round=within)
    return made


def leave(person: Account, within: AdmissionRound) -> RoundEntry | None:
    """Leave a round, whenever; a seat that it gave goes down its chain at once."""
    lock(within)
    entry = entry_of(person, within)
    if entry is None or entry.left_at is not None:
        return entry
    if ADMISSION_ROUND.find("leave", within.state.value) is None:
        raise Impossible(machine=ADMISSION_ROUND.name, verb="leave", state=within.state.value)
    entry.left_at = clock.now()
    db.session.flush()
    audit.record(person, "round.left", entry)
    if entry.enrolment is not None and entry.enrolment.state in ACTIVE:
        withdraw(person, entry.enrolment)
    return entry
