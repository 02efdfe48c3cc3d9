"""What proves a published figure, month by month and without a name; lines that would show a firm are put together."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import select

from campus import clock, db
from campus.lifecycles.coverage import from_on
from campus.models import Commitment, CommitmentStep, CoverageEvent, CoverageKind, NeedPost
from campus.queries.firms import firms_of_sites
from campus.queries.report_cube import taken_back
from campus.queries.report_published import published_report
from campus.queries.report_replay import Replayed, replayed
from campus.queries.reports import end_of
from campus.reports.funnel import COUNTS, COVERED, STEPS, Where
from campus.reports.proofs import Proof, ProofLine, together, told, told_of_all

KEPT, REPLAYS_KEPT = 64, 2
ENGAGED = (CommitmentStep.LETTER, CommitmentStep.CONTRACT)
Dated = tuple[str, str, str]  # the month, what was written, who said so


@dataclass(frozen=True)
class Proofs:
    """What proves a step of a published report: families month by month, the total from them, cohorts as a whole.

    Months of cohorts are not told: added up, those of families would give away what either hides.
    """

    families: Mapping[str, Sequence[ProofLine]]
    cohorts: Mapping[str, Sequence[ProofLine]]
    whole: Sequence[ProofLine]


@lru_cache(maxsize=KEPT)
def proofs_of(report_id: uuid.UUID, step: str) -> Proofs:
    """Tell what proves a step of a frozen report; worked out once a process, for it never changes."""
    report = published_report(report_id)
    if report is None:
        raise LookupError
    firms, instant = firms_of_sites(), end_of(report.day)
    replay = _replay_of(report_id, instant)
    place, proofs = STEPS.index(step), list(_proofs(step, replay, instant, firms=firms))
    families, cohorts = (_grouped(proofs, attrgetter(f"where.{name}")) for name in ("family", "quarter"))
    shown = {key: families.get(key, []) for key, told in report.families.rows.items() if told[place]}
    hidden = [proof for proof in proofs if proof.where.family not in shown]
    return Proofs(
        {key: told(found) for key, found in shown.items()},
        {key: together(cohorts.get(key, [])) for key, told in report.cohorts.rows.items() if told[place]},
        told_of_all(shown.values(), hidden) if report.families.total[place] else (),
    )


@lru_cache(maxsize=REPLAYS_KEPT)
def _replay_of(_report_id: uuid.UUID, instant: datetime) -> Replayed:
    """Replay the day of a frozen report, once for all its steps."""
    return replayed(instant)


def _grouped(proofs: Iterable[Proof], key: attrgetter[str]) -> dict[str, list[Proof]]:
    found: dict[str, list[Proof]] = defaultdict(list)
    for proof in proofs:
        found[key(proof)].append(proof)
    return found


def _proofs(step: str, replay: Replayed, instant: datetime, *, firms: Mapping[str, str]) -> Iterator[Proof]:
    """Give what proves each part of a figure: a line of the ledger for a post, what a firm said for a need."""
    parts = _posts(step, replay, instant) if step in COVERED else _needs(step, replay, instant)
    for where, dated, posts in parts:
        yield Proof(where._replace(firm=firms.get(where.firm, where.firm)), *dated, posts)


def _posts(step: str, replay: Replayed, instant: datetime) -> Iterator[tuple[Where, Dated, int]]:
    kinds = _kinds_from(COVERED[step])
    first = _first_lines(CoverageEvent.need_post_id, kinds, instant)
    for post, (where, state) in replay.posts.items():
        if state in {kind.value for kind in kinds}:
            yield where, first[post], 1


def _needs(step: str, replay: Replayed, instant: datetime) -> Iterator[tuple[Where, Dated, int]]:
    place, said = COUNTS.index(step), _first_said(step, instant)
    seats = _first_lines(NeedPost.need_id, _kinds_from(COVERED["seats"]), instant) if step == "committed" else {}
    for need, where, counts in replay.needs:
        if counts[place]:
            yield where, said.get(need) or seats[need], counts[place]


def _first_said(step: str, instant: datetime) -> dict[uuid.UUID, Dated]:
    """Give when each firm first declared its need, or engaged itself by a word that still stands."""
    lines = select(Commitment.need_id, Commitment.at).where(
        Commitment.need_id.is_not(None), Commitment.at <= instant, Commitment.withdraws_id.is_(None)
    )
    if step == "committed":
        lines = lines.where(Commitment.step.in_(ENGAGED), Commitment.id.not_in(taken_back(instant)))
    else:
        lines = lines.where(Commitment.step == CommitmentStep.DECLARED)
    rows = db.session.execute(lines.order_by(Commitment.at.desc(), Commitment.id.desc()))
    return {need: (_month(at), step, "firm") for need, at in rows}


def _first_lines(key: Any, kinds: Sequence[CoverageKind], instant: datetime) -> dict[uuid.UUID, Dated]:
    """Give the first line of these kinds in the ledger, by post or by need."""
    lines = (
        select(key, CoverageEvent.at, CoverageEvent.kind, CoverageEvent.source)
        .join(NeedPost, NeedPost.id == CoverageEvent.need_post_id)
        .where(CoverageEvent.at <= instant, CoverageEvent.kind.in_(kinds))
        .order_by(CoverageEvent.at.desc(), CoverageEvent.number.desc())
    )
    return {each: (_month(at), kind.value, source.value) for each, at, kind, source in db.session.execute(lines)}


def _kinds_from(kind: str) -> list[CoverageKind]:
    return [CoverageKind(each) for each in from_on(kind)]


def _month(at: datetime) -> str:
    return f"{at.astimezone(clock.PARIS):%Y-%m}"
