"""What becomes of pools at their deadline: a session opens, with the seats of each firm reserved; or it does not."""

from __future__ import annotations

from datetime import date, timedelta

from campus import clock
from campus.errors import Refused
from campus.models import Account, CourseSession, CourseState, Pool, PoolMemberState, PoolState
from campus.queries.plans import session_planned_for
from campus.queries.pools import weight_of
from campus.services import audit, pools
from campus.services.course_sessions import SessionDetails, add_session
from campus.services.reservations import Wish, reserve
from campus.services.session_lives import open_session

NAMED_BEFORE = timedelta(days=7)
TOO_FEW = "too_few"


class NotEnoughPosts(Refused):
    """The minimum is not reached; `missing` says by how many posts."""


def plan_session(actor: Account | None, pool: Pool) -> CourseSession:
    """Reserve each firm's seats in the session that a pool was for, tell everybody.

    A published plan may have made the session for the pool; otherwise it is made now.
    """
    if pool.state is not PoolState.REACHED:
        raise NotEnoughPosts(missing=weight_of(pool).missing)
    session = session_planned_for(pool, weight_of(pool).posts, clock.today()) or _session(actor or pool.author, pool)
    _reserve(pool, session)
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
    return len(due)


def _reserve(pool: Pool, session: CourseSession) -> None:
    """Reserve each firm's seats in the name of the person who joined; an access lost since stays in the audit log."""
    last = session.starts_on - NAMED_BEFORE if session.starts_on else pool.deadline + NAMED_BEFORE
    until = max(last, clock.today())
    for member in pool.members:
        if member.state is PoolMemberState.JOINED:
            try:
                reserve(member.author, member.organisation, session, wish=Wish(member.posts, until, member.need))
            except Refused as refusal:
                audit.record(None, "pool_not_reserved", pool, member=member.id, why=type(refusal).__name__)
