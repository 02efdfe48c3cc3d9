"""What staff do with an admission round: prepare it, open and close it, have it decided, announce, end it."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from campus import clock, db
from campus.errors import Refused
from campus.models import (
    Account,
    AdmissionRound,
    Criterion,
    RoundSession,
    RoundState,
)
from campus.queries.rounds import rounds_to_close, sessions_of, sessions_to_decide, taking_part
from campus.services import audit, mails, round_chains, seats, session_mails
from campus.services.deadlines import deadline
from campus.services.round_decision import decide_round
from campus.services.round_steps import lock, step
from campus.services.steps import ReasonIsMissing

S = RoundState


class SessionNotForRound(Refused):
    """A session of the list is no longer open, people wait for it, or another round decides it."""


class RoundIsNotReady(Refused):
    """A round opens with two sessions or more, and before its closing day."""


class StillOpen(Refused):
    """Wishes are taken until the closing day; `day` is when the round may be closed."""


class TooEarly(Refused):
    """The result is told from the announced day on; `day` says which."""


class NoTimeToAnswer(Refused):
    """A session begins too soon for people to accept a seat; `courses` says which."""


@dataclass(frozen=True)
class RoundDetails:
    """All that staff say of a round: its name, its days, the criteria in order, the rule in words."""

    name: str
    opens_on: date
    closes_on: date
    decides_on: date
    criteria: tuple[Criterion, ...] = ()
    rule: str = ""


def create_round(staff: Account, details: RoundDetails, sessions: Collection[uuid.UUID]) -> AdmissionRound:
    """Prepare a round; the seed of its lottery is drawn now and hidden, its digest can be published."""
    seed = secrets.token_hex(16)
    made = AdmissionRound(seed=seed, seed_digest=hashlib.sha256(seed.encode()).hexdigest())
    _write(made, details)
    db.session.add(made)
    db.session.flush()
    _bring_in(made, sessions)
    audit.record(staff, "round.created", made, sessions=len(sessions), seed_digest=made.seed_digest)
    return made


def revise_round(
    staff: Account, within: AdmissionRound, details: RoundDetails, *, sessions: Collection[uuid.UUID]
) -> AdmissionRound:
    """Change a round that is not open yet."""
    lock(within)
    step(staff, "revise", within, sessions=len(sessions))
    _write(within, details)
    for row in sessions_of(within):
        db.session.delete(row)
    db.session.flush()
    _bring_in(within, sessions)
    return within


def _write(within: AdmissionRound, details: RoundDetails) -> None:
    for name, value in vars(details).items():
        setattr(within, name, [each.value for each in value] if name == "criteria" else value)


def _bring_in(within: AdmissionRound, ids: Collection[uuid.UUID]) -> None:
    """Bring sessions into a round, once nobody can slip in by the other door meanwhile."""
    seats.lock_all(ids)
    if set(ids) - {each.id for each in sessions_to_decide(within)}:
        raise SessionNotForRound
    db.session.add_all(RoundSession(round=within, course_session_id=each) for each in sorted(ids))
    db.session.flush()


def open_round(staff: Account, within: AdmissionRound) -> AdmissionRound:
    """Let people rank the sessions, and publish the digest of the seed."""
    lock(within)
    if within.state is S.OPEN:
        return within
    if len(sessions_of(within)) < 2 or within.closes_on < clock.today():
        raise RoundIsNotReady
    return step(staff, "open", within, seed_digest=within.seed_digest)


def close_round(staff: Account | None, within: AdmissionRound) -> AdmissionRound:
    """Take no more wishes, once the closing day is over."""
    lock(within)
    if within.state is S.CLOSED:
        return within
    if within.state is S.OPEN and clock.today() <= within.closes_on:
        raise StillOpen(day=f"{within.closes_on:%d/%m/%Y}")
    return step(staff, "close", within)


def close_due(today: date) -> int:
    """Close the rounds whose last day for wishes is past, and tell the team what is theirs to do next; count them."""
    due = rounds_to_close(today)
    for each in due:
        close_round(None, each)
        session_mails.tell_staff("round_closed", str(each.id), round=each, people=len(taking_part(each)))
    return len(due)


def decide(staff: Account, within: AdmissionRound) -> AdmissionRound:
    """Have the round decided; asked again, it answers the same and changes nothing."""
    lock(within)
    if within.state in {S.DECIDED, S.ANNOUNCED, S.FINISHED}:
        return within
    step(staff, "decide", within)
    seats.lock_all([each.course_session_id for each in sessions_of(within)])
    admitted, people = decide_round(within)
    within.decided_at = clock.now()
    db.session.flush()
    audit.record(staff, "round.counted", within, people=people, admitted=admitted)
    return within


def announce(staff: Account, within: AdmissionRound) -> AdmissionRound:
    """Offer the seats, tell everybody, show the seed; what came free since the decision goes down its chain."""
    lock(within)
    if within.state in {S.ANNOUNCED, S.FINISHED}:
        return within
    if clock.today() < within.decides_on:
        raise TooEarly(day=f"{within.decides_on:%d/%m/%Y}")
    inside = sessions_of(within)
    held = seats.lock_all([each.course_session_id for each in inside])
    late = [each.course_session.course.title for each in inside if deadline(held[each.course_session_id]) is None]
    if late:
        raise NoTimeToAnswer(courses=", ".join(late))
    within.announced_at = clock.now()
    step(staff, "announce", within, seed=within.seed)
    _offer(staff, within)
    for each in inside:
        round_chains.follow(within, each.course_session, staff)
    _tell_the_others(within)
    return within


def _offer(staff: Account, within: AdmissionRound) -> None:
    for entry in taking_part(within):
        wish = next((each for each in entry.wishes if each.position == entry.met), None)
        if wish is not None:
            entry.met = None
            if wish.course_session.seats_left > 0:
                round_chains.give(wish.course_session, wish, entry, staff=staff)
    db.session.flush()


def _tell_the_others(within: AdmissionRound) -> None:
    last = {each.course_session_id: each.last_rank for each in sessions_of(within)}
    for entry in taking_part(within):
        if entry.met is None:
            told = [
                (each.course_session.course.title, last[each.course_session_id], each.rank) for each in entry.wishes
            ]
            mails.tell(entry.account, "round_unmet", once_key=f"round_unmet:{entry.id}", round=within, wishes=told)


def finish_round(staff: Account, within: AdmissionRound) -> AdmissionRound:
    """End a round: its sessions take applications in the order of arrival again."""
    lock(within)
    if within.state is S.FINISHED:
        return within
    step(staff, "finish", within)
    return _let_go(within)


def cancel_round(staff: Account, within: AdmissionRound, reason: str) -> AdmissionRound:
    """Give a round up before it is announced, and tell those who take part why."""
    if not reason.strip():
        raise ReasonIsMissing
    lock(within)
    if within.state is S.CANCELLED:
        return within
    within.reason = reason.strip()
    step(staff, "cancel", within, reason=within.reason)
    for entry in taking_part(within):
        key = f"round_cancelled:{entry.id}"
        mails.tell(entry.account, "round_cancelled", once_key=key, round=within, reason=within.reason)
    return _let_go(within)


def _let_go(within: AdmissionRound) -> AdmissionRound:
    for row in sessions_of(within):
        row.live = False
    db.session.flush()
    return within
