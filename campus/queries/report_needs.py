"""What stands behind a figure of the funnel: needs with their posts, and proofs without a name."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campus import clock, db
from campus.lifecycles.coverage import PLACE
from campus.models import Commitment, CommitmentStep, CoverageEvent, CoverageKind, Need
from campus.queries.report_cube import CountedNeed, needs_today
from campus.queries.report_replay import needs_at, posts_at
from campus.reports.funnel import COUNTS, COVERED, Where


@dataclass(frozen=True)
class Behind:
    """Which figure is opened: its step, and the cohort (or its year), the family and the firm it is narrowed to."""

    step: str
    quarter: str | None = None
    family: str | None = None
    firm: str | None = None
    year: str = ""

    def holds(self, where: Where) -> bool:
        """Tell whether a need is counted there."""
        asked = (self.quarter, self.family, self.firm)
        alike = all(wanted in (None, found) for wanted, found in zip(asked, where, strict=True))
        return alike and where.quarter.startswith(self.year)


def needs_behind(behind: Behind, instant: datetime | None = None) -> list[tuple[uuid.UUID, int]]:
    """List the needs that a figure adds up, each with its part, the largest first; today's or a past day's."""
    known: Iterable[CountedNeed] = needs_at(instant) if instant else needs_today()
    place = COUNTS.index(behind.step)
    found = [(key, counts[place]) for key, where, counts in known if counts[place] and behind.holds(where)]
    return sorted(found, key=lambda pair: (-pair[1], str(pair[0])))


def needs_by_id(keys: Sequence[uuid.UUID]) -> dict[uuid.UUID, Need]:
    """Load needs with their firm and trade."""
    query = select(Need).options(joinedload(Need.organisation), joinedload(Need.occupation)).where(Need.id.in_(keys))
    return {each.id: each for each in db.session.scalars(query)}


@dataclass(frozen=True)
class Proof:
    """What proves a part of a figure, told without a name: its month, what was written, who said so, how many posts."""

    month: str
    kind: str
    source: str
    posts: int = 1


def proofs_behind(behind: Behind, instant: datetime) -> list[Proof]:
    """List what proves a past figure: a line of the ledger for each post, or what firms said of their needs."""
    if behind.step not in COVERED:
        return _words_of_firms(behind, instant)
    kinds = {kind for kind, place in PLACE.items() if place >= PLACE[COVERED[behind.step]]}
    states = posts_at(instant, behind.quarter, behind.family)
    posts = [key for key, state in states.items() if state in kinds]
    lines = (
        select(CoverageEvent.need_post_id, CoverageEvent.at, CoverageEvent.kind, CoverageEvent.source)
        .where(CoverageEvent.need_post_id.in_(posts), CoverageEvent.at <= instant)
        .where(CoverageEvent.kind.in_([CoverageKind(kind) for kind in kinds]))
        .order_by(CoverageEvent.need_post_id, CoverageEvent.number)
    )
    first: dict[uuid.UUID, Proof] = {}
    for post, at, kind, source in db.session.execute(lines):
        first.setdefault(post, Proof(_month(at), kind.value, source.value))
    return sorted(first.values(), key=lambda proof: (proof.month, proof.kind, proof.source))


def _words_of_firms(behind: Behind, instant: datetime) -> list[Proof]:
    parts = dict(needs_behind(behind, instant))
    lines = (
        select(Commitment.need_id, Commitment.at)
        .where(Commitment.need_id.in_(list(parts)), Commitment.at <= instant, Commitment.withdraws_id.is_(None))
        .where(Commitment.step.in_(_steps_of(behind.step)))
        .order_by(Commitment.at.desc())
    )
    months = {need: _month(at) for need, at in db.session.execute(lines)}
    found = [Proof(months.get(need, ""), behind.step, "firm", posts) for need, posts in parts.items()]
    return sorted(found, key=lambda proof: (proof.month, -proof.posts))


def _steps_of(step: str) -> list[CommitmentStep]:
    declared = step in ("declared", "withdrawn", "needs")
    return [CommitmentStep.DECLARED] if declared else [CommitmentStep.LETTER, CommitmentStep.CONTRACT]


def _month(at: datetime) -> str:
    return f"{at.astimezone(clock.PARIS):%Y-%m}"
