"""All courses in memory, to search and count them in milliseconds; made again when something changed."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from campus import db
from campus.matching.finding import Finder
from campus.models import (
    CertificationKind,
    Course,
    CourseOccupation,
    CourseOutcome,
    CourseState,
    JobTitle,
    Modality,
    Occupation,
    Revision,
    Skill,
)

REVISION = "catalogue"
TITLE, TRADE, SKILL, AIM = 5.0, 3.0, 2.0, 1.0
Texts = dict[uuid.UUID, list[tuple[str, float]]]


@dataclass(frozen=True, slots=True)
class Listed:
    """What lists show of a course."""

    id: uuid.UUID
    title: str
    state: CourseState
    hours: int | None
    modality: Modality
    certification_kind: CertificationKind
    certification_code: str
    certification_level: int | None
    nsf_code: str
    updated_at: datetime
    occupations: tuple[str, ...]
    skills: int


@dataclass(frozen=True)
class Catalogue:
    """Every course by its key, and the finder of their words."""

    courses: dict[uuid.UUID, Listed]
    finder: Finder


_kept: dict[str, tuple[object, Catalogue]] = {}


def catalogue() -> Catalogue:
    """Give the courses in memory, read again when the database has moved on."""
    stamp, kept = _stamp(), _kept.get(REVISION)
    if kept is None or kept[0] != stamp:
        kept = _kept[REVISION] = (stamp, _read())
    return kept[1]


def _stamp() -> tuple[Any, ...]:
    """Tell in one query whether what is in memory still holds."""
    number = select(Revision.number).where(Revision.name == REVISION).scalar_subquery()
    row = db.session.execute(select(number, func.count(Course.id), func.max(Course.updated_at))).one()
    return (str(db.engine().url), *row)


def _read() -> Catalogue:
    texts: Texts = defaultdict(list)
    skills = _skills(texts)
    occupations = _occupations(texts)
    courses = dict(_courses(texts, skills, occupations))
    return Catalogue(courses, Finder((key, texts[key]) for key in courses))


def _skills(texts: Texts) -> dict[uuid.UUID, int]:
    """Count the skills of each course, and note their words."""
    counts: dict[uuid.UUID, int] = defaultdict(int)
    rows = db.session.execute(select(CourseOutcome.course_id, Skill.label).join(Skill))
    for course_id, label in rows:
        counts[course_id] += 1
        texts[course_id].append((label, SKILL))
    return counts


def _occupations(texts: Texts) -> dict[uuid.UUID, tuple[str, ...]]:
    """Name the occupations of each course, and note their words and those of their job titles."""
    labels: dict[uuid.UUID, tuple[str, ...]] = defaultdict(tuple)
    titles = _job_titles()
    rows = db.session.execute(
        select(CourseOccupation.course_id, Occupation.id, Occupation.label)
        .join(Occupation, Occupation.id == CourseOccupation.occupation_id)
        .order_by(Occupation.code)
    )
    for course_id, occupation_id, label in rows:
        labels[course_id] += (label,)
        texts[course_id] += [(words, TRADE) for words in (label, *titles[occupation_id])]
    return labels


def _job_titles() -> dict[int, list[str]]:
    titles: dict[int, list[str]] = defaultdict(list)
    taught = select(CourseOccupation.occupation_id)
    rows = db.session.execute(select(JobTitle.occupation_id, JobTitle.label).where(JobTitle.occupation_id.in_(taught)))
    for occupation_id, label in rows:
        titles[occupation_id].append(label)
    return titles


def _courses(
    texts: Texts, skills: dict[uuid.UUID, int], occupations: dict[uuid.UUID, tuple[str, ...]]
) -> Iterator[tuple[uuid.UUID, Listed]]:
    columns = (Course.id, Course.title, Course.state, Course.hours, Course.modality, Course.certification_kind)
    more = (Course.certification_code, Course.certification_level, Course.nsf_code, Course.updated_at)
    rows: Iterable[Any] = db.session.execute(select(*columns, *more, Course.objectives).order_by(Course.id))
    for row in rows:
        *shown, objectives = row
        course_id, title = shown[0], shown[1]
        texts[course_id] += [(title, TITLE), (objectives, AIM)]
        yield course_id, Listed(*shown, occupations=occupations[course_id], skills=skills[course_id])
