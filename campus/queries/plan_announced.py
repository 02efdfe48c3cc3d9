"""Sessions that people know of already, as the planning reads them: their free seats, and those that could move."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, select

from campus import clock, db
from campus.models import CourseSession, CourseSessionState, Slot
from campus.planning import values
from campus.queries.course_sessions import joinable
from campus.queries.plan_demands import Horizon


def announced(
    horizon: Horizon, courses: set[str], apart_from: Collection[uuid.UUID] = ()
) -> tuple[values.Announced, ...]:
    """List the sessions with dates and free seats that are open, confirmed or prepared: they are filled first."""
    query = select(CourseSession).where(
        _known(),
        CourseSession.starts_on >= clock.today(),
        CourseSession.starts_on < horizon.end,
        CourseSession.seats_taken < CourseSession.seats_max,
    )
    return tuple(
        values.Announced(
            str(each.id),
            str(each.course_id),
            max(horizon.week_of(each.starts_on), 0),
            max(horizon.week_of(each.ends_on or each.starts_on), 0),
            each.seats_left,
        )
        for each in db.session.scalars(query.order_by(CourseSession.starts_on, CourseSession.id))
        if each.starts_on and str(each.course_id) in courses and each.id not in apart_from
    )


def _known() -> ColumnElement[bool]:
    return joinable(clock.today()) | (CourseSession.state == CourseSessionState.PREPARATION)


def in_place(
    horizon: Horizon, courses: Iterable[values.Course], closed: frozenset[int]
) -> dict[uuid.UUID, values.Published]:
    """Give the announced sessions that could move as a whole, each where it is, with its cost.

    Those, not confirmed yet, that lie in the weeks of a plan, take whole weeks as their course does, and have one room
    and one trainer. To move one costs 1, and 1 more for each person with a seat.
    """
    taught = {each.key: each for each in courses if each.half_days == values.FULL_WEEK}
    days = _days(horizon)
    query = select(CourseSession).where(CourseSession.id.in_(days)).order_by(CourseSession.starts_on, CourseSession.id)
    found = {}
    for each in db.session.scalars(query):
        course, weeks = taught.get(str(each.course_id)), sorted({week for week, _place in days[each.id]})
        places = {place for _week, place in days[each.id]}
        if course and len(places) == 1 and _weeks(horizon, course, closed, start=weeks[0]) == weeks:
            room, trainer = places.pop()
            if room and trainer:
                found[each.id] = _published(each, course, weeks[0], room=room, trainer=trainer)
    return found


def _days(horizon: Horizon) -> dict[uuid.UUID, list[tuple[int, tuple[uuid.UUID | None, uuid.UUID | None]]]]:
    """Give the weeks, rooms and trainers of the half-days of sessions that nobody has confirmed."""
    query = select(Slot.course_session_id, Slot.day, Slot.room_id, Slot.trainer_id).join(Slot.course_session)
    rows = db.session.execute(
        query.where(
            Slot.cancelled_at.is_(None),
            CourseSession.state.in_((CourseSessionState.PREPARATION, CourseSessionState.OPEN)),
            CourseSession.starts_on >= horizon.first_day,
            CourseSession.starts_on < horizon.end,
        )
    )
    found: dict[uuid.UUID, list[tuple[int, tuple[uuid.UUID | None, uuid.UUID | None]]]] = defaultdict(list)
    for key, day, room, trainer in rows:
        found[key].append((horizon.week_of(day), (room, trainer)))
    return found


def _weeks(horizon: Horizon, course: values.Course, closed: frozenset[int], *, start: int) -> list[int]:
    return list(values.Campus(horizon.weeks, (course,), (), (), (), closed).taught(course, start))


def _published(
    each: CourseSession, course: values.Course, start: int, *, room: uuid.UUID, trainer: uuid.UUID
) -> values.Published:
    beyond = max(course.seats_max - each.seats_max, 0)  # seats of the course that this session does not have
    taken, cost = each.seats_taken + beyond, 1 + each.seats_taken
    return values.Published(str(each.id), course.key, start, str(room), str(trainer), taken, cost)
