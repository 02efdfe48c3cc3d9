"""Questions about pools: those of a firm, what it may read of the others, those that fall due."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_UP, Decimal

from sqlalchemy import Select, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from campus import db
from campus.lifecycles.pool import LIVING, may_name
from campus.models import Account, Need, NeedPost, Pool, PoolMember, PoolMemberState, PostState
from campus.queries.needs import granted_organisation_ids

WANTS_SEAT = (PostState.OPEN, PostState.PROPOSED, PostState.LOST)
WHOLE = (
    joinedload(Pool.course),
    joinedload(Pool.course_session),
    selectinload(Pool.members).joinedload(PoolMember.organisation),
    selectinload(Pool.members).joinedload(PoolMember.need),
)


@dataclass(frozen=True)
class Fellow:
    """Another firm of a pool, as one firm may read it: without a name or posts until both have agreed to be named."""

    number: int
    name: str = ""
    posts: int | None = None


@dataclass(frozen=True)
class Weight:
    """What a pool weighs: posts joined, firms behind them, posts still missing, the cost of a seat."""

    posts: int
    firms: int
    missing: int
    cost_per_seat: Decimal | None


def weight_of(pool: Pool) -> Weight:
    """Weigh a pool: its cost is shared by the posts that have joined, rounded up to the cent."""
    joined = [each for each in pool.members if each.state is PoolMemberState.JOINED]
    posts = sum(each.posts for each in joined)
    seat = (pool.cost / posts).quantize(Decimal("0.01"), ROUND_UP) if pool.cost is not None and posts else None
    return Weight(posts, len({each.organisation_id for each in joined}), max(pool.minimum - posts, 0), seat)


def without_seats(pool: Pool) -> list[PoolMember]:
    """List the places whose seats could not be reserved when the session opened, and that nobody has seen to."""
    return [each for each in pool.members if each.not_reserved and each.handled_at is None]


def places_without_seats(limit: int) -> Sequence[PoolMember]:
    """List the places of all pools whose seats could not be reserved and that nobody has seen to, oldest first."""
    query = (
        select(PoolMember)
        .join(PoolMember.pool)
        .options(contains_eager(PoolMember.pool).joinedload(Pool.course), joinedload(PoolMember.organisation))
        .where(PoolMember.not_reserved != "", PoolMember.handled_at.is_(None))
    )
    return db.session.scalars(query.order_by(Pool.deadline, PoolMember.id).limit(limit)).all()


def cost_alone(pool: Pool, member: PoolMember) -> Decimal | None:
    """Give the cost of a seat if this need had the session to itself."""
    posts = member.posts or member.need.posts
    return None if pool.cost is None else (pool.cost / posts).quantize(Decimal("0.01"), ROUND_UP)


def pools_of(account: Account) -> Sequence[Pool]:
    """List the pools to which the person's organisations are invited, those that still live first."""
    order = (Pool.state.not_in(LIVING), Pool.deadline, Pool.id)
    return db.session.scalars(_seen_by(account).order_by(*order)).all()


def pool_of(account: Account, pool_id: uuid.UUID) -> Pool | None:
    """Find a pool to which the person's organisations are invited."""
    return db.session.scalar(_seen_by(account).where(Pool.id == pool_id))


def _seen_by(account: Account) -> Select[tuple[Pool]]:
    mine = select(PoolMember.pool_id).where(PoolMember.organisation_id.in_(granted_organisation_ids(account)))
    return select(Pool).options(*WHOLE).where(Pool.id.in_(mine))


def members_of(account: Account, pool: Pool) -> list[PoolMember]:
    """List the places in a pool that are those of the person's organisations."""
    mine = set(db.session.scalars(granted_organisation_ids(account)))
    return [each for each in pool.members if each.organisation_id in mine]


def member_of(account: Account, pool: Pool, member_id: uuid.UUID) -> PoolMember | None:
    """Find a place in a pool that is that of the person's organisations."""
    return next((each for each in members_of(account, pool) if each.id == member_id), None)


def fellows_of(pool: Pool, mine: Sequence[PoolMember]) -> list[Fellow]:
    """List the other firms that have joined, in an order that tells nothing, as these members may read them."""
    own = {each.organisation_id for each in mine}
    agreed = any(each.agreed_at for each in mine if each.state is PoolMemberState.JOINED)
    others = [m for m in pool.members if m.state is PoolMemberState.JOINED and m.organisation_id not in own]
    shuffled = sorted(others, key=lambda each: each.id.bytes[::-1])
    return [
        Fellow(number, each.organisation.name, each.posts)
        if may_name(agreed, each.agreed_at is not None)
        else Fellow(number)
        for number, each in enumerate(shuffled, start=1)
    ]


def pools_for(need: Need) -> Sequence[Pool]:
    """List the living pools to which a need is invited."""
    invited = select(PoolMember.pool_id).where(PoolMember.need_id == need.id)
    query = select(Pool).options(joinedload(Pool.course), joinedload(Pool.members))
    living = query.where(Pool.id.in_(invited), Pool.state.in_(LIVING)).order_by(Pool.deadline)
    return db.session.scalars(living).unique().all()


def all_pools(limit: int = 100) -> Sequence[Pool]:
    """List the pools for the staff, those that still live first."""
    order = (Pool.state.not_in(LIVING), Pool.deadline.desc(), Pool.id)
    return db.session.scalars(select(Pool).options(*WHOLE).order_by(*order).limit(limit)).all()


def pool_by_id(pool_id: uuid.UUID) -> Pool | None:
    """Find a pool for the staff."""
    return db.session.scalar(select(Pool).options(*WHOLE).where(Pool.id == pool_id))


def pools_due(today: date) -> Sequence[Pool]:
    """List the living pools whose last day to join is over."""
    query = select(Pool).options(*WHOLE).where(Pool.state.in_(LIVING), Pool.deadline < today)
    return db.session.scalars(query.order_by(Pool.deadline, Pool.id)).all()


def pools_due_in(today: date, days: int) -> Sequence[Pool]:
    """List the living pools whose last day to join comes within so many days."""
    soon = Pool.deadline.between(today, today + timedelta(days=days))
    return db.session.scalars(select(Pool).options(*WHOLE).where(Pool.state.in_(LIVING), soon)).all()


def living_places_of(need: Need) -> Sequence[PoolMember]:
    """List the places that a need has in living pools."""
    query = select(PoolMember).join(PoolMember.pool).where(PoolMember.need_id == need.id, Pool.state.in_(LIVING))
    return db.session.scalars(query).all()


def posts_without_seat(needs: Collection[uuid.UUID]) -> Counter[uuid.UUID]:
    """Count the posts of needs that no seat stands behind: what they may bring to a pool."""
    query = select(NeedPost.need_id, func.count()).where(NeedPost.need_id.in_(needs), NeedPost.state.in_(WANTS_SEAT))
    return Counter(dict(db.session.execute(query.group_by(NeedPost.need_id)).all()))
