"""Questions about skills, for the people who keep the list."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.matching.text import similarity
from campus.models import (
    AuditEvent,
    Course,
    CourseOutcome,
    CourseState,
    Need,
    NeedSkill,
    NeedState,
    Occupation,
    OccupationSkill,
    Skill,
    SkillSource,
)
from campus.queries.paging import page_size
from campus.queries.understanding import find_skills, skills_alike
from campus.starter import Family, families

PAGE = 25
MOST_FOUND = 400
SHOWN = 12
NEAREST = 100


class SkillFilter(StrEnum):
    """Which skills a list shows."""

    CAMPUS = "campus"
    ROME = "rome"
    MERGED = "merged"
    RETIRED = "retired"


@dataclass(frozen=True)
class Uses:
    """How many sheets, needs and courses name a skill."""

    occupations: int = 0
    needs: int = 0
    courses: int = 0


@dataclass(frozen=True)
class SkillList:
    """One page of skills with their uses, and how many there are of each sort."""

    rows: Sequence[tuple[Skill, Uses]]
    total: int
    in_use: int
    counts: dict[SkillFilter, int]


IN_USE = Skill.merged_into_id.is_(None) & Skill.retired_in_id.is_(None)
SORTS: dict[SkillFilter, ColumnElement[bool]] = {
    SkillFilter.CAMPUS: IN_USE & (Skill.source == SkillSource.CAMPUS),
    SkillFilter.ROME: IN_USE & (Skill.source == SkillSource.ROME),
    SkillFilter.MERGED: Skill.merged_into_id.is_not(None),
    SkillFilter.RETIRED: Skill.retired_in_id.is_not(None) & Skill.merged_into_id.is_(None),
}


def skills_found(words: str, only: SkillFilter | None, *, page: int) -> SkillList:
    """List skills by their words, forgiving accents for those in use, or by their code."""
    named = worded(words)
    in_use, counts = skills_by_sort(named)
    chosen = SORTS[only] if only else IN_USE
    order = select(Skill).where(named, chosen).order_by(func.lower(Skill.label), Skill.id)
    skills = db.session.scalars(order.limit(page_size()).offset((page - 1) * page_size())).all()
    uses = uses_of([skill.id for skill in skills])
    rows = [(skill, uses.get(skill.id, Uses())) for skill in skills]
    return SkillList(rows, counts[only] if only else in_use, in_use, counts)


def worded(words: str) -> ColumnElement[bool]:
    """Say which skills some words mean."""
    if not words:
        return Skill.id.is_not(None)
    found = [each.id for each in find_skills(words, MOST_FOUND)]
    same_code = func.upper(Skill.code) == words.upper()
    beside = ~IN_USE & Skill.label.icontains(words, autoescape=True)
    return or_(Skill.id.in_(found), beside, same_code)


def skills_by_sort(named: ColumnElement[bool]) -> tuple[int, dict[SkillFilter, int]]:
    """Count, among some skills, those in use and those of each sort, in one go."""
    counts = [func.count(case((condition, 1))) for condition in (IN_USE, *SORTS.values())]
    in_use, *counted = db.session.execute(select(*counts).select_from(Skill).where(named)).one()
    return in_use, dict(zip(SORTS, counted, strict=True))


def uses_of(ids: Collection[int]) -> dict[int, Uses]:
    """Count what names each of these skills."""
    counted: list[dict[int, int]] = []
    for model in (OccupationSkill, NeedSkill, CourseOutcome):
        column: Any = model.skill_id
        query = select(column, func.count()).where(column.in_(ids)).group_by(column)
        counted.append(dict(db.session.execute(query).all()))
    return {skill: Uses(*(each.get(skill, 0) for each in counted)) for skill in ids}


def skill_by_id(skill_id: int) -> Skill | None:
    """Find a skill."""
    return db.session.get(Skill, skill_id)


def skill_worded(label: str) -> Skill | None:
    """Find a skill in use with this wording, whatever its capitals."""
    same = or_(Skill.label == label, func.lower(Skill.label) == label.lower())
    return db.session.scalar(select(Skill).where(same, IN_USE).order_by(Skill.id).limit(1))


def merge_candidates(skill: Skill, words: str) -> Sequence[tuple[Skill, Uses]]:
    """List the skills in use that could stand for another, the nearest to some words first."""
    found = skills_alike(words, NEAREST)
    query = select(Skill).where(Skill.id.in_(found), Skill.id != skill.id, IN_USE)
    rows = sorted(db.session.scalars(query), key=lambda row: (-similarity(row.label, words), row.id))[:PAGE]
    uses = uses_of([row.id for row in rows])
    return [(row, uses[row.id]) for row in rows]


def next_campus_code() -> str:
    """Give the code of the next skill of the campus's own: C216 after C215."""
    codes = db.session.scalars(select(Skill.code).where(Skill.source == SkillSource.CAMPUS, Skill.code.like("C%")))
    numbers = [int(code[1:]) for code in codes if code[1:].isdecimal()]
    return f"C{max(numbers, default=0) + 1:03d}"


def family_of(code: str) -> Family | None:
    """Find a family of the campus's own skills."""
    return families().get(code)


def gestures_of_family(code: str) -> dict[str, dict[str, str]]:
    """Give the gestures of a family's levels in both languages, as a skill keeps them."""
    family = family_of(code)
    return family.gestures_by_language() if family else {}


def aliases_of(skill: Skill) -> Sequence[Skill]:
    """List the skills that this one stands for."""
    query = select(Skill).where(Skill.merged_into_id == skill.id).order_by(Skill.label, Skill.id)
    return db.session.scalars(query).all()


def occupations_with_skill(skill: Skill) -> Sequence[tuple[Occupation, bool]]:
    """List the sheets that have a skill, those at whose heart it is first."""
    query = select(Occupation, OccupationSkill.core).join(OccupationSkill).where(OccupationSkill.skill_id == skill.id)
    ordered = query.order_by(OccupationSkill.core.desc(), Occupation.label, Occupation.id).limit(SHOWN)
    return [(occupation, core) for occupation, core in db.session.execute(ordered)]


def courses_with_skill(skill: Skill) -> Sequence[Course]:
    """List the courses that teach a skill."""
    query = select(Course).join(CourseOutcome).where(CourseOutcome.skill_id == skill.id)
    return db.session.scalars(query.order_by(Course.title, Course.id).limit(SHOWN)).all()


def courses_teaching(ids: Collection[int]) -> Sequence[Course]:
    """List the published courses that teach one of these skills."""
    teaching = select(CourseOutcome.course_id).where(CourseOutcome.skill_id.in_(ids))
    published = Course.state == CourseState.PUBLISHED
    return db.session.scalars(select(Course).where(Course.id.in_(teaching), published).order_by(Course.id)).all()


def published_needs_asking(ids: Collection[int]) -> list[uuid.UUID]:
    """List the published needs that ask for one of these skills."""
    asking = select(NeedSkill.need_id).where(NeedSkill.skill_id.in_(ids))
    return list(db.session.scalars(select(Need.id).where(Need.id.in_(asking), Need.state == NeedState.PUBLISHED)))


def last_merge_of(skill: Skill) -> AuditEvent | None:
    """Find how a skill was merged the last time."""
    about = AuditEvent.subject_kind == "skills", AuditEvent.subject_id == str(skill.id)
    query = select(AuditEvent).where(*about, AuditEvent.action == "skill.merged")
    return db.session.scalar(query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(1))


def history_of_skill(skill: Skill) -> Sequence[AuditEvent]:
    """List who changed a skill, the latest first."""
    about = AuditEvent.subject_kind == "skills", AuditEvent.subject_id == str(skill.id)
    query = select(AuditEvent).options(joinedload(AuditEvent.actor)).where(*about)
    return db.session.scalars(query.order_by(AuditEvent.at.desc(), AuditEvent.id.desc()).limit(SHOWN)).all()
