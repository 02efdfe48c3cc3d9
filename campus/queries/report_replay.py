"""The funnel as it stood at a past instant, told again from the lines that were written by then.

The ladder and the ledger only ever grow, so what came later is left out. What may be changed in place (the trade of a
need) is taken back with the audit log, which keeps what was before each change.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, select

from campus import db
from campus.lifecycles.commitment import Said, standing
from campus.lifecycles.coverage import post_coverage
from campus.models import AuditEvent, Commitment, CommitmentStep, CoverageEvent, Need, NeedPost, Occupation
from campus.queries.coverage import as_line
from campus.queries.report_cube import AT_WORK, SAID, WITNESSED, CountedNeed, add_up, cohort_of, family_of
from campus.reports.funnel import SIX_MONTHS_DAYS, Cube, Told, Where, counts_of, covered_from


@dataclass
class _Need:
    """What was told of a need by then."""

    organisation_id: uuid.UUID
    family: str
    first: datetime | None = None
    ever: int = 0
    said: list[Said[uuid.UUID]] = field(default_factory=list)
    states: dict[uuid.UUID, str] = field(default_factory=dict)
    due: int = 0

    @property
    def where(self) -> Where:
        """Say where the need is counted."""
        assert self.first is not None  # noqa: S101 (only needs that were declared are asked)
        return Where(cohort_of(self.first), self.family, str(self.organisation_id))

    def told(self) -> Told:
        """Give what the funnel counts."""
        last = {step: line.posts for step, line in standing(self.said).items()}
        said = {step.value: last.get(step.value, 0) for step in SAID}
        return Told(self.ever, said, {**covered_from(self.states.values()), "due": self.due})


@dataclass(frozen=True)
class Replayed:
    """A past day: every need declared by then with where it was counted and its figures, every post with its state."""

    needs: list[CountedNeed]
    posts: dict[uuid.UUID, tuple[Where, str]]


def cube_at(instant: datetime) -> Cube:
    """Count every need that was declared by then, by cohort, family and firm, as it stood at that instant."""
    return add_up(needs_at(instant))


def needs_at(instant: datetime) -> list[CountedNeed]:
    """Give every need that was declared by an instant, where it was counted, and its figures."""
    return replayed(instant).needs


def replayed(instant: datetime) -> Replayed:
    """Tell needs and posts as they were at an instant; only posts with a line by then are there."""
    needs = _needs_told(instant)
    _tell_posts(needs, instant)
    return Replayed(
        [(key, need.where, counts_of(need.told())) for key, need in needs.items()],
        {post: (need.where, state) for need in needs.values() for post, state in need.states.items()},
    )


def _needs_told(instant: datetime) -> dict[uuid.UUID, _Need]:
    """Give the needs that were declared by then, with what their firms had said."""
    families = _families_at(instant)
    found = {key: _Need(site, families[key]) for key, site in db.session.execute(select(Need.id, Need.organisation_id))}
    columns = (Commitment.id, Commitment.need_id, Commitment.step, Commitment.posts, Commitment.withdraws_id)
    lines = select(*columns, Commitment.at).where(Commitment.need_id.is_not(None), Commitment.at <= instant)
    for row in db.session.execute(lines.order_by(Commitment.at, Commitment.id)):
        need = found[row.need_id]
        need.said.append(Said(row.id, row.step.value, row.posts, row.withdraws_id))
        if row.step is CommitmentStep.DECLARED and row.withdraws_id is None:
            need.first, need.ever = need.first or row.at, max(need.ever, row.posts)
    return {key: need for key, need in found.items() if need.first is not None}


def _tell_posts(needs: Mapping[uuid.UUID, _Need], instant: datetime) -> None:
    before = instant - timedelta(days=SIX_MONTHS_DAYS)
    lines: dict[tuple[uuid.UUID, uuid.UUID], list[Any]] = defaultdict(list)
    for row in db.session.execute(ledger_until(instant)):
        if row.need_id in needs:
            lines[row.need_id, row.need_post_id].append(row)
    for (need, post), rows in lines.items():
        state = post_coverage(map(as_line, rows)).state
        needs[need].states[post] = state
        long_ago = any(row.kind in WITNESSED and row.at <= before for row in rows)
        needs[need].due += long_ago and state in AT_WORK


def ledger_until(instant: datetime) -> Select[Any]:
    """Select the lines of the ledger by an instant, post by post, the oldest first."""
    names = ("id", "need_post_id", "number", "kind", "at", "source", "enrolment_id", "about_id", "evidence")
    columns = [getattr(CoverageEvent, name) for name in names]
    query = select(NeedPost.need_id, *columns).join(NeedPost, NeedPost.id == CoverageEvent.need_post_id)
    return query.where(CoverageEvent.at <= instant).order_by(CoverageEvent.need_post_id, CoverageEvent.number)


def _families_at(instant: datetime) -> dict[uuid.UUID, str]:
    """Give the family of each need's trade at an instant: as it is now, with what was changed since taken back."""
    trades = db.session.execute(select(Occupation.id, Occupation.code, Occupation.parent_code))
    families = {key: family_of(code, parent) for key, code, parent in trades}
    found = dict(db.session.execute(select(Need.id, Need.occupation_id)).all())
    changes = select(AuditEvent.subject_id, AuditEvent.details).where(
        AuditEvent.subject_kind == Need.__tablename__,
        AuditEvent.at > instant,
        AuditEvent.action.in_(("revise", "answer")),
    )
    for key, details in db.session.execute(changes.order_by(AuditEvent.at.desc(), AuditEvent.id.desc())):
        changed = details.get("changed", {})
        if "occupation_id" in changed:
            found[uuid.UUID(key)] = changed["occupation_id"][0]
    return {key: families.get(trade, "") for key, trade in found.items()}
