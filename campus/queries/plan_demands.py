"""The posts that a plan may cover: of needs, of pools in their own window; and the seats that are free already."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import contains_eager

from campus import db
from campus.lifecycles.commitment import COMMITTED
from campus.models import (
    Match,
    Need,
    NeedPost,
    NeedState,
    Pool,
    PoolMember,
    PoolMemberState,
    PoolState,
)
from campus.planning import values
from campus.queries.commitments import Reached, posts_by_step
from campus.queries.pools import WANTS_SEAT

SIGNED, SAID = 3, 1
TO_FRIDAY = timedelta(days=4)


@dataclass(frozen=True)
class Horizon:
    """The weeks of a plan, from a Monday on."""

    first_day: date
    weeks: int

    @property
    def end(self) -> date:
        """Give the Monday after the last week."""
        return self.first_day + timedelta(weeks=self.weeks)

    def week_of(self, day: date) -> int:
        """Give the week that a day lies in; below 0 before the first."""
        return (day - self.first_day).days // 7

    def ending_by(self, day: date | None) -> int:
        """Give the last week whose Friday is not after a day, or the last of all."""
        return self.weeks - 1 if day is None else min(self.week_of(day - TO_FRIDAY), self.weeks - 1)


def need_of(demand: str) -> uuid.UUID:
    """Give the need that a demand's key names."""
    return uuid.UUID(demand.split("/", maxsplit=1)[0])


def pool_of(demand: str) -> uuid.UUID | None:
    """Give the pool that a demand's key names, if it is one of a pool."""
    parts = demand.split("/")
    return uuid.UUID(parts[2]) if len(parts) > 2 else None


@dataclass(frozen=True)
class Outside:
    """Posts that no plan can cover, by need: no course teaches them in full, or their latest date comes too early."""

    no_course: dict[uuid.UUID, tuple[int, int]]
    too_early: dict[uuid.UUID, tuple[int, int]]


def outside(horizon: Horizon, courses: set[str]) -> Outside:
    """Count, as committed and declared, the posts without a seat that `demands` does not hold."""
    answers, signed, found = _answers(courses), posts_by_step(), Outside({}, {})
    asked: Counter[tuple[uuid.UUID, int]] = Counter()
    for each in demands(horizon, courses):
        asked[need_of(each.key), each.step] += each.posts
    for need, posts in _waiting(None):
        left = _by_step(signed, need, posts)
        committed, declared = (left[step] - asked[need.id, step] for step in (SIGNED, SAID))
        if committed + declared:
            in_time = horizon.ending_by(need.latest) >= 0
            kind = found.no_course if in_time and not answers[need.id] else found.too_early
            kind[need.id] = (committed, declared)
    return found


def _by_step(signed: Mapping[uuid.UUID, Reached], need: Need, posts: int) -> dict[int, int]:
    """Split the posts of a need into those that its firm has signed for and the others."""
    most = max((signed[need.id][step] for step in COMMITTED), default=0) if need.id in signed else 0
    return {SIGNED: min(most, posts), SAID: posts - min(most, posts)}


def demands(horizon: Horizon, courses: set[str]) -> tuple[values.Demand, ...]:
    """List the posts without a seat: in a pool those that its firms brought, then what each need asks beside it.

    A pool asks for its own course, after its deadline or on the days announced; a need for any course that teaches all
    its essential skills in full.
    """
    answers, signed, pooled = _answers(courses), posts_by_step(), _pooled(courses)
    found: list[values.Demand] = []
    for need, posts in _waiting(horizon.first_day):
        left = _by_step(signed, need, posts)
        for member in pooled[need.id]:
            found += _of_pool(horizon, member, left)
        last = horizon.ending_by(need.latest)
        for step, count in left.items():
            if count and last >= 0 and answers[need.id]:
                key = f"{need.id}/{step}"
                found.append(values.Demand(key, count, step, 0, last, frozenset(answers[need.id])))
    return tuple(found)


def _of_pool(horizon: Horizon, member: PoolMember, left: dict[int, int]) -> list[values.Demand]:
    """Take the posts of a need that are in a pool, signed ones first, off those that are left."""
    pool, found, wanted = member.pool, [], member.posts
    begins = pool.starts_on or pool.deadline + timedelta(days=7 - pool.deadline.weekday())
    last = min(horizon.ending_by(member.need.latest), horizon.ending_by(_friday(pool.ends_on)))
    for step in (SIGNED, SAID):
        count = min(left[step], wanted)
        wanted -= count
        left[step] -= count
        if count and last >= 0:
            first = max(horizon.week_of(begins), 0)
            key = f"{member.need_id}/{step}/{pool.id}"
            found.append(values.Demand(key, count, step, first, last, frozenset({str(pool.course_id)})))
    return found


def _friday(day: date | None) -> date | None:
    return day and day + timedelta(days=4 - day.weekday())


def _pooled(courses: set[str]) -> dict[uuid.UUID, list[PoolMember]]:
    """List the places with posts in pools that wait for a session, by need."""
    query = (
        select(PoolMember)
        .join(PoolMember.pool)
        .options(contains_eager(PoolMember.pool))
        .where(PoolMember.state == PoolMemberState.JOINED, Pool.state.in_((PoolState.OPEN, PoolState.REACHED)))
    )
    found: dict[uuid.UUID, list[PoolMember]] = defaultdict(list)
    for each in db.session.scalars(query.order_by(Pool.reference, PoolMember.id)):
        if str(each.pool.course_id) in courses:
            found[each.need_id].append(each)
    return found


def _waiting(first_day: date | None) -> list[tuple[Need, int]]:
    """List the published needs, those not late on a day or all, with how many posts no seat stands behind."""
    late = [] if first_day is None else [Need.latest.is_(None) | (Need.latest >= first_day)]
    rows = db.session.execute(
        select(Need, func.count(NeedPost.id))
        .join(NeedPost, NeedPost.need_id == Need.id)
        .where(
            Need.state == NeedState.PUBLISHED,
            NeedPost.state.in_(WANTS_SEAT),
            *late,
        )
        .group_by(Need.id)
        .order_by(Need.id)
    )
    return [(need, count) for need, count in rows]


def _answers(courses: set[str]) -> dict[uuid.UUID, set[str]]:
    """Give, for each need, the courses that teach all its essential skills in full."""
    found: dict[uuid.UUID, set[str]] = defaultdict(set)
    query = select(Match.need_id, Match.course_id).where(Match.essential_missing == 0, Match.essential_partial == 0)
    for need, course in db.session.execute(query):
        if str(course) in courses:
            found[need].add(str(course))
    return found
