"""A draft read back as the planning knows it, and where it stands: covered, left out, broken."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from campus.models import PlannedSession, SessionPlan
from campus.planning.check import check
from campus.planning.reasons import left_out
from campus.planning.seating import seat
from campus.planning.values import Campus, Plan, Session, in_order
from campus.planning.worth import worth
from campus.queries.plan_inputs import WEEK, campus_from
from campus.queries.plans import planned_sessions
from campus.services import audit

FRIDAY = timedelta(days=4)


@dataclass(frozen=True)
class Reading:
    """A draft beside the campus of today: its rows, and the session that each row is, in the same order."""

    campus: Campus
    rows: list[PlannedSession]
    sessions: list[Session]
    seated: tuple[tuple[str, str, int], ...] = ()

    @property
    def plan(self) -> Plan:
        """Give the plan as the planning knows it."""
        return in_order(self.sessions, self.seated)


def as_read(plan: SessionPlan) -> Reading:
    """Read a draft back; posts that ask for no seat any more are left out, and so are courses no longer taught.

    An announced session that could move and cannot any more is left where it is.
    """
    rows = planned_sessions(plan)
    movable = {row.course_session_id for row in rows} - {None}
    campus = campus_from(plan.first_day, plan.weeks, movable=movable)
    known = {each.key for each in campus.published} | {"None"}
    rows = [row for row in rows if str(row.course_id) in campus.course_of and str(row.course_session_id) in known]
    sessions = [_session(campus, row) for row in rows]
    announced = {each.key for each in campus.announced}
    seated = ((key, demand, count) for key, demand, count in plan.report.get("seated", ()))
    kept = tuple(each for each in seated if each[0] in announced and each[1] in campus.demand_of)
    return Reading(campus, rows, sessions, kept)


def _session(campus: Campus, row: PlannedSession) -> Session:
    known = tuple((key, count) for key, count in row.posts.items() if key in campus.demand_of)
    published = str(row.course_session_id) if row.course_session_id else None
    return Session(str(row.course_id), row.week, str(row.room_id), str(row.trainer_id), known, published)


def seated_anew(read: Reading, sessions: Sequence[Session]) -> Reading:
    """Deal the posts anew to sessions, in the order in which they came, and to the free seats of announced ones."""
    empty = [replace(each, posts=()) for each in sessions]
    plan = seat(read.campus, empty)
    waiting: dict[tuple[object, ...], list[Session]] = {}
    for each in plan.sessions:
        waiting.setdefault(_where(each), []).append(each)
    return replace(read, sessions=[waiting[_where(each)].pop() for each in empty], seated=plan.seated)


def _where(session: Session) -> tuple[object, ...]:
    return (session.course, session.start, session.room, session.trainer)


def write(plan: SessionPlan, read: Reading) -> None:
    """Keep who sits where, and say in the report where the plan stands now."""
    for row, session in zip(read.rows, read.sessions, strict=True):
        row.posts = dict(session.posts)
    plan.report = {**plan.report, **standing(read)}


def put(row: PlannedSession, campus: Campus, session: Session) -> None:
    """Give a row the weeks, the room and the trainer of a session."""
    weeks = campus.taught(campus.course_of[session.course], session.start)
    first_day = row.plan.first_day
    row.course_id, row.week = uuid.UUID(session.course), session.start
    row.room_id, row.trainer_id = uuid.UUID(session.room), uuid.UUID(session.trainer)
    row.starts_on, row.ends_on = first_day + session.start * WEEK, first_day + weeks[-1] * WEEK + FRIDAY


def standing(read: Reading) -> dict[str, Any]:
    """Say where a plan stands: posts covered of those asked, seats of announced ones, what is left out or broken."""
    campus, plan = read.campus, read.plan
    reached = worth(campus, plan)
    asked = [sum(each.posts for each in campus.demands if each.committed is signed) for signed in (True, False)]
    out = [{**asdict(each), "people": each.people} for each in left_out(campus, plan)]
    return audit.plain(
        {
            "covered": [reached.committed, reached.declared],
            "moved": reached.moved,
            "asked": asked,
            "seated": plan.seated,
            "left_out": out,
            "broken": [asdict(each) for each in check(campus, plan)],
            "closed": sorted(campus.closed),
        }
    )
