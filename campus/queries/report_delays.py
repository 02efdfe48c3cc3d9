"""How long posts took from one step to the next, for the needs declared in a period, today and on a past day."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from campus import clock, db
from campus.lifecycles.coverage import PLACE, post_coverage
from campus.models import Commitment, CommitmentStep, CoverageEvent, NeedPost, PostState
from campus.planning.quarters import Quarter
from campus.queries.coverage import as_line
from campus.queries.report_kept import Kept
from campus.queries.report_replay import ledger_until
from campus.reports.delays import Delay, delays, steps_reached

BEHIND = [PostState(state) for state, place in PLACE.items() if place >= PLACE["reserved"]]
First = dict[str, date]


def delays_today(year: str = "") -> list[Delay]:
    """Give the delays of the posts of all cohorts, or of a year's."""
    return _kept().get(year) or delays(())


def _by_year() -> dict[str, list[Delay]]:
    """Count the delays of all cohorts and of each year's."""
    first: dict[uuid.UUID, First] = defaultdict(dict)
    states: dict[uuid.UUID, tuple[uuid.UUID, str]] = {}
    for row in db.session.execute(_first_lines()):
        first[row.id][row.kind.value] = clock.day_of(row.at)
        states[row.id] = (row.need_id, row.state.value)
    declared = _declared(clock.now())
    years = {"", *(str(day.year) for day in declared.values())}
    return {year: _delays(first, states, declared, year=year) for year in years}


_kept = Kept(_by_year)


def _first_lines() -> Select[Any]:
    at = func.min(CoverageEvent.at).label("at")
    columns = (NeedPost.id, NeedPost.need_id, NeedPost.state, CoverageEvent.kind)
    query = select(*columns, at).join(NeedPost, NeedPost.id == CoverageEvent.need_post_id)
    return query.where(NeedPost.state.in_(BEHIND)).group_by(*columns)


def delays_at(instant: datetime, year: str = "") -> list[Delay]:
    """Give the delays as they stood at an instant."""
    lines: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in db.session.execute(ledger_until(instant)):
        lines[row.need_post_id].append(row)
    first: dict[uuid.UUID, First] = {}
    for post, rows in lines.items():
        first[post] = {row.kind.value: clock.day_of(row.at) for row in reversed(rows)}
    states = {post: (rows[0].need_id, post_coverage(map(as_line, rows)).state) for post, rows in lines.items()}
    return _delays(first, states, _declared(instant), year=year)


def _declared(instant: datetime) -> dict[uuid.UUID, date]:
    """Give the day each need was first declared, by an instant."""
    query = select(Commitment.need_id, func.min(Commitment.at)).where(
        Commitment.step == CommitmentStep.DECLARED, Commitment.withdraws_id.is_(None), Commitment.at <= instant
    )
    rows = db.session.execute(query.group_by(Commitment.need_id))
    return {key: clock.day_of(at) for key, at in rows if key is not None}


def _delays(
    first: dict[uuid.UUID, First],
    states: dict[uuid.UUID, tuple[uuid.UUID, str]],
    declared: dict[uuid.UUID, date],
    *,
    year: str,
) -> list[Delay]:
    posts = [
        steps_reached(declared[need], state, first[post])
        for post, (need, state) in states.items()
        if need in declared and Quarter.of(declared[need]).code.startswith(year)
    ]
    return delays(posts)
