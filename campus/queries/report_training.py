"""What course sessions brought, today and on a past day."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from campus import clock, db
from campus.lifecycles.machine import NEW
from campus.models import (
    AuditEvent,
    Course,
    CourseOccupation,
    CourseSession,
    CourseSessionState,
    CourseTeaching,
    Enrolment,
    EnrolmentState,
    Occupation,
    Satisfaction,
)
from campus.planning.quarters import Quarter
from campus.queries.report_cube import family_of
from campus.queries.report_kept import Kept
from campus.reports.training import FIGURES, NONE, NOT_HELD, Figures, Person, Taught, Training, add, figures_of

CountedSession = tuple[uuid.UUID, Taught, Figures]
Holds = Callable[[Taught], bool]
COLUMNS = (CourseSession.id, CourseSession.course_id, CourseSession.seats_max)
FIELDS = ("state", "starts_on", "ends_on", "seats_max")
DAYS = frozenset({"starts_on", "ends_on"})
SAID, STEP = "satisfaction_said", "enrolment."
MOST_REASONS = 50


def training_today() -> Training:
    """Count the sessions that have begun by now."""
    return _kept().training


@dataclass(frozen=True)
class _Counted:
    """Every session, and what they add up to."""

    sessions: Sequence[CountedSession]
    training: Training


def _count_all() -> _Counted:
    sessions = _today()
    return _Counted(sessions, _add_up(sessions))


_kept = Kept(_count_all)


def _today() -> list[CountedSession]:
    today = clock.today()
    counted = (
        select(Enrolment.course_session_id, Enrolment.state, Satisfaction.score, func.count())
        .outerjoin(Satisfaction, Satisfaction.enrolment_id == Enrolment.id)
        .where(Enrolment.course_session_id.in_(select(_held(today).subquery().c.id)))
        .group_by(Enrolment.course_session_id, Enrolment.state, Satisfaction.score)
    )
    people: dict[uuid.UUID, Counter[Person]] = defaultdict(Counter)
    for session, state, score, count in db.session.execute(counted):
        people[session][state.value, score] += count
    return _count([(row._asdict(), people[row.id]) for row in db.session.execute(_held(today))], today)


def _held(today: date) -> Select[Any]:
    not_held = [CourseSessionState(each) for each in NOT_HELD]
    query = select(*COLUMNS, CourseSession.starts_on, CourseSession.ends_on)
    return query.where(CourseSession.starts_on <= today, CourseSession.state.not_in(not_held))


def _count(sessions: Iterable[tuple[dict[str, Any], Counter[Person]]], today: date) -> list[CountedSession]:
    families = families_of_courses()
    found = []
    for row, people in sessions:
        where = Taught(Quarter.of(row["starts_on"]).code, str(row["course_id"]), families.get(row["course_id"], ""))
        over = row["ends_on"] is not None and row["ends_on"] <= today
        found.append((row["id"], where, figures_of(row["seats_max"], people, over=over)))
    return found


def _add_up(sessions: Iterable[CountedSession]) -> Training:
    found: dict[Taught, Figures] = defaultdict(lambda: NONE)
    for _session, where, figures in sessions:
        found[where] = add(found[where], figures)
    return dict(found)


def sessions_counted(instant: datetime | None, holds: Holds) -> list[tuple[CourseSession, dict[str, int]]]:
    """List the sessions behind a figure, each with its own, the latest first; today's or a past day's."""
    known = {key: figures for key, where, figures in (_then(instant) if instant else _kept().sessions) if holds(where)}
    query = select(CourseSession).options(joinedload(CourseSession.course)).where(CourseSession.id.in_(list(known)))
    rows = db.session.scalars(query.order_by(CourseSession.starts_on.desc(), CourseSession.id))
    return [(each, dict(zip(FIGURES, known[each.id], strict=True))) for each in rows]


def families_of_courses() -> dict[uuid.UUID, str]:
    """Give the family of each course: that of the first of its trades, by code."""
    rows = db.session.execute(
        select(CourseOccupation.course_id, Occupation.code, Occupation.parent_code)
        .join(Occupation, Occupation.id == CourseOccupation.occupation_id)
        .order_by(Occupation.code.desc())
    )
    return {course: family_of(code, parent) for course, code, parent in rows}


def training_at(instant: datetime) -> Training:
    """Count the sessions that had begun by an instant, as they stood: what was changed since is taken back."""
    return _add_up(_then(instant))


def _then(instant: datetime) -> list[CountedSession]:
    today = clock.day_of(instant)
    people = _people_at(instant)
    held = [
        (row, people[row["id"]])
        for row in _sessions_at(instant)
        if row["state"] not in NOT_HELD and row["starts_on"] is not None and row["starts_on"] <= today
    ]
    return _count(held, today)


def _sessions_at(instant: datetime) -> list[dict[str, Any]]:
    columns = (*COLUMNS, CourseSession.starts_on, CourseSession.ends_on, CourseSession.state)
    rows = db.session.execute(select(*columns).where(CourseSession.created_at <= instant))
    found = {row.id: {**row._asdict(), "state": row.state.value} for row in rows}
    for event in _since(CourseSession, instant):
        row = found.get(uuid.UUID(event.subject_id))
        for name in FIELDS:
            if row is not None and name in event.details:
                row[name] = _value(name, event.details[name][0])
    return list(found.values())


def _value(name: str, kept: Any) -> Any:
    return date.fromisoformat(kept) if name in DAYS and kept is not None else kept


def _people_at(instant: datetime) -> dict[uuid.UUID, Counter[Person]]:
    rows = db.session.execute(
        select(Enrolment.id, Enrolment.course_session_id, Enrolment.state, Satisfaction.score, Satisfaction.said_at)
        .outerjoin(Satisfaction, Satisfaction.enrolment_id == Enrolment.id)
        .where(Enrolment.created_at <= instant)
    ).all()
    states = {row.id: row.state.value for row in rows}
    scores = {row.id: row.score if row.said_at and row.said_at <= instant else None for row in rows}
    for event in _since(Enrolment, instant):
        key = uuid.UUID(event.subject_id)
        if event.action == SAID:
            scores[key] = event.details.get("before")
        elif event.action.startswith(STEP) and isinstance(event.details.get("before"), str):
            states[key] = event.details["before"]
    found: dict[uuid.UUID, Counter[Person]] = defaultdict(Counter)
    for row in rows:
        if states[row.id] != NEW:
            found[row.course_session_id][states[row.id], scores[row.id]] += 1
    return found


def _since(model: type[Enrolment] | type[CourseSession], instant: datetime) -> Sequence[Any]:
    """List what the audit log says of changes after an instant, the latest first."""
    columns = (AuditEvent.subject_id, AuditEvent.action, AuditEvent.details)
    query = select(*columns).where(AuditEvent.subject_kind == model.__tablename__, AuditEvent.at > instant)
    return db.session.execute(query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc())).all()


def reasons_for_leaving(quarter: str = "", course_id: uuid.UUID | None = None) -> list[tuple[str, int]]:
    """Count why people stopped on the way, in the words that were written down, the most frequent first."""
    query = (
        select(Enrolment.reason, CourseSession.starts_on)
        .join(CourseSession, CourseSession.id == Enrolment.course_session_id)
        .where(Enrolment.state == EnrolmentState.DROPPED_OUT)
    )
    if course_id is not None:
        query = query.where(CourseSession.course_id == course_id)
    found: Counter[str] = Counter()
    for reason, starts_on in db.session.execute(query):
        if not quarter or Quarter.of(starts_on).code.startswith(quarter):
            found[reason] += 1
    return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_REASONS]


def costs_of_courses() -> dict[str, Decimal]:
    """Give what a session of each course costs, where the staff typed it, by the keys of courses."""
    known = select(CourseTeaching.course_id, CourseTeaching.cost).where(CourseTeaching.cost.is_not(None))
    return {str(course): cost for course, cost in db.session.execute(known) if cost is not None}


def course_titles(keys: set[str]) -> dict[str, str]:
    """Name courses by their keys."""
    wanted = [uuid.UUID(key) for key in keys]
    rows = db.session.execute(select(Course.id, Course.title).where(Course.id.in_(wanted)))
    return {str(key): title for key, title in rows}
