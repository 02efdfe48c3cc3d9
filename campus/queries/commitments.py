"""Questions to the ladder of commitment: of a need, of a firm, of all needs, today and on a past day."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.lifecycles.commitment import ABOUT_NEEDS, HIRE, SEATS, Said, from_coverage, posts_from, standing
from campus.lifecycles.coverage import from_on
from campus.models import (
    Commitment,
    CommitmentStep,
    CoverageEvent,
    Need,
    NeedPost,
    RecordComment,
    SignedCopy,
)
from campus.queries.coverage import coverage_of
from campus.queries.report_cube import taken_back
from campus.queries.report_kept import Kept

COLUMNS = (Commitment.id, Commitment.need_id, Commitment.step, Commitment.posts, Commitment.withdraws_id)
Reached = dict[str, int]
BEHIND = {
    SEATS: from_on("reserved"),
    HIRE: from_on("hired"),
}


@dataclass(frozen=True)
class Ladder:
    """The ladder of one need: posts that have come at least to each step, the lines that stand, and all lines."""

    reached: Reached
    standing: Mapping[str, Commitment]
    lines: Sequence[Commitment]

    @property
    def copies(self) -> Sequence[SignedCopy]:
        """List the signed copies of its letters, the last first."""
        return sorted(
            (copy for line in self.lines for copy in line.copies), key=lambda each: each.sent_at, reverse=True
        )

    @property
    def highest(self) -> str | None:
        """Name the highest step on which a post stands."""
        return next((step for step in reversed(ABOUT_NEEDS) if self.reached[step]), None)


def ladder_of(need: Need) -> Ladder:
    """Read the ladder of a need as it stands."""
    posts = select(func.count()).where(NeedPost.need_id == need.id)
    covered = [posts.where(NeedPost.state.in_(states)).scalar_subquery() for states in BEHIND.values()]
    copies = joinedload(Commitment.copies)
    people = copies.joinedload(SignedCopy.sent_by), copies.joinedload(SignedCopy.checked_by)
    rows = db.session.execute(_lines(need).options(*people).add_columns(*covered)).unique().all()
    lines = [row[0] for row in rows]
    by_key = {line.id: line for line in lines}
    found = {step: by_key[said.key] for step, said in standing(map(as_said, lines)).items()}
    from_ledger = dict(zip(BEHIND, rows[0][1:], strict=True)) if rows else {}
    return Ladder(posts_from({step: line.posts for step, line in found.items()} | from_ledger), found, lines)


def lines_of(need: Need) -> Sequence[Commitment]:
    """List the lines about a need in the order they were written."""
    return db.session.scalars(_lines(need)).all()


def _lines(need: Need) -> Select[tuple[Commitment]]:
    query = select(Commitment).where(Commitment.need_id == need.id).options(joinedload(Commitment.actor))
    return query.order_by(Commitment.at, Commitment.id)


def as_said(line: Commitment | Row[tuple[uuid.UUID, uuid.UUID, CommitmentStep, int, uuid.UUID]]) -> Said[uuid.UUID]:
    """Give a row as the fold reads it."""
    return Said(line.id, line.step.value, line.posts, line.withdraws_id)


def line_of(need: Need, commitment_id: uuid.UUID) -> Commitment | None:
    """Find a line about a need that still stands."""
    return next((line for line in ladder_of(need).standing.values() if line.id == commitment_id), None)


def posts_by_step(at: datetime | None = None) -> dict[uuid.UUID, Reached]:
    """Give, for each need with a line, its posts that had come at least to each step at an instant."""
    query = select(*COLUMNS).where(Commitment.need_id.is_not(None))
    if at is not None:
        query = query.where(Commitment.at <= at)
    return _reached(query, _states_at(at) if at else _states_now())


def posts_by_step_of(needs: Collection[uuid.UUID]) -> dict[uuid.UUID, Reached]:
    """Give, for those of some needs that have a line, their posts that have come at least to each step."""
    return _reached(select(*COLUMNS).where(Commitment.need_id.in_(needs)), _states_of(needs))


def _reached(
    query: Select[tuple[uuid.UUID, uuid.UUID, CommitmentStep, int, uuid.UUID]],
    states: Mapping[uuid.UUID, list[str]],
) -> dict[uuid.UUID, Reached]:
    said: dict[uuid.UUID, list[Said[uuid.UUID]]] = defaultdict(list)
    for row in db.session.execute(query.order_by(Commitment.at, Commitment.id)):
        said[row.need_id].append(as_said(row))
    return {
        need: posts_from({s: line.posts for s, line in standing(lines).items()} | from_coverage(states.get(need, ())))
        for need, lines in said.items()
    }


def sums_at(at: datetime | None = None) -> Reached:
    """Add up the posts of all needs that had come at least to each step, today or at an instant; always per step."""
    return _add_up(at) if at else _today()


def _add_up(at: datetime | None = None) -> Reached:
    total: Counter[str] = Counter()
    for reached in posts_by_step(at).values():
        total.update(reached)
    return {step: total[step] for step in ABOUT_NEEDS}


_today = Kept(_add_up)


def _states_now() -> dict[uuid.UUID, list[str]]:
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for need, state in db.session.execute(select(NeedPost.need_id, NeedPost.state).where(NeedPost.state != "open")):
        found[need].append(state.value)
    return found


def _states_at(at: datetime) -> dict[uuid.UUID, list[str]]:
    """Fold the ledger's lines written until an instant."""
    query = select(CoverageEvent, NeedPost.need_id).join(CoverageEvent.need_post).where(CoverageEvent.at <= at)
    lines: dict[tuple[uuid.UUID, uuid.UUID], list[CoverageEvent]] = defaultdict(list)
    for event, need in db.session.execute(query.order_by(CoverageEvent.number)):
        lines[need, event.need_post_id].append(event)
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    for (need, _post), events in lines.items():
        found[need].append(coverage_of(events).state)
    return found


@dataclass(frozen=True)
class RecordLine:
    """What became of the posts that a firm once committed at a step: `needs` is their n."""

    step: str
    needs: int
    posts: int
    hired: int
    standing: int
    withdrawn: int


def record_of(organisation_id: uuid.UUID) -> list[RecordLine]:
    """Tell what became of all that a firm said and signed, step by step; steps that it never took are left out."""
    query = select(*COLUMNS).where(Commitment.organisation_id == organisation_id, Commitment.need_id.is_not(None))
    lines: dict[uuid.UUID, list[Said[uuid.UUID]]] = defaultdict(list)
    for row in db.session.execute(query.order_by(Commitment.at, Commitment.id)):
        lines[row.need_id].append(as_said(row))
    states = _states_of(lines)
    return [line for step in CommitmentStep if (line := _record_line(step.value, lines, states)).needs]


def _states_of(needs: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    query = select(NeedPost.need_id, NeedPost.state).where(NeedPost.need_id.in_(list(needs)))
    for need, state in db.session.execute(query):
        found[need].append(state.value)
    return found


def _record_line(
    step: str, lines: Mapping[uuid.UUID, list[Said[uuid.UUID]]], states: Mapping[uuid.UUID, list[str]]
) -> RecordLine:
    counted: Counter[str] = Counter()
    for need, said in lines.items():
        most = max((line.posts for line in said if line.step == step and line.withdraws is None), default=0)
        hired = min(most, from_coverage(states.get(need, ()))[HIRE])
        still = standing(said).get(step)
        stands = min(most - hired, still.posts) if still else 0
        counted.update(needs=bool(most), posts=most, hired=hired, standing=stands, withdrawn=most - hired - stands)
    return RecordLine(step, *(counted[name] for name in ("needs", "posts", "hired", "standing", "withdrawn")))


def comment_on(organisation_id: uuid.UUID) -> RecordComment | None:
    """Find the last word of a firm about its record."""
    query = select(RecordComment).where(RecordComment.organisation_id == organisation_id)
    return db.session.scalar(query.order_by(RecordComment.at.desc(), RecordComment.id.desc()).limit(1))


def signals(limit: int = 50) -> Sequence[Commitment]:
    """List the signals heard before there was a need, the latest first; for the staff."""
    query = _signals().options(joinedload(Commitment.organisation), joinedload(Commitment.actor))
    return db.session.scalars(query.order_by(Commitment.at.desc(), Commitment.id).limit(limit)).all()


def posts_signalled() -> int:
    """Add up the posts of the signals that stand."""
    query = _signals().with_only_columns(func.coalesce(func.sum(Commitment.posts), 0))
    return db.session.scalar(query) or 0


def _signals() -> Select[tuple[Commitment]]:
    return select(Commitment).where(
        Commitment.step == CommitmentStep.SIGNAL, Commitment.withdraws_id.is_(None), Commitment.id.not_in(taken_back())
    )


def signal_by_id(commitment_id: uuid.UUID) -> Commitment | None:
    """Find a signal that stands; for the staff."""
    return db.session.scalar(_signals().where(Commitment.id == commitment_id))
