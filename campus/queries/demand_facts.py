"""What demand is added up from, kept in memory by each process and brought up to date before each use.

Reading it all takes a tenth of a second or two, and pages ask for it again and again.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, cast, func, select

from campus import changes, db
from campus.changes import Subject
from campus.models import (
    ChangeKind,
    Commune,
    Course,
    CourseOccupation,
    CourseOutcome,
    CourseSession,
    CourseSessionState,
    CourseState,
    Enrolment,
    EnrolmentState,
    Need,
    NeedSkill,
    NeedState,
    Occupation,
    Organisation,
)
from campus.planning.facts import COURSES, LEVELS, NEEDS, PAST, Facts, Sheet, unpacked
from campus.queries.demand_steps import Ladders, posts_covered
from campus.queries.firms import SIREN
from campus.queries.kept import Kept
from campus.queries.report_cube import family_of

COUNTED_NEEDS = (NeedState.PUBLISHED,)
ENDED_NEEDS = (NeedState.COVERED, NeedState.EXPIRED, NeedState.WITHDRAWN)
IN_TRAINING = (EnrolmentState.CONFIRMED, EnrolmentState.CALLED_UP, EnrolmentState.ATTENDED)
PLANNED = (
    CourseSessionState.PREPARATION,
    CourseSessionState.OPEN,
    CourseSessionState.CONFIRMED,
    CourseSessionState.RUNNING,
)
DEADLINE = func.coalesce(Need.latest, Need.earliest)


def facts() -> Facts:
    """Give the facts as the session sees them, those that it has not committed included."""
    return _kept.now()


def warm_up() -> None:
    """Read the facts before anybody asks, in a thread of its own."""
    _kept.warm_up()


def _with(facts: Facts, subjects: Collection[Subject]) -> Facts:
    needs, courses = (changes.ids_of(subjects, kind) for kind in (ChangeKind.NEED, ChangeKind.COURSE))
    keys, fresh = _keys(needs), _needs(needs) if needs else None
    return Facts(
        needs=facts.needs.updated(keys, fresh[0]) if fresh else facts.needs,
        past=facts.past.updated(keys, fresh[1]) if fresh else facts.past,
        courses=facts.courses.updated(_keys(courses), _courses(courses)) if courses else facts.courses,
    )


def _keys(ids: Collection[uuid.UUID]) -> list[bytes]:
    return [each.bytes for each in ids]


def _read_all() -> Facts:
    return Facts(*_needs(None), _courses(None))


def _needs(ids: Collection[uuid.UUID] | None) -> tuple[Sheet, Sheet]:
    """Read the needs that count and those that have ended, all of them or some."""
    asked = _strung(NeedSkill.skill_id, NeedSkill.level).where(NeedSkill.need_id == Need.id).scalar_subquery()
    head = (Need.id, Need.organisation_id, SIREN, DEADLINE, Need.occupation_id)
    trade = (Occupation.code, Occupation.parent_code)
    query = (
        select(*head, *trade, Commune.area_code, Need.posts, *posts_covered(), asked, Need.state)
        .join(Organisation, Organisation.id == Need.organisation_id)
        .outerjoin(Occupation, Occupation.id == Need.occupation_id)
        .outerjoin(Commune, Commune.code == Need.commune_code)
        .where(Need.state.in_((*COUNTED_NEEDS, *ENDED_NEEDS)))
    )
    rows, ladders = _among(query, Need.id, ids), Ladders.read((*COUNTED_NEEDS, *ENDED_NEEDS), ids)
    counted = [row for row in rows if row.state in COUNTED_NEEDS]
    now = [_need(row, ladders) for row in counted]
    past = [_ended(row, ladders) for row in rows if row.state not in COUNTED_NEEDS]
    return Sheet.of(NEEDS, now, asked=unpacked([row[-2] for row in counted])), Sheet.of(PAST, past)


def _need(row: Any, ladders: Ladders) -> tuple[Any, ...]:
    key, site, firm, day, trade, code, parent, area, posts, *covered, _asked, _state = row
    family, steps = family_of(code, parent), ladders.steps(key, posts, covered)
    about = (trade or 0, family.encode(), (area or "").encode())
    return (key.bytes, site.bytes, firm.encode(), _ordinal(day), *about, *steps)


def _ended(row: Any, ladders: Ladders) -> tuple[Any, ...]:
    """Tell of a need that has ended what was said at most, and the posts that got a seat."""
    key, *_rest, posts, seated, _trained, _hired, _asked, _state = row
    return (key.bytes, *ladders.most(key, posts), seated)


def _courses(ids: Collection[uuid.UUID] | None) -> Sheet:
    """Read the published courses, all of them or some, and their sessions planned."""
    outcomes = _strung(CourseOutcome.skill_id, CourseOutcome.exit_level)
    taught = outcomes.where(CourseOutcome.course_id == Course.id).scalar_subquery()
    rows = _among(select(Course.id, taught).where(Course.state == CourseState.PUBLISHED), Course.id, ids)
    place = {key: place for place, (key, _taught) in enumerate(rows)}
    leads, sessions = (
        _among(_leads(), CourseOccupation.course_id, ids),
        _among(_planned(), CourseSession.course_id, ids),
    )
    return Sheet.of(
        COURSES,
        [(course.bytes,) for course in place],
        taught=unpacked([text for _key, text in rows]),
        leads=[
            (place[of], trade, family_of(code, parent).encode()) for of, trade, code, parent in leads if of in place
        ],
        sessions=[
            (place[of], key.bytes, seats, _ordinal(day), (area or "").encode())
            for of, key, seats, day, area in sessions
            if of in place
        ],
    )


def _leads() -> Select[Any]:
    columns = (CourseOccupation.course_id, CourseOccupation.occupation_id, Occupation.code, Occupation.parent_code)
    return select(*columns).join(Occupation, Occupation.id == CourseOccupation.occupation_id)


def _planned() -> Select[Any]:
    columns = (CourseSession.course_id, CourseSession.id, CourseSession.seats_max, CourseSession.ends_on)
    placed = select(*columns, Commune.area_code).outerjoin(Commune, Commune.code == CourseSession.commune_code)
    return placed.where(CourseSession.state.in_(PLANNED))


def people_in_training() -> dict[bytes, int]:
    """Count the people with a confirmed seat, called up or attending, by the bytes of their session's key.

    They come and go all the time, so they are counted anew; whatever session they are in that is not planned any more
    is not looked up.
    """
    query = select(Enrolment.course_session_id, func.count()).where(Enrolment.state.in_(IN_TRAINING))
    planned = select(CourseSession.id).where(CourseSession.state.in_(PLANNED))
    rows = db.session.execute(
        query.where(Enrolment.course_session_id.in_(planned)).group_by(Enrolment.course_session_id)
    )
    return {key.bytes: count for key, count in rows}


def _strung(key: Any, level: Any) -> Select[tuple[str]]:
    """Ask for skills and levels as numbers in one text: a fifth of the time that as many rows take."""
    number = key * LEVELS + func.coalesce(level, 0)
    return select(func.aggregate_strings(cast(number, String), ","))


def _among(query: Select[Any], key: ColumnElement[Any] | Any, ids: Collection[uuid.UUID] | None) -> Sequence[Any]:
    return db.session.execute(query if ids is None else query.where(key.in_(ids))).all()


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


_kept: Kept[Facts] = Kept(_read_all, _with)
