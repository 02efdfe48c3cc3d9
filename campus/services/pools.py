"""Pools: composed by the staff, joined and left by firms, decided at the deadline under the rule announced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from campus import clock, db, policies
from campus.errors import Refused
from campus.lifecycles import POOL, Impossible
from campus.lifecycles.machine import SAME
from campus.lifecycles.pool import LIVING
from campus.models import Account, Course, Need, NeedState, Pool, PoolMember, PoolMemberState, PoolState, Role
from campus.queries.needs import is_queued
from campus.queries.pools import living_places_of, pools_due, pools_due_in, posts_without_seat, weight_of
from campus.services import audit, mails
from campus.services.numbers import next_number

WHO = {Role.STAFF: "staff", Role.EMPLOYER: "firm"}
REMINDED_BEFORE = 10
NAMED_AFTER = timedelta(days=8)  # the pool is decided the day after its deadline; a week is left to name people
MS = PoolMemberState


class PoolHasMovedOn(Refused):
    """The pool is no longer in a state that allows this, or its deadline is past."""


class PoolPlanIsWrong(Refused):
    """A pool closes after today, a week before its session begins, and its least posts fit in its seats."""


class NeedCannotJoin(Refused):
    """Only a published need joins, with posts of its own that have no seat yet; `posts` says how many there are."""


class PoolIsFull(Refused):
    """The session has no more seats; `left` says how many this firm may still take."""


class NotYourPlace(Refused):
    """Only the people of a firm answer for it."""


class PutOffAlready(Refused):
    """A pool is put off once; then it opens or closes."""


class ReasonIsMissing(Refused):
    """Who closes a pool tells the firms why."""


@dataclass(frozen=True)
class PoolPlan:
    """What the staff announce: the least posts, the seats, the last day to join, the session's days, its cost."""

    minimum: int
    seats_max: int
    deadline: date
    put_off_days: int = 30
    starts_on: date | None = None
    ends_on: date | None = None
    place: str = ""
    cost: Decimal | None = None


def compose(actor: Account, course: Course, plan: PoolPlan, *, needs: Iterable[Need]) -> Pool:
    """Announce a pool and its rule, and invite needs to it."""
    _check(plan)
    pool = Pool(reference=_next_reference(), course=course, author=actor, **asdict(plan))
    POOL.step("compose", "", WHO.get(actor.role, "nobody"))
    db.session.add(pool)
    db.session.flush()
    audit.record(actor, "pool_composed", pool, **asdict(plan))
    for need in needs:
        invite(actor, pool, need)
    return pool


def invite(actor: Account, pool: Pool, need: Need) -> PoolMember:
    """Invite a need to a pool; once."""
    _allow(actor, "invite", pool)
    known = next((each for each in pool.members if each.need_id == need.id), None)
    if known is not None:
        return known
    if need.state is not NeedState.PUBLISHED:
        raise NeedCannotJoin(posts=0)
    made = PoolMember(need=need, organisation=need.organisation, author=need.author, invited_at=clock.now())
    pool.members.append(made)
    db.session.flush()
    audit.record(actor, "pool_invited", pool, need=need.reference)
    _tell(made, "pool_invited", key=f"pool:{made.id}:invited")
    return made


def join(actor: Account, member: PoolMember, posts: int) -> PoolMember:
    """Join with some posts of the need, or change how many."""
    pool = _answering(actor, member, "join")
    if pool.deadline < clock.today():
        raise PoolHasMovedOn
    wanting = posts_without_seat([member.need_id])[member.need_id]
    if member.need.state is not NeedState.PUBLISHED or not 1 <= posts <= wanting:
        raise NeedCannotJoin(posts=wanting)
    left = pool.seats_max - weight_of(pool).posts + member.posts
    if posts > left:
        raise PoolIsFull(left=left)
    member.state, member.posts, member.author, member.answered_at = MS.JOINED, posts, actor, clock.now()
    audit.record(actor, "pool_joined", pool, need=member.need.reference, posts=posts)
    _weigh(pool, apart_from=member)
    return member


def leave(actor: Account | None, member: PoolMember, *, why: str = "") -> PoolMember:
    """Leave a pool, or decline its invitation."""
    pool = _answering(actor, member, "leave")
    had_joined = member.state is MS.JOINED
    member.state, member.posts, member.answered_at, member.agreed_at = MS.LEFT, 0, clock.now(), None
    audit.record(actor, "pool_left", pool, need=member.need.reference, why=why)
    if had_joined:
        _weigh(pool, apart_from=member)
    return member


def leave_with(need: Need, why: str) -> None:
    """Let a need that ends leave its pools."""
    for member in living_places_of(need):
        if member.state is not MS.LEFT:
            leave(None, member, why=why)


def agree_to_be_named(actor: Account, member: PoolMember, *, agreed: bool) -> PoolMember:
    """Let the firms that also agree read this firm's name and posts, or no longer."""
    _answering(actor, member, "join")
    if member.state is not MS.JOINED:
        raise PoolHasMovedOn
    member.agreed_at = clock.now() if agreed else None
    audit.record(actor, "pool_agreed" if agreed else "pool_agreement_taken_back", member.pool, need=member.need_id)
    db.session.flush()
    return member


def put_off(actor: Account | None, pool: Pool) -> Pool:
    """Give a pool more time, once, by the days announced; the session moves with it."""
    _lock(pool)
    _allow(actor, "put_off", pool)
    if pool.put_off_at is not None:
        raise PutOffAlready
    later = timedelta(days=pool.put_off_days)
    pool.put_off_at = clock.now()
    pool.deadline += later
    pool.starts_on = pool.starts_on and pool.starts_on + later
    pool.ends_on = pool.ends_on and pool.ends_on + later
    audit.record(actor, "pool_put_off", pool, deadline=pool.deadline, starts_on=pool.starts_on)
    db.session.flush()
    _tell_all(pool, "pool_put_off")
    return pool


def close(actor: Account | None, pool: Pool, reason: str) -> Pool:
    """End a pool without a session, and tell everybody why."""
    _lock(pool)
    if not reason.strip():
        raise ReasonIsMissing
    pool.reason = reason.strip()
    _turn(actor, "close", pool, reason=pool.reason)
    _tell_all(pool, "pool_closed")
    return pool


def pools_to_decide(today: date) -> list[Pool]:
    """Give the pools whose deadline is past, locked for this transaction."""
    return [_lock(pool) for pool in pools_due(today)]


def remind_due(today: date) -> int:
    """Tell the firms of each pool once that its deadline is near; count the mails."""
    told = 0
    for pool in pools_due_in(today, REMINDED_BEFORE):
        for member in pool.members:
            key = f"pool:{member.id}:due:{pool.deadline}"
            if member.state is not MS.LEFT and not is_queued(key):
                _tell(member, "pool_due", key=key)
                told += 1
    return told


def tell_planned(pool: Pool) -> None:
    """Tell every firm that the session opens."""
    _tell_all(pool, "pool_planned")


def note_planned(actor: Account | None, pool: Pool, course_session: Any) -> Pool:
    """Write down which session a pool has become."""
    pool.course_session = course_session
    _turn(actor, "plan", pool, course_session=course_session.id)
    return pool


def _check(plan: PoolPlan) -> None:
    begins = plan.starts_on is None or plan.starts_on >= plan.deadline + NAMED_AFTER
    ends = plan.ends_on is None or (plan.starts_on is not None and plan.ends_on >= plan.starts_on)
    if plan.deadline <= clock.today() or not begins or not ends or not 1 <= plan.minimum <= plan.seats_max:
        raise PoolPlanIsWrong


def _answering(actor: Account | None, member: PoolMember, verb: str) -> Pool:
    if actor is not None and not policies.belongs_to(actor, member.organisation):
        raise NotYourPlace
    pool = _lock(member.pool)
    _allow(actor, verb, pool)
    return pool


def _lock(pool: Pool) -> Pool:
    db.session.flush()
    db.session.refresh(pool, with_for_update=True, attribute_names=["state", "deadline", "put_off_at"])
    return pool


def _allow(actor: Account | None, verb: str, pool: Pool) -> None:
    who = "service" if actor is None else WHO.get(actor.role, "nobody")
    try:
        POOL.step(verb, pool.state.value, who)
    except Impossible as impossible:
        raise PoolHasMovedOn from impossible


def _turn(actor: Account | None, verb: str, pool: Pool, **details: Any) -> None:
    _allow(actor, verb, pool)
    row = POOL.find(verb, pool.state.value)
    if row is not None and row.ends != SAME:
        pool.state = PoolState(row.ends)
    audit.record(actor, row.audit if row else verb, pool, **details)
    db.session.flush()


def _weigh(pool: Pool, *, apart_from: PoolMember) -> None:
    """Tell the others what a seat costs now, and whether the minimum is reached."""
    db.session.flush()
    enough = weight_of(pool).missing == 0
    if enough and pool.state is PoolState.OPEN:
        _turn(None, "reach", pool)
        _tell_all(pool, "pool_reached")
        return
    if not enough and pool.state is PoolState.REACHED:
        _turn(None, "fall_back", pool)
    for member in pool.members:
        if member is not apart_from and member.state is MS.JOINED:
            _tell(member, "pool_changed")


def _tell_all(pool: Pool, kind: str) -> None:
    for member in pool.members:
        if member.state is not MS.LEFT:
            _tell(member, kind, key=f"pool:{member.id}:{kind}:{pool.deadline}:{clock.today()}")


def _tell(member: PoolMember, kind: str, *, key: str | None = None) -> None:
    """Tell one firm about a pool; no mail names another."""
    if key is not None and is_queued(key):
        return
    pool = member.pool
    told = {"course": pool.course.title, "weight": weight_of(pool), "living": pool.state in LIVING}
    mails.tell(member.author, kind, once_key=key, pool=pool, need=member.need, member=member, **told)


def _next_reference() -> str:
    year = clock.today().year
    return f"G-{year}-{next_number(f'pools {year}'):04d}"
