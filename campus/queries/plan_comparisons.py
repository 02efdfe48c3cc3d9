"""Two plans side by side, read from their rows alone."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from campus.models import PlannedSession, SessionPlan
from campus.planning.compare import Comparison, compare
from campus.planning.values import Campus, Demand, Plan, Session
from campus.queries.needs import needs_by_id
from campus.queries.plan_demands import need_of
from campus.queries.plans import planned_sessions


@dataclass(frozen=True)
class NeedChange:
    """A need whose posts are covered in another number."""

    need: uuid.UUID
    title: str
    before: int
    after: int


@dataclass(frozen=True)
class SideBySide:
    """What one plan changes to another; `rows` finds the row of a session by where it is."""

    comparison: Comparison
    rows: dict[tuple[object, ...], PlannedSession]
    needs: Sequence[NeedChange]

    def row(self, session: Session) -> PlannedSession:
        """Give the row of a session of either plan."""
        return self.rows[_where(session)]


def side_by_side(before: SessionPlan, after: SessionPlan) -> SideBySide:
    """Say what came, went and moved from one plan to the other, and whose posts that covers or leaves out."""
    rows: dict[tuple[object, ...], PlannedSession] = {}
    ahead = (before.first_day - after.first_day).days // 7
    plans = [_plan(before, rows, ahead), _plan(after, rows, 0)]
    keys = sorted({key for plan in plans for key in plan.covered})
    demands = tuple(Demand(key, 0, int(key.split("/")[1]), 0, 0, frozenset()) for key in keys)
    found = compare(Campus(after.weeks, (), (), (), demands), *plans)
    return SideBySide(found, rows, _needs(found))


def _plan(plan: SessionPlan, rows: dict[tuple[object, ...], PlannedSession], ahead: int) -> Plan:
    sessions = []
    for row in planned_sessions(plan):
        posts = tuple(row.posts.items())
        made = Session(str(row.course_id), row.week + ahead, str(row.room_id), str(row.trainer_id), posts)
        rows[_where(made)] = row
        sessions.append(made)
    seated = ((key, demand, count) for key, demand, count in plan.report.get("seated", ()))
    return Plan(tuple(sessions), tuple(seated))


def _where(session: Session) -> tuple[object, ...]:
    return (session.course, session.start, session.room, session.trainer)


def _needs(found: Comparison) -> list[NeedChange]:
    counts: dict[uuid.UUID, list[int]] = defaultdict(lambda: [0, 0])
    for each in found.changes:
        counts[need_of(each.demand)][0] += each.before
        counts[need_of(each.demand)][1] += each.after
    titles = {key: need.title for key, need in needs_by_id(counts).items()}
    changed = [(key, *pair) for key, pair in counts.items() if pair[0] != pair[1]]
    lines = [NeedChange(key, titles.get(key, ""), first, then) for key, first, then in changed]
    return sorted(lines, key=lambda each: (each.after - each.before, each.title))
