"""Why each of the best courses ranks where it does, as codes and numbers: what a page turns into sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from campus.matching.answers import Closeness, OccupationCloseness, Status, Verdict
from campus.matching.closeness import PRECEDENCE
from campus.matching.course_columns import entry_asked, hoped_level, sure_level
from campus.matching.course_search import all_claims, occupation_rank, wording
from campus.matching.course_store import CourseStore
from campus.matching.linked_need import LinkedNeed
from campus.matching.ragged import Ints
from campus.matching.session_board import NO_SEATS, UNKNOWN, YES, Wanted
from campus.matching.standing_keys import KIND_BITS, SHARE_BITS, SHARE_MASK
from campus.matching.units import WHOLE
from campus.matching.values import Id

KINDS = tuple(Closeness)
OCCUPATIONS = tuple(OccupationCloseness)
STATUSES = tuple(Status)
VERDICTS = (Verdict.YES, Verdict.NO, Verdict.UNKNOWN)
GATES = ("dates", "entry", "seats", "distance", "certification")
MET, PARTIAL, MISSING = range(3)
IDENTITY, NO_KIND = PRECEDENCE[Closeness.IDENTITY], PRECEDENCE[Closeness.NONE]


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found of some courses for one need, best first.

    One row a course: `verdicts` (courses x GATES: numbers of VERDICTS), `slack` days (None: not known),
    `seats` left, `occupation` (number of OCCUPATIONS), `wording` in hundredths. One row a course and one
    column a needed skill: `kind` (number of KINDS), `status` (of STATUSES), `low` and `high` in
    ten-thousandths, levels `reached` and `hoped`, entry level `asked`, `via` the number of the taught skill
    (-1: none).
    """

    course_ids: tuple[Id, ...]
    session_ids: tuple[Id | None, ...]
    verdicts: Ints
    slack: tuple[int | None, ...]
    seats: tuple[int | None, ...]
    occupation: Ints
    wording: Ints
    kind: Ints
    status: Ints
    low: Ints
    high: Ints
    reached: Ints
    hoped: Ints
    asked: Ints
    via: Ints


class Best(NamedTuple):
    """The strongest claim of each course on each needed skill: its way (-1: none), taught skill and levels."""

    way: Ints
    skill: Ints
    levels: Ints


class Facts(NamedTuple):
    """The best session of each course (its position on the board, -1: none), gates, occupation and wording."""

    position: Ints
    verdicts: Ints
    occupation: Ints
    wording: Ints


def findings(store: CourseStore, need: LinkedNeed, rows: Ints, *, found: tuple[Facts, Best]) -> Findings:
    """Put into one what was found of these courses for a need; nothing is rejected yet."""
    facts, best = found
    positions = facts.position.tolist()
    sessions = store.board.sessions.columns["session"]
    seats = [int(sessions["seats"][at]) if at >= 0 else NO_SEATS for at in positions]
    return Findings(
        course_ids=tuple(store.ids.id_of(row) for row in rows.tolist()),
        session_ids=tuple(store.board.session_id(at) for at in positions),
        slack=tuple(store.board.slack_days(at, need.view) for at in positions),
        seats=tuple(None if left == NO_SEATS else left for left in seats),
        verdicts=facts.verdicts,
        occupation=facts.occupation,
        wording=facts.wording,
        **_skills(need, best),
    )


def facts_and_claims(store: CourseStore, need: LinkedNeed, rows: Ints) -> tuple[Facts, Best]:
    """Find, by arrays, what is to be said of these courses for a need."""
    wanted = store.board.wanted(need.view)
    position = store.board.judge(rows, wanted).position
    verdicts = _verdicts(store, wanted, rows, position=position)
    facts = Facts(position, verdicts, occupation_rank(store, need, rows), wording(store, need, rows))
    return facts, best_claims(store, need, rows)


def _verdicts(store: CourseStore, wanted: Wanted, rows: Ints, *, position: Ints) -> Ints:
    some = position >= 0
    given = store.board.without_session(rows, wanted)
    found = np.stack(given, axis=1)
    if some.any():
        found[some] = np.stack(store.board.verdicts(position[some], rows[some], wanted), axis=1)
    entry = np.where(store.board.asks_entry[rows], UNKNOWN, YES)
    return np.column_stack([found[:, 0], entry, found[:, 1:]])


def _skills(need: LinkedNeed, best: Best) -> dict[str, Ints]:
    none = best.way < 0
    reached, hoped = sure_level(best.levels), hoped_level(best.levels)
    worth = np.where(none, 0, need.hope[best.way, hoped] + need.sure[best.way, reached])
    low, high = worth >> KIND_BITS & SHARE_MASK, worth >> (SHARE_BITS + KIND_BITS)
    kind = np.where(none, NO_KIND, need.kind[best.way])
    status = np.where(high > 0, PARTIAL, MISSING)
    status[(low == WHOLE) & (kind == IDENTITY)] = MET
    asked = entry_asked(best.levels)
    return {"kind": kind, "status": status, "low": low, "high": high, "reached": reached, "hoped": hoped,
            "asked": asked, "via": best.skill}  # fmt: skip


def best_claims(store: CourseStore, need: LinkedNeed, rows: Ints) -> Best:
    """Give the strongest claim on each needed skill; of equals, that of the skill that comes first by id."""
    found = all_claims(store, need, rows)
    worth = need.hope[found.way, hoped_level(found.levels)] + need.sure[found.way, sure_level(found.levels)]
    cell = found.owner * len(need.skills) + need.slot[found.way]
    order = np.lexsort((store.skills.rank[found.skill], -worth, cell))
    best = order[np.flatnonzero(np.diff(cell[order], prepend=-1))]
    shape = (len(rows), len(need.skills))
    grids = []
    for column, nothing in ((found.way, -1), (found.skill, -1), (found.levels, 0)):
        grid = np.full(shape[0] * shape[1], nothing, dtype=np.int64)
        grid[cell[best]] = column[best]
        grids.append(grid.reshape(shape))
    return Best(*grids)
