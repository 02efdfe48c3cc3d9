"""A plan published: its sessions made and opened with their half-days, and everybody concerned told, once."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from campus import db
from campus.models import Account, CourseSession, CourseState, Half, Need, PlannedSession, PlanState, SessionPlan
from campus.planning.check import check
from campus.planning.half_days import Weeks, half_days_of
from campus.planning.values import Campus, Plan
from campus.queries.enrolments import people_interested
from campus.queries.needs import needs_by_id
from campus.queries.plan_demands import need_of
from campus.queries.plan_inputs import WEEK
from campus.services import audit, mails, plan_moves
from campus.services.course_sessions import SessionDetails, add_session
from campus.services.plan_standing import Reading, as_read, seated_anew, write
from campus.services.plans import PlanBreaksRules, check_draft
from campus.services.session_lives import open_session
from campus.services.slots import NothingToPlan, SlotPlan, plan_slots

HALVES = (Half.MORNING, Half.AFTERNOON)


@dataclass(frozen=True)
class Told:
    """One line of a mail: a session, and for a firm the need that it answers with how many of its posts."""

    session: CourseSession
    need: Need | None = None
    posts: int = 0


@dataclass(frozen=True)
class Outcome:
    """How many sessions a plan has opened, how many announced ones it has moved, and half-days on which nobody works.

    These `lost` half-days are still to be planned: public holidays, days on which the campus is closed.
    """

    opened: int
    moved: int
    lost: int = 0


def publish_plan(actor: Account, plan: SessionPlan) -> Outcome:
    """Make the sessions of a draft, open them, move what it moves, tell whom it concerns; not while a rule is broken.

    The posts are dealt anew first, for some may have found a seat since the plan was made.
    """
    check_draft(plan)
    read = as_read(plan)
    read = seated_anew(read, read.sessions)
    write(plan, read)
    broken = check(read.campus, read.plan)
    if broken:
        raise PlanBreaksRules(broken)
    half_days = half_days_of(read.campus, Plan(tuple(read.sessions)))
    weeks = dict(zip(read.rows, half_days, strict=True))
    new = [row for row in read.rows if row.course_session is None]
    moved = plan_moves.of(read.rows)
    plan_moves.free(actor, moved)
    for row in moved:
        plan_moves.move(actor, row, tuple(_half_days(plan.first_day, weeks[row])))
    lost = sum(_make(actor, row, read.campus, weeks=weeks[row]) for row in new)
    plan.state = PlanState.PUBLISHED
    audit.record(actor, "plan_published", plan, sessions=len(new), moved=len(moved))
    db.session.flush()
    _tell_firms(plan, read)
    _tell_trainers(plan, new)
    _tell_interested(plan, new)
    return Outcome(len(new), len(moved), lost)


def _make(actor: Account, row: PlannedSession, campus: Campus, *, weeks: Weeks) -> int:
    """Open the session of a row; count the half-days that it could not have where the plan puts them."""
    course = campus.course_of[str(row.course_id)]
    details = SessionDetails(
        seats_min=course.seats_min,
        seats_max=min(course.seats_max, row.room.capacity),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        place=row.room.place or row.room.name,
        commune_code=row.room.commune_code,
    )
    row.course_session = made = add_session(actor, row.course, details)
    chosen = tuple(_half_days(row.plan.first_day, weeks))
    wanted = SlotPlan(row.starts_on, row.ends_on, room=row.room, trainer=row.trainer, chosen=chosen)
    try:
        planned = plan_slots(actor, made, wanted)
    except NothingToPlan:
        planned = []
    if row.course.state is CourseState.PUBLISHED:
        open_session(actor, made)
    return len(chosen) - len(planned)


def _half_days(first_day: date, weeks: Weeks) -> Iterable[tuple[date, Half]]:
    for week, numbers in weeks.items():
        for number in numbers:
            yield first_day + week * WEEK + timedelta(days=number // 2), HALVES[number % 2]


def _tell_firms(plan: SessionPlan, read: Reading) -> None:
    """Tell each person who posted a need, in a pool or not, which sessions hold seats for it."""
    wanted: dict[tuple[PlannedSession, object], int] = defaultdict(int)
    for row in read.rows:
        for key, count in row.posts.items():
            wanted[row, need_of(key)] += count
    needs = needs_by_id({need for _row, need in wanted})
    lines: dict[Account, list[Told]] = defaultdict(list)
    for (row, key), count in wanted.items():
        need = needs[key]
        lines[need.author].append(Told(row.course_session, need, count))
    _tell(plan, "plan_published_firm", lines)


def _tell_trainers(plan: SessionPlan, rows: Iterable[PlannedSession]) -> None:
    lines: dict[Account, list[Told]] = defaultdict(list)
    for row in rows:
        lines[row.trainer].append(Told(row.course_session))
    _tell(plan, "plan_published_trainer", lines)


def _tell_interested(plan: SessionPlan, rows: Iterable[PlannedSession]) -> None:
    """Tell the people who wait for a session of these courses that has days."""
    opened: dict[uuid.UUID, list[CourseSession]] = defaultdict(list)
    for row in rows:
        opened[row.course_id].append(row.course_session)
    lines: dict[Account, list[Told]] = defaultdict(list)
    for person, course in people_interested(opened):
        lines[person] += [Told(each) for each in opened[course]]
    _tell(plan, "plan_published_trainee", lines)


def _tell(plan: SessionPlan, kind: str, lines: dict[Account, list[Told]]) -> None:
    for account, told in lines.items():
        if account.disabled_at is None:
            ordered = sorted(told, key=lambda each: (each.session.starts_on, str(each.session.id)))
            mails.tell(account, kind, once_key=f"plan:{plan.id}:{kind}:{account.id}", lines=ordered)
