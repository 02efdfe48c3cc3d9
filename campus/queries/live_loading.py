"""What the live index is filled from: published courses as columns, open needs with the answers stored for them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import Select, select, union

from campus import db
from campus.matching.course_columns import CourseColumns, packed
from campus.matching.course_index import CourseIndex
from campus.matching.ids import IdCodes
from campus.matching.ragged import Array, Ints
from campus.matching.session_board import SESSION, day
from campus.matching.values import CourseView, Id, NeedView
from campus.matching.waiting_answers import Last, Listed
from campus.models import (
    Course,
    CourseOccupation,
    CourseOutcome,
    CourseSession,
    CourseState,
    MatchFeedback,
    Need,
    NeedAnswer,
    NeedSkill,
    NeedState,
    Occupation,
    OccupationSkill,
    Skill,
)
from campus.models.territory import Commune
from campus.queries import judging

AT_ONCE = 2000
PUBLISHED = Course.state == CourseState.PUBLISHED


def in_parts(ids: Collection[uuid.UUID]) -> Iterator[list[uuid.UUID]]:
    """Cut ids into lists that one query can name."""
    listed = sorted(ids)
    return (listed[start : start + AT_ONCE] for start in range(0, len(listed), AT_ONCE))


def fill(index: CourseIndex) -> None:
    """Fill an index with the published courses, in five queries however many they are."""
    _learn_skills(index)
    courses = db.session.execute(
        select(Course.id, Course.title, Course.certification_ends_on).where(PUBLISHED).order_by(Course.id)
    ).all()
    number = {row.id: n for n, row in enumerate(courses)}
    taught_size, taught = _taught(index, number)
    trade_size, trade = _trades(index, number)
    session_size, sessions = _sessions(index, number)
    index.fill(
        CourseColumns(
            ids=[str(row.id) for row in courses],
            titles=[row.title for row in courses],
            taught_size=taught_size,
            taught_skill=taught[0],
            taught_levels=packed(np.where(taught[1] == 0, taught[2], 0), taught[2], taught[1]),
            trade_size=trade_size,
            trade=trade,
            certified_until=np.array([day(row.certification_ends_on) for row in courses], dtype=np.int64),
            session_size=session_size,
            sessions=sessions,
        )
    )


def _learn_skills(index: CourseIndex) -> None:
    """Learn the skills taught and those asked for, all at once: one learnt later costs a look at the others."""
    named = union(select(CourseOutcome.skill_id), select(NeedSkill.skill_id)).subquery()
    query = select(Skill.id, Skill.label, Skill.macro_code).join(named, named.c.skill_id == Skill.id)
    for row in db.session.execute(query.order_by(Skill.id)):
        index.store.skills.learn(row.id, row.label, row.macro_code or None)


def _by_course(rows: Iterable[tuple[int, ...]], courses: int, width: int) -> tuple[Ints, Ints]:
    """Sort rows by their first column, the number of a course: how many each has, and the other columns."""
    table = np.array(list(rows), dtype=np.int64).reshape(-1, width)
    table = table[np.argsort(table[:, 0], kind="stable")]
    return np.bincount(table[:, 0], minlength=courses), np.ascontiguousarray(table[:, 1:].T)


def _taught(index: CourseIndex, number: dict[uuid.UUID, int]) -> tuple[Ints, Ints]:
    skills = index.store.skills.number
    columns = (CourseOutcome.course_id, CourseOutcome.skill_id, CourseOutcome.entry_level, CourseOutcome.exit_level)
    found = db.session.execute(select(*columns).join(Course, Course.id == CourseOutcome.course_id).where(PUBLISHED))
    rows = ((number[course_id], skills[skill_id], entry, leaving) for course_id, skill_id, entry, leaving in found)
    return _by_course(rows, len(number), 4)


def _trades(index: CourseIndex, number: dict[uuid.UUID, int]) -> tuple[Ints, Ints]:
    trades = index.store.trades
    rows = db.session.execute(
        select(CourseOccupation.course_id, Occupation.id, Occupation.parent_code)
        .join(Occupation, Occupation.id == CourseOccupation.occupation_id)
        .join(Course, Course.id == CourseOccupation.course_id)
        .where(PUBLISHED)
    )
    pairs: set[tuple[int, int]] = set()
    for course_id, occupation_id, parent in rows:
        pairs.add((number[course_id], trades.occupation(occupation_id)))
        if parent:
            pairs.add((number[course_id], trades.parent(parent)))
    size, found = _by_course(sorted(pairs), len(number), 2)
    return size, found[0]


def _sessions(index: CourseIndex, number: dict[uuid.UUID, int]) -> tuple[Ints, dict[str, Array]]:
    """Give the sessions still to come, each course's in the order of their ids."""
    found = db.session.execute(_coming().order_by(CourseSession.id)).all()
    rows = [row for row in found if row.course_id in number]
    owner = np.array([number[row.course_id] for row in rows], dtype=np.int64)
    order = np.argsort(owner, kind="stable")
    high, low = IdCodes().encode_all([str(row.id) for row in rows])
    values = {
        "start": _days(row.starts_on for row in rows),
        "end": _days(row.ends_on for row in rows),
        "deadline": _days(row.registration_deadline for row in rows),
        "seats": np.array([row.seats_max - row.seats_taken for row in rows], dtype=np.int32),
        "area": np.array([index.store.board.area(judging.place_of(row)) for row in rows], dtype=np.int32),
        "open": np.array([row.state in judging.TAKES_PEOPLE for row in rows], dtype=np.bool_),
        "high": high,
        "low": low,
    }
    return np.bincount(owner, minlength=len(number)), {name: values[name][order] for name in SESSION.names or ()}


def _coming() -> Select[Any]:
    dates = (CourseSession.starts_on, CourseSession.ends_on, CourseSession.registration_deadline)
    return (
        select(CourseSession.course_id, CourseSession.id, CourseSession.state, *dates)
        .add_columns(CourseSession.seats_max, CourseSession.seats_taken, Commune.latitude, Commune.longitude)
        .add_columns(Course.modality)
        .join(Course, Course.id == CourseSession.course_id)
        .outerjoin(Commune, Commune.code == CourseSession.commune_code)
        .where(CourseSession.state.in_(judging.STILL_TO_COME))
    )


def _days(values: Iterable[date | None]) -> Array:
    return np.array([day(value) for value in values], dtype=np.int32)


def published(ids: Collection[uuid.UUID]) -> list[CourseView]:
    """See those of these courses that are published."""
    views: list[CourseView] = []
    for part in in_parts(ids):
        offered = list(db.session.scalars(select(Course.id).where(Course.id.in_(part), PUBLISHED)))
        views += judging.course_views(offered, {}) if offered else []
    return views


def open_needs(ids: Collection[uuid.UUID] | None = None) -> list[NeedView]:
    """See the published needs, or those of these that are."""
    waiting = select(Need.id).where(Need.state == NeedState.PUBLISHED)
    if ids is None:
        chosen = set(db.session.scalars(waiting))
    else:
        chosen = {each for part in in_parts(ids) for each in db.session.scalars(waiting.where(Need.id.in_(part)))}
    return [view for part in in_parts(chosen) for view in judging.need_views(part, {})]


def answers(ids: Collection[uuid.UUID]) -> dict[Id, Listed]:
    """Give what is stored of needs: their best courses, and all else that their answers lean on."""
    found: dict[Id, Listed] = {}
    for part in in_parts(ids):
        doubted = _doubted(part)
        rows = db.session.execute(select(NeedAnswer.need_id, NeedAnswer.standing).where(NeedAnswer.need_id.in_(part)))
        for need_id, standing in rows:
            found[str(need_id)] = listed(standing or {}, doubted[need_id])
    return found


def listed(standing: dict[str, Any], doubted: Iterable[str]) -> Listed:
    """Read what `as_standing` of the service wrote."""
    best, last = tuple(standing.get("best", ())), standing.get("last")
    named = (*standing.get("pathway", ()), *doubted)
    return Listed(best, Last(*last, course_id=best[-1]) if last else None, named)


def _doubted(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    rows = db.session.execute(
        select(MatchFeedback.need_id, MatchFeedback.course_id).where(
            MatchFeedback.need_id.in_(ids), MatchFeedback.withdrawn_at.is_(None)
        )
    )
    for need_id, course_id in rows:
        found[need_id].append(str(course_id))
    return found


def sheets(trades: Collection[int]) -> dict[int, set[int]]:
    """Give the skills on the sheets of occupations."""
    found: dict[int, set[int]] = {trade: set() for trade in trades}
    rows = db.session.execute(
        select(OccupationSkill.occupation_id, OccupationSkill.skill_id).where(OccupationSkill.occupation_id.in_(trades))
    )
    for occupation_id, skill_id in rows:
        found[occupation_id].add(skill_id)
    return found
