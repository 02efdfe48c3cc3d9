"""What staff do with the campus's own skills: add and rename."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from campus import db
from campus.errors import Refused
from campus.models import Account, Skill, SkillKind, SkillSource
from campus.queries.catalogue_index import REVISION
from campus.queries.live_index import needs_concerned
from campus.queries.skills import (
    courses_teaching,
    gestures_of_family,
    next_campus_code,
    published_needs_asking,
    skill_worded,
)
from campus.services import audit
from campus.services.matches import match_all
from campus.services.revisions import bump

LISTS = ("referential", REVISION)


class SkillExists(Refused):
    """Another skill has this wording; `label` gives it."""


class SkillIsOfficial(Refused):
    """The wording is the publisher's."""


class SkillIsMerged(Refused):
    """Another skill stands for this one."""


@dataclass(frozen=True)
class SkillDetails:
    """All that the campus says of a skill of its own."""

    label: str
    label_en: str = ""
    kind: SkillKind = SkillKind.KNOW_HOW
    definition: str = ""
    family: str = ""


def add_skill(account: Account, details: SkillDetails) -> Skill:
    """Add a skill to the campus's own list, with the gestures of its family."""
    refuse_twin(details.label)
    skill = Skill(source=SkillSource.CAMPUS, code=next_campus_code(), **columns(details))
    db.session.add(skill)
    db.session.flush()
    announce()
    audit.record(account, "skill.added", skill, label=skill.label)
    return skill


def rename_skill(account: Account, skill: Skill, details: SkillDetails) -> Skill:
    """Correct the wording of a skill of the campus's own; what names it follows."""
    if skill.source is not SkillSource.CAMPUS:
        raise SkillIsOfficial
    if skill.merged_into_id is not None:
        raise SkillIsMerged
    refuse_twin(details.label, but=skill.id)
    before, needs = skill.label, leaning_on(skill)
    for name, value in columns(details).items():
        setattr(skill, name, value)
    judge_again(skill, before=needs)
    audit.record(account, "skill.renamed", skill, before=before, after=skill.label)
    return skill


def refuse_twin(label: str, *, but: int = 0) -> None:
    """Refuse a wording that another skill has already."""
    twin = skill_worded(label)
    if twin is not None and twin.id != but:
        raise SkillExists(label=twin.label)


def columns(details: SkillDetails) -> dict[str, object]:
    """Give the columns of a skill of the campus's own."""
    return {
        "label": details.label,
        "label_en": details.label_en,
        "kind": details.kind,
        "definition": details.definition,
        "macro_code": details.family,
        "gestures": gestures_of_family(details.family),
    }


def announce() -> None:
    """Let the processes that keep the lists of skills read them again."""
    for name in LISTS:
        bump(name)


def leaning_on(*skills: Skill) -> set[uuid.UUID]:
    """Give the published needs that ask for these skills, and those that courses with them concern."""
    ids = [skill.id for skill in skills]
    courses = [course.id for course in courses_teaching(ids)]
    return needs_concerned(courses) | set(published_needs_asking(ids))


def judge_again(*skills: Skill, before: set[uuid.UUID]) -> None:
    """Answer anew the needs that leaned on these skills before they changed and those that do now."""
    db.session.flush()
    db.session.expire_all()
    announce()
    match_all(before | leaning_on(*skills))
