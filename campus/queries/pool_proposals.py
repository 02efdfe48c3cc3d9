"""Pools that the engine proposes: needs alike of several firms that one published course would serve as a whole."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Row, Select, func, select

from campus import db
from campus.lifecycles.pool import LIVING
from campus.matching.likeness import likeness
from campus.matching.values import NeedView
from campus.models import Course, CourseState, Match, Need, NeedPost, NeedState, Organisation, Pool, PoolMember
from campus.queries import judging
from campus.queries.firms import SIREN, count_firms
from campus.queries.pools import WANTS_SEAT

BEST_ANSWERS = 3
FEWEST_FIRMS = 2
MOST_COURSES, MOST_NEEDS = 8, 20
LEAST_ALIKE = 0.4
WITHOUT_SEAT = (
    select(func.count())
    .where(NeedPost.need_id == Need.id, NeedPost.state.in_(WANTS_SEAT))
    .correlate(Need)
    .scalar_subquery()
)


@dataclass(frozen=True)
class ProposedNeed:
    """A need of a proposal: its firm, its posts without a seat, how alike it is to the first (0 to 1)."""

    id: uuid.UUID
    reference: str
    title: str
    posts: int
    latest: date | None
    organisation_id: uuid.UUID
    firm: str
    site: str
    alike: float


@dataclass(frozen=True)
class Proposal:
    """A pool to think of: the course that covers every essential skill of these needs, and by when."""

    course_id: uuid.UUID
    title: str
    needs: tuple[ProposedNeed, ...]

    @property
    def posts(self) -> int:
        """Add up the posts."""
        return sum(each.posts for each in self.needs)

    @property
    def firms(self) -> int:
        """Count the firms."""
        return len({each.firm for each in self.needs})

    @property
    def by(self) -> date | None:
        """Give the earliest of the latest dates."""
        return min((each.latest for each in self.needs if each.latest), default=None)


def proposals(today: date) -> list[Proposal]:
    """Propose pools, the one with most posts first; a need is proposed once, and not while it is in a pool."""
    chosen = db.session.execute(_courses(today)).all()
    rows: dict[uuid.UUID, list[Row]] = defaultdict(list)
    for row in db.session.execute(_rows([each.id for each in chosen], today)):
        if len(rows[row.course_id]) < MOST_NEEDS:
            rows[row.course_id].append(row)
    ids = {row.id for found in rows.values() for row in found}
    views = {view.id: view for view in judging.need_views(ids, {})}
    taken: set[uuid.UUID] = set()
    made = []
    for course in chosen:
        left = [row for row in rows[course.id] if row.id not in taken]
        proposal = Proposal(course.id, course.title, _alike(left, views))
        if proposal.firms >= FEWEST_FIRMS:
            made.append(proposal)
            taken |= {need.id for need in proposal.needs}
    return made


def _alike(rows: Sequence[Row], views: dict[str, NeedView]) -> tuple[ProposedNeed, ...]:
    """Keep the needs that are like the one with most posts, which comes first."""
    if not rows:
        return ()
    first = views[str(rows[0].id)]
    judged = [(row, likeness(first, views[str(row.id)]).score) for row in rows]
    return tuple(ProposedNeed(*row[1:], alike) for row, alike in judged if alike >= LEAST_ALIKE)


def _served(today: date) -> Select:
    """Join the needs that count with the courses that cover all their essential skills, among their best answers."""
    pooled = select(PoolMember.need_id).join(PoolMember.pool).where(Pool.state.in_(LIVING))
    return (
        select()
        .select_from(Match)
        .join(Need, Need.id == Match.need_id)
        .join(Organisation, Organisation.id == Need.organisation_id)
        .join(Course, Course.id == Match.course_id)
        .where(
            Match.position <= BEST_ANSWERS,
            Match.essential_missing == 0,
            Match.essential_partial == 0,
            Need.state == NeedState.PUBLISHED,
            Need.latest > today,
            Course.state == CourseState.PUBLISHED,
            Need.id.not_in(pooled),
            WITHOUT_SEAT > 0,
        )
    )


def _courses(today: date) -> Select:
    query = _served(today).add_columns(Course.id, Course.title).group_by(Course.id, Course.title)
    several = query.having(count_firms() >= FEWEST_FIRMS)
    return several.order_by(func.sum(WITHOUT_SEAT).desc(), Course.id).limit(MOST_COURSES)


def _rows(course_ids: Sequence[uuid.UUID], today: date) -> Select:
    columns = (Match.course_id, Need.id, Need.reference, Need.title, WITHOUT_SEAT, Need.latest, Need.organisation_id)
    return (
        _served(today)
        .add_columns(*columns, SIREN, Organisation.name)
        .where(Match.course_id.in_(course_ids))
        .order_by(Match.course_id, WITHOUT_SEAT.desc(), Need.reference)
    )
