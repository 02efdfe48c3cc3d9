"""What open needs and courses still name of a referential though its version in force no longer has it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.models import (
    Course,
    CourseOccupation,
    CourseOutcome,
    CourseState,
    Need,
    NeedSkill,
    Occupation,
    Organisation,
    Skill,
)
from campus.queries.referential_reports import OVER


@dataclass(frozen=True)
class Found:
    """One page of lines, and how many there are."""

    lines: Sequence[Any]
    total: int


def said(words: str, *texts: str) -> bool:
    """Tell whether a text holds the words, which are folded; no words are in every text."""
    return not words or any(words in text.casefold() for text in texts)


@dataclass(frozen=True)
class Retired:
    """A need or a course that names an occupation no longer in force."""

    subject: Need | Course
    occupation: Occupation


@dataclass(frozen=True)
class RetiredSkill:
    """A skill no longer in force, with the open needs and the courses that name it."""

    skill: Skill
    needs: int
    courses: int


def count_retired() -> Sequence[int]:
    """Count what names a retired occupation, and the retired skills that something names."""
    needs, courses = _need_retired().subquery(), _course_retired().subquery()
    row = db.session.execute(
        select(
            select(func.count()).select_from(needs).scalar_subquery(),
            select(func.count()).select_from(courses).scalar_subquery(),
            select(func.count()).select_from(Skill).where(_retired_skill()).scalar_subquery(),
        )
    ).one()
    return row[0] + row[1], row[2]


def _need_retired() -> Select[Any]:
    return (
        select(Need.id, Need.occupation_id)
        .join(Occupation, Occupation.id == Need.occupation_id)
        .where(Occupation.retired_in_id.is_not(None), Need.state.not_in(OVER))
    )


def _course_retired() -> Select[Any]:
    return (
        select(Course.id, CourseOccupation.occupation_id)
        .join(CourseOccupation, CourseOccupation.course_id == Course.id)
        .join(Occupation, Occupation.id == CourseOccupation.occupation_id)
        .where(Occupation.retired_in_id.is_not(None), Course.state != CourseState.ARCHIVED)
    )


def retired_occupations(words: str, page: slice) -> Found:
    """List the needs, then the courses, that name a retired occupation."""
    needs = db.session.execute(
        _need_retired().add_columns(Need.title, Organisation.name).join(Organisation).order_by(Need.id)
    ).all()
    courses = db.session.execute(_course_retired().add_columns(Course.title).order_by(Course.title, Course.id)).all()
    keys = [(key, trade) for key, trade, title, firm in needs if said(words, title, firm)]
    keys += [(key, trade) for key, trade, title in courses if said(words, title)]
    shown = keys[page]
    ids = [key for key, _trade in shown]
    needs_in = select(Need).options(joinedload(Need.organisation)).where(Need.id.in_(ids))
    subjects: dict[uuid.UUID, Need | Course] = {each.id: each for each in db.session.scalars(needs_in)}
    subjects |= {each.id: each for each in db.session.scalars(select(Course).where(Course.id.in_(ids)))}
    retired = select(Occupation).where(Occupation.id.in_({trade for _key, trade in shown}))
    trades = {each.id: each for each in db.session.scalars(retired)}
    return Found([Retired(subjects[key], trades[trade]) for key, trade in shown], len(keys))


def _asked_for() -> ColumnElement[bool]:
    return exists().where(NeedSkill.skill_id == Skill.id, Need.id == NeedSkill.need_id, Need.state.not_in(OVER))


def _taught() -> ColumnElement[bool]:
    return exists().where(
        CourseOutcome.skill_id == Skill.id, Course.id == CourseOutcome.course_id, Course.state != CourseState.ARCHIVED
    )


def _retired_skill() -> ColumnElement[bool]:
    return Skill.retired_in_id.is_not(None) & Skill.merged_into_id.is_(None) & or_(_asked_for(), _taught())


def retired_skills(words: str, page: slice) -> Found:
    """List the retired skills that open needs or courses name."""
    rows = db.session.scalars(select(Skill).where(_retired_skill()).order_by(Skill.label, Skill.id)).all()
    kept = [skill for skill in rows if said(words, skill.label, skill.code)]
    ids = [skill.id for skill in kept[page]]
    needs = select(NeedSkill.skill_id, func.count()).join(Need, Need.id == NeedSkill.need_id)
    courses = select(CourseOutcome.skill_id, func.count()).join(Course, Course.id == CourseOutcome.course_id)
    asked = needs.where(NeedSkill.skill_id.in_(ids), Need.state.not_in(OVER)).group_by(NeedSkill.skill_id)
    taught = courses.where(CourseOutcome.skill_id.in_(ids), Course.state != CourseState.ARCHIVED)
    by_need: dict[int, int] = dict(db.session.execute(asked).all())
    by_course: dict[int, int] = dict(db.session.execute(taught.group_by(CourseOutcome.skill_id)).all())
    lines = [RetiredSkill(each, by_need.get(each.id, 0), by_course.get(each.id, 0)) for each in kept[page]]
    return Found(lines, len(kept))
