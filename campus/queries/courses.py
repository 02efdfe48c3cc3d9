"""Questions about courses."""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from campus import db
from campus.models import (
    AuditEvent,
    CertificationKind,
    Course,
    CourseOutcome,
    CourseSession,
    CourseSessionState,
    CourseState,
    Occupation,
    Skill,
)
from campus.queries.catalogue_index import Listed, catalogue
from campus.queries.course_sessions import OVER
from campus.queries.paging import page_size

HISTORY = 50
WHOLE = (
    selectinload(Course.outcomes).joinedload(CourseOutcome.skill),
    selectinload(Course.occupations),
)


@dataclass(frozen=True, slots=True)
class Seats:
    """The sessions of a course that are not over: how many, the next date, seats taken and in all."""

    sessions: int = 0
    next_on: date | None = None
    taken: int = 0
    most: int = 0


@dataclass(frozen=True)
class StaffList:
    """One page of the courses, with their seats, how many there are, how many in each state, how many lack a code."""

    rows: list[tuple[Listed, Seats]]
    total: int
    states: Counter[CourseState]
    uncoded: int


def course_by_id(course_id: uuid.UUID) -> Course | None:
    """Find a course with its skills and occupations, for the staff."""
    return db.session.scalar(select(Course).options(*WHOLE).where(Course.id == course_id))


def published_course(course_id: uuid.UUID) -> Course | None:
    """Find a course that everybody may see."""
    return db.session.scalar(
        select(Course).options(*WHOLE).where(Course.id == course_id, Course.state == CourseState.PUBLISHED)
    )


def withdrawn_course(course_id: uuid.UUID) -> Course | None:
    """Find a course that everybody could see once and that is put away now."""
    away = Course.state != CourseState.PUBLISHED
    was_seen = Course.published_at.is_not(None)
    return db.session.scalar(select(Course).options(*WHOLE).where(Course.id == course_id, was_seen, away))


def missing_for_publication(course: Course, on: date) -> list[str]:
    """Name what a course lacks to be published, in the order of the form."""
    certified = course.certification_kind != CertificationKind.NONE
    checks = {
        "objectives": bool(course.objectives),
        "content": bool(course.content),
        "prerequisites": bool(course.prerequisites),
        "hours": course.hours is not None,
        "certification_code": bool(course.certification_code) or not certified,
        "certification_level": course.certification_level is not None
        or course.certification_kind != CertificationKind.RNCP,
        "certification_ends_on": course.certification_ends_on is None or course.certification_ends_on >= on,
        "occupations": bool(course.occupations),
        "outcomes": bool(course.outcomes),
    }
    return [name for name, there in checks.items() if not there]


SORTS: dict[str, Callable[[tuple[Listed, Seats]], tuple[object, ...]]] = {
    "title": lambda row: (row[0].title.casefold(),),
    "updated": lambda row: (-row[0].updated_at.timestamp(),),
    "hours": lambda row: (row[0].hours or 0, row[0].title.casefold()),
    "next": lambda row: (row[1].next_on or date.max, row[0].title.casefold()),
}


def courses_for_staff(
    words: str, state: CourseState | None, *, sort: str, page: int, uncoded: bool = False
) -> StaffList:
    """List one page of the courses that hold these words, in a state or all; those without a speciality only, if so."""
    known = catalogue()
    keys = [each.id for each in known.finder.find(words) if each.complete] if words else list(known.courses)
    found = [known.courses[key] for key in keys if key in known.courses]
    listed = [each for each in found if not (uncoded and each.nsf_code)]
    seats = _seats_by_course()
    rows = [(each, seats.get(each.id, Seats())) for each in listed if state in {None, each.state}]
    if sort or not words:
        rows.sort(key=SORTS[sort or "title"])
    return StaffList(
        rows[(page - 1) * page_size() : page * page_size()],
        len(rows),
        Counter(each.state for each in listed),
        sum(not each.nsf_code and state in {None, each.state} for each in found),
    )


def _seats_by_course() -> dict[uuid.UUID, Seats]:
    rows = db.session.execute(
        select(
            CourseSession.course_id,
            func.count(CourseSession.id),
            func.min(CourseSession.starts_on),
            func.sum(CourseSession.seats_taken),
            func.sum(CourseSession.seats_max),
        )
        .where(CourseSession.state.not_in((*OVER, CourseSessionState.RUNNING)))
        .group_by(CourseSession.course_id)
    )
    return {row[0]: Seats(*row[1:]) for row in rows}


def history_of(course: Course) -> list[AuditEvent]:
    """List who did what to a course and its sessions, the latest first."""
    sessions = select(CourseSession.id).where(CourseSession.course_id == course.id)
    keys = [str(key) for key in db.session.scalars(sessions)] + [str(course.id)]
    events = db.session.scalars(
        select(AuditEvent)
        .options(joinedload(AuditEvent.actor))
        .where(AuditEvent.subject_kind.in_(("courses", "course_sessions")), AuditEvent.subject_id.in_(keys))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(HISTORY)
    )
    return list(events)


def last_change(course: Course) -> AuditEvent | None:
    """Find who changed a course last."""
    return db.session.scalar(
        select(AuditEvent)
        .options(joinedload(AuditEvent.actor))
        .where(AuditEvent.subject_kind == "courses", AuditEvent.subject_id == str(course.id))
        .order_by(AuditEvent.at.desc(), AuditEvent.id.desc())
        .limit(1)
    )


def occupations_with(ids: Iterable[int]) -> list[Occupation]:
    """Give occupations by their keys, in the order of their codes."""
    wanted = set(ids)
    if not wanted:
        return []
    return list(db.session.scalars(select(Occupation).where(Occupation.id.in_(wanted)).order_by(Occupation.code)))


def skills_with(ids: Iterable[int]) -> dict[int, Skill]:
    """Give skills by their keys."""
    wanted = set(ids)
    if not wanted:
        return {}
    return {skill.id: skill for skill in db.session.scalars(select(Skill).where(Skill.id.in_(wanted)))}


def certified_until(first: date, last: date) -> Sequence[Course]:
    """List the published courses whose certification ends between two days, the soonest first."""
    ends = Course.certification_ends_on
    query = select(Course).where(Course.state == CourseState.PUBLISHED, ends >= first, ends <= last)
    return db.session.scalars(query.order_by(ends, Course.id)).all()
