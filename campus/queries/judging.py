"""Needs and courses as the judge wants to see them: plain values, loaded in a handful of queries."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from campus import db
from campus.matching.values import CourseView, Importance, NeededSkill, NeedView, Outcome, SessionView
from campus.models import (
    Course,
    CourseOccupation,
    CourseOutcome,
    CourseSession,
    CourseSessionState,
    CourseState,
    Need,
    NeedSkill,
    NeedState,
    Occupation,
    OccupationSkill,
    Skill,
)
from campus.models.territory import Commune

TAKES_PEOPLE = frozenset({CourseSessionState.OPEN, CourseSessionState.CONFIRMED})
STILL_TO_COME = TAKES_PEOPLE | {CourseSessionState.PREPARATION, CourseSessionState.POSTPONED}
CANDIDATES = 40
SHARED, SAME_TRADE, SAME_FAMILY, RELATED = 10, 8, 3, 1
Sheets = dict[int, frozenset[int]]


def need_view(need: Need, sheets: Sheets) -> NeedView:
    """See a need as plain values; its skills and their rows must be loaded."""
    return NeedView(
        id=str(need.id),
        occupation_id=need.occupation_id,
        parent_occupation=need.occupation.parent_code if need.occupation else None,
        skills=tuple(_needed(each, sheets) for each in need.skills),
        posts=need.posts,
        earliest=need.earliest,
        latest=need.latest,
        point=point_of(need.commune),
        max_km=None,
        title=need.title,
    )


def _needed(each: NeedSkill, sheets: Sheets) -> NeededSkill:
    return NeededSkill(
        skill_id=each.skill_id,
        level=each.level,
        importance=Importance(each.importance.value),
        label=each.skill.label,
        macro_id=each.skill.macro_code or None,
        sheet_ids=sheets.get(each.skill_id, frozenset()),
    )


def point_of(commune: Commune | None) -> tuple[float, float] | None:
    """Give the latitude and longitude of a commune."""
    return (commune.latitude, commune.longitude) if commune else None


def course_views(ids: Collection[uuid.UUID], sheets: Sheets) -> list[CourseView]:
    """See courses as plain values, in four queries however many they are."""
    courses = db.session.scalars(
        select(Course)
        .where(Course.id.in_(ids))
        .options(selectinload(Course.outcomes).joinedload(CourseOutcome.skill), selectinload(Course.occupations))
    ).all()
    sessions = sessions_to_come(ids)
    return [_course_view(course, sessions.get(course.id, []), sheets) for course in courses]


def sessions_to_come(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[CourseSession]]:
    """List the sessions that may still be joined, by course."""
    rows = db.session.scalars(
        select(CourseSession)
        .where(CourseSession.course_id.in_(ids), CourseSession.state.in_(STILL_TO_COME))
        .options(joinedload(CourseSession.commune))
        .order_by(CourseSession.starts_on, CourseSession.id)
    )
    found = defaultdict(list)
    for row in rows:
        found[row.course_id].append(row)
    return found


def _course_view(course: Course, sessions: Iterable[CourseSession], sheets: Sheets) -> CourseView:
    return CourseView(
        id=str(course.id),
        title=course.title,
        outcomes=tuple(_outcome(each, sheets) for each in course.outcomes),
        occupation_ids=frozenset(each.id for each in course.occupations),
        parent_occupations=frozenset(each.parent_code for each in course.occupations if each.parent_code),
        sessions=tuple(_session_view(each) for each in sessions),
        certification_ends_on=course.certification_ends_on,
        hours=course.hours,
    )


def _outcome(each: CourseOutcome, sheets: Sheets) -> Outcome:
    return Outcome(
        skill_id=each.skill_id,
        entry_level=each.entry_level,
        exit_level=each.exit_level,
        label=each.skill.label,
        macro_id=each.skill.macro_code or None,
        sheet_ids=sheets.get(each.skill_id, frozenset()),
    )


def _session_view(each: CourseSession) -> SessionView:
    return SessionView(
        id=str(each.id),
        start=each.starts_on,
        end=each.ends_on,
        seats_left=each.seats_left,
        open=each.state in TAKES_PEOPLE,
        registration_deadline=each.registration_deadline,
        point=point_of(each.commune),
    )


def candidate_course_ids(need: Need) -> list[uuid.UUID]:
    """Find the published courses worth judging for a need: those that share most with it.

    A skill shared counts most, then the trade, then a skill of the same family; the judge then looks at the best
    CANDIDATES only, so that its cost does not grow with the catalogue.
    """
    points: dict[uuid.UUID, int] = defaultdict(int)
    for course_id, shared, related in db.session.execute(_taught(need)):
        points[course_id] += SHARED * (shared or 0) + RELATED * (related or 0)
    if need.occupation is not None:
        for course_id, same in db.session.execute(_leading_to(need.occupation)):
            points[course_id] += SAME_TRADE if same else SAME_FAMILY
    best = sorted(points, key=lambda course_id: (-points[course_id], course_id))
    return best[:CANDIDATES]


def _taught(need: Need) -> Select[tuple[uuid.UUID, int, int]]:
    """Count, by course, the skills shared with a need and those of the same family."""
    skills = [each.skill_id for each in need.skills]
    macros = {each.skill.macro_code for each in need.skills if each.skill.macro_code}
    shared = CourseOutcome.skill_id.in_(skills)
    return (
        select(CourseOutcome.course_id, func.sum(case((shared, 1), else_=0)), func.sum(case((shared, 0), else_=1)))
        .join(Course, Course.id == CourseOutcome.course_id)
        .join(Skill, Skill.id == CourseOutcome.skill_id)
        .where(Course.state == CourseState.PUBLISHED, or_(shared, Skill.macro_code.in_(macros)))
        .group_by(CourseOutcome.course_id)
    )


def _leading_to(occupation: Occupation) -> Select[tuple[uuid.UUID, bool]]:
    """Find the courses that lead to a trade, or to another of the same family."""
    family = occupation.parent_code or occupation.code
    return (
        select(CourseOccupation.course_id, CourseOccupation.occupation_id == occupation.id)
        .join(Course, Course.id == CourseOccupation.course_id)
        .join(Occupation, Occupation.id == CourseOccupation.occupation_id)
        .where(Course.state == CourseState.PUBLISHED)
        .where(or_(Occupation.id == occupation.id, Occupation.parent_code == family))
    )


def sheets_around(needs: Collection[Need]) -> Sheets:
    """Tell, for the trades of these needs, which skills stand on their sheets."""
    found: dict[int, set[int]] = defaultdict(set)
    trades = {need.occupation_id for need in needs if need.occupation_id is not None}
    rows = db.session.execute(
        select(OccupationSkill.skill_id, OccupationSkill.occupation_id).where(OccupationSkill.occupation_id.in_(trades))
    )
    for skill_id, occupation_id in rows:
        found[skill_id].add(occupation_id)
    return {skill_id: frozenset(each) for skill_id, each in found.items()}


def open_needs_concerned(course: Course) -> list[uuid.UUID]:
    """Find the published needs that a course can concern, by skill, family of skills or trade."""
    skills = [each.skill_id for each in course.outcomes]
    macros = {each.skill.macro_code for each in course.outcomes if each.skill.macro_code}
    parents = {each.parent_code for each in course.occupations if each.parent_code}
    asked = select(NeedSkill.need_id).where(NeedSkill.skill_id.in_(skills))
    related = select(NeedSkill.need_id).join(Skill, Skill.id == NeedSkill.skill_id).where(Skill.macro_code.in_(macros))
    trades = select(Occupation.id).where(
        or_(Occupation.id.in_([each.id for each in course.occupations]), Occupation.parent_code.in_(parents))
    )
    ways = or_(Need.id.in_(asked), Need.id.in_(related), Need.occupation_id.in_(trades))
    return list(db.session.scalars(select(Need.id).where(Need.state == NeedState.PUBLISHED, ways).order_by(Need.id)))


def needs_to_judge(ids: Collection[uuid.UUID]) -> list[Need]:
    """Load needs with all that the judge looks at."""
    return list(
        db.session.scalars(
            select(Need)
            .where(Need.id.in_(ids))
            .options(
                selectinload(Need.skills).joinedload(NeedSkill.skill),
                joinedload(Need.occupation),
                joinedload(Need.commune),
            )
            .order_by(Need.id)
        )
    )
