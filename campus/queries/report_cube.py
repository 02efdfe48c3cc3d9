"""The funnel of all needs as it stands today: one statement adds each need up, in the database."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, case, func, literal_column, select

from campus import clock, db
from campus.lifecycles.coverage import PLACE
from campus.models import Commitment, CommitmentStep, CoverageEvent, Need, NeedPost, Occupation, PostState
from campus.planning.quarters import Quarter
from campus.queries.report_kept import WITNESSED, Kept
from campus.reports.funnel import COVERED, NOTHING, SIX_MONTHS_DAYS, Counts, Cube, Told, Where, add, counts_of

CountedNeed = tuple[uuid.UUID, Where, Counts]
AT_WORK = (PostState.HIRED, PostState.STAYED)
SAID = (CommitmentStep.DECLARED, CommitmentStep.LETTER, CommitmentStep.CONTRACT)


# The same in the database: the family of an occupation of a query.
FAMILY = func.coalesce(func.nullif(Occupation.parent_code, ""), Occupation.code)


def family_of(code: str | None, parent: str | None) -> str:
    """Give the family of a trade: its parent in the referential, or itself; "" when the trade is not known."""
    return parent or code or ""


def cohort_of(first: datetime) -> str:
    """Give the quarter in which a need was declared, as people in Chartres count it."""
    return Quarter.of(clock.day_of(first)).code


def cube_today(organisation_id: uuid.UUID | None = None) -> Cube:
    """Count every declared need, or those of one firm, by cohort, family and firm."""
    return add_up(_count(organisation_id)) if organisation_id else _kept().cube


def needs_today() -> Sequence[CountedNeed]:
    """Give every declared need, where it is counted, and its figures."""
    return _kept().needs


@dataclass(frozen=True)
class _Counted:
    """Every need, and what they add up to."""

    needs: Sequence[CountedNeed]
    cube: Cube


def _count_all() -> _Counted:
    needs = list(_count(None))
    return _Counted(needs, add_up(needs))


_kept = Kept(_count_all)


def _count(organisation_id: uuid.UUID | None) -> Iterator[CountedNeed]:
    for row in db.session.execute(_needs(organisation_id)):
        where = Where(cohort_of(row.first), family_of(row.code, row.parent_code), str(row.organisation_id))
        yield row.need_id, where, counts_of(_told(row))


def add_up(needs: Iterable[CountedNeed]) -> Cube:
    """Add needs up where they are counted."""
    found: dict[Where, Counts] = defaultdict(lambda: NOTHING)
    for _need, where, counts in needs:
        found[where] = add(found[where], counts)
    return dict(found)


def _told(row: Any) -> Told:
    said = {step.value: getattr(row, step.value) for step in SAID}
    return Told(row.ever, said, {name: getattr(row, name) or 0 for name in (*COVERED, "due")})


def _needs(organisation_id: uuid.UUID | None) -> Select[Any]:
    said, covered = _said(), _covered()
    query = (
        select(Need.organisation_id, Occupation.code, Occupation.parent_code, *said.c, *covered.c[1:])
        .join(said, said.c.need_id == Need.id)
        .outerjoin(covered, covered.c.need_id == Need.id)
        .outerjoin(Occupation, Occupation.id == Need.occupation_id)
        .where(said.c.first.is_not(None))
    )
    return query if organisation_id is None else query.where(Need.organisation_id == organisation_id)


def taken_back(until: datetime | None = None) -> Select[tuple[uuid.UUID | None]]:
    """Ask for the lines of the ladder that were taken back, by an instant or at all."""
    query = select(Commitment.withdraws_id).where(Commitment.withdraws_id.is_not(None))
    return query if until is None else query.where(Commitment.at <= until)


def _said() -> Subquery:
    """Give, for each need, when it was first declared, the most it ever declared, and what stands of each step."""
    stands = case((Commitment.id.in_(taken_back()), literal_column("0")), else_=literal_column("1"))
    order = (Commitment.at.desc(), Commitment.id.desc())
    last = func.row_number().over(partition_by=(Commitment.need_id, Commitment.step, stands), order_by=order)
    columns = (Commitment.need_id, Commitment.step, Commitment.posts, Commitment.at)
    lines = (
        select(*columns, stands.label("stands"), last.label("last"))
        .where(Commitment.need_id.is_not(None), Commitment.withdraws_id.is_(None), Commitment.step.in_(SAID))
        .subquery()
    )
    declared = lines.c.step == CommitmentStep.DECLARED

    def standing(step: CommitmentStep) -> ColumnElement[int]:
        last_word = (lines.c.step == step) & (lines.c.stands == 1) & (lines.c.last == 1)
        return func.coalesce(func.max(case((last_word, lines.c.posts))), 0).label(step.value)

    return (
        select(
            lines.c.need_id,
            func.min(case((declared, lines.c.at))).label("first"),
            func.coalesce(func.max(case((declared, lines.c.posts))), 0).label("ever"),
            *map(standing, SAID),
        )
        .group_by(lines.c.need_id)
        .subquery()
    )


def _covered() -> Subquery:
    """Give, for each need with a post on its way, the posts that have come at least to each step."""

    def reached(kind: str) -> ColumnElement[int]:
        states = [PostState(state) for state, place in PLACE.items() if place >= PLACE[kind]]
        return func.sum(case((NeedPost.state.in_(states), 1), else_=0))

    steps = [reached(kind).label(step) for step, kind in COVERED.items()]
    before = clock.now() - timedelta(days=SIX_MONTHS_DAYS)
    long_ago = select(CoverageEvent.need_post_id).where(CoverageEvent.kind.in_(WITNESSED), CoverageEvent.at <= before)
    due = case((NeedPost.state.in_(AT_WORK) & NeedPost.id.in_(long_ago), 1), else_=0)
    query = select(NeedPost.need_id, *steps, func.sum(due).label("due")).where(NeedPost.state != PostState.OPEN)
    return query.group_by(NeedPost.need_id).subquery()


def family_labels(codes: set[str]) -> dict[str, str]:
    """Name families of trades by the sheet that bears their code; a family without a sheet keeps its code."""
    found = dict(db.session.execute(select(Occupation.code, Occupation.label).where(Occupation.code.in_(codes))).all())
    return {code: found.get(code, code) for code in codes}
