"""What becomes of pools at their deadline: a session opens, with the seats of each firm reserved; or it does not."""

from __future__ import annotations

from datetime import date, timedelta

from campus import clock, db
from campus.errors import Refused
from campus.models import Account, CourseSession, CourseState, Pool, PoolMember, PoolMemberState, PoolState
from campus.queries.plans import session_planned_for
from campus.queries.pools import weight_of, without_seats
from campus.services import audit, mails, pools
from campus.services.course_sessions import SessionDetails, add_session
from campus.services.reservations import Wish, reserve
from campus.services.session_lives import open_session

NAMED_BEFORE = timedelta(days=7)
TOO_FEW = "too_few"


class NotEnoughPosts(Refused):
    """The minimum is not reached; `missing` says by how many posts."""


class SeatsAreSettled(Refused):
    """The firm's seats were reserved with the others, or staff have seen to it since."""


def plan_session(actor: Account | None, pool: Pool) -> CourseSession:
    """Reserve each firm's seats in the session that a pool was for, tell everybody.

    A published plan may have made the session for the pool; otherwise it is made now.
    """
    if pool.state is not PoolState.REACHED:
        raise NotEnoughPosts(missing=weight_of(pool).missing)
    session = session_planned_for(pool, weight_of(pool).posts, clock.today()) or _session(actor or pool.author, pool)
    for member in pool.members:
        if member.state is PoolMemberState.JOINED:
            _reserve(member, session)
    pools.note_planned(actor, pool, session)
    pools.tell_planned(pool)
    return session


def _session(by: Account, pool: Pool) -> CourseSession:
    details = SessionDetails(pool.minimum, pool.seats_max, pool.starts_on, pool.ends_on, pool.place)
    made = add_session(by, pool.course, details)
    if pool.course.state is CourseState.PUBLISHED:
        open_session(by, made)
    return made


def decide_due(today: date) -> int:
    """Decide every pool whose deadline is past: it opens, is put off once, or closes; count them."""
    due = pools.pools_to_decide(today)
    for pool in due:
        if pool.state is PoolState.REACHED:
            plan_session(None, pool)
        elif pool.put_off_at is None:
            pools.put_off(None, pool)
        else:
            pools.close(None, pool, TOO_FEW)
        _tell_author(pool)
    return len(due)


def reserve_again(actor: Account, member: PoolMember) -> None:
    """Reserve the seats that a firm did not get when the session opened; what is still in the way refuses."""
    _check_waits(member)
    session = member.pool.course_session
    if session is None:
        raise SeatsAreSettled
    reserve(member.author, member.organisation, session, wish=_wish(member, session))
    _settle(actor, member, "pool_reserved_late")


def note_seen_to(actor: Account, member: PoolMember) -> None:
    """Write down that staff settled with a firm what becomes of the seats that it did not get."""
    _check_waits(member)
    _settle(actor, member, "pool_seats_seen_to")


def _check_waits(member: PoolMember) -> None:
    db.session.refresh(member, with_for_update=True, attribute_names=["not_reserved", "handled_at"])
    if not member.not_reserved or member.handled_at is not None:
        raise SeatsAreSettled


def _settle(actor: Account, member: PoolMember, what: str) -> None:
    member.handled_at = clock.now()
    audit.record(actor, what, member.pool, need=member.need.reference, why=member.not_reserved)
    db.session.flush()


def _tell_author(pool: Pool) -> None:
    """Tell who composed a pool what became of it, the same day as the firms."""
    told = {"course": pool.course.title, "weight": weight_of(pool), "unreserved": without_seats(pool)}
    key = f"pool:{pool.id}:{pool.state}:{pool.deadline}"
    mails.tell(pool.author, "pool_decided", once_key=key, pool=pool, **told)


def _reserve(member: PoolMember, session: CourseSession) -> None:
    """Reserve a firm's seats in the name of the person who joined; what is in the way stays for staff to see to."""
    try:
        reserve(member.author, member.organisation, session, wish=_wish(member, session))
    except Refused as refusal:
        member.not_reserved = type(refusal).__name__
        audit.record(None, "pool_not_reserved", member.pool, member=member.id, why=member.not_reserved)


def _wish(member: PoolMember, session: CourseSession) -> Wish:
    """Ask for a firm's seats, to be named a week before the session, or within a week when that is near."""
    soon = clock.today() + NAMED_BEFORE
    if session.starts_on is None:
        return Wish(member.posts, max(member.pool.deadline + NAMED_BEFORE, clock.today()), member.need)
    until = min(max(session.starts_on - NAMED_BEFORE, soon), session.starts_on - timedelta(days=1))
    return Wish(member.posts, until, member.need)
