"""Merging two skills that mean the same, and separating them again.

Whatever names the first then names the second. Where something named both, the two lines become one that asks no less
than either. The first stays as an alias, so that what was written elsewhere still leads somewhere.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from campus import db
from campus.errors import Refused
from campus.models import (
    Account,
    CourseOutcome,
    CourseRequestSkill,
    Importance,
    NeedSkill,
    OccupationSkill,
    Skill,
    TraineeSkill,
)
from campus.queries.skills import aliases_of, last_merge_of
from campus.services import audit
from campus.services.skills import SkillIsMerged, judge_again, leaning_on


class SameSkill(Refused):
    """A skill cannot be merged into itself."""


class SkillIsRetired(Refused):
    """The publisher no longer has this skill: nothing new may lean on it."""


class CannotSeparate(Refused):
    """The skill was not merged, or the one that it was merged into was merged in its turn."""


@dataclass(frozen=True)
class Named:
    """A table that names skills, the column of what the line belongs to, and how two lines become one."""

    model: Any
    owner: str
    joined: Callable[[Any, Any], dict[str, Any]]
    can_be_undone: bool = True


def highest(*levels: int | None) -> int | None:
    """Give the highest of the levels that are known."""
    return max((level for level in levels if level is not None), default=None)


def stricter(kept: NeedSkill, gone: NeedSkill) -> dict[str, Any]:
    """Ask no less than either line of a need."""
    essential = Importance.ESSENTIAL in {kept.importance, gone.importance}
    importance = Importance.ESSENTIAL if essential else Importance.DESIRED
    return {"level": highest(kept.level, gone.level), "importance": importance}


# Who trainees are stays out of the log: what they said of the first skill is said of the second, for good.
NAMED = (
    Named(OccupationSkill, "occupation_id", lambda kept, gone: {"core": kept.core or gone.core}),
    Named(NeedSkill, "need_id", stricter),
    Named(
        CourseOutcome,
        "course_id",
        lambda kept, gone: {
            "entry_level": min(kept.entry_level, gone.entry_level),
            "exit_level": max(kept.exit_level, gone.exit_level),
        },
    ),
    Named(CourseRequestSkill, "course_request_id", lambda kept, gone: {"level": highest(kept.level, gone.level)}),
    Named(
        TraineeSkill,
        "account_id",
        lambda kept, gone: {"level": max(kept.level, gone.level)},
        can_be_undone=False,
    ),
)


def merge_skills(account: Account, skill: Skill, into: Skill) -> Skill:
    """Let one skill stand for another everywhere, and judge again the needs concerned."""
    if skill.id == into.id:
        raise SameSkill
    if skill.merged_into_id is not None or into.merged_into_id is not None:
        raise SkillIsMerged
    if into.retired_in_id is not None:
        raise SkillIsRetired
    before = leaning_on(skill, into)
    moved = {named.model.__tablename__: repoint(named, skill.id, into.id) for named in NAMED}
    followers = aliases_of(skill)
    for alias in [skill, *followers]:
        alias.merged_into_id = into.id
    kept = {named.model.__tablename__ for named in NAMED if named.can_be_undone}
    audit.record(
        account,
        "skill.merged",
        skill,
        into=into.id,
        moved={table: owners for table, owners in moved.items() if table in kept},
        aliases=[alias.id for alias in followers],
    )
    judge_again(into, before=before)
    return into


def repoint(named: Named, skill_id: int, into_id: int) -> list[str]:
    """Move the lines of one skill to another; list whose lines moved without meeting a twin."""
    owner = getattr(named.model, named.owner)
    lines = db.session.scalars(select(named.model).where(named.model.skill_id == skill_id)).all()
    owners = [getattr(line, named.owner) for line in lines]
    query = select(named.model).where(named.model.skill_id == into_id, owner.in_(owners))
    twins = {getattr(twin, named.owner): twin for twin in db.session.scalars(query)}
    moved = []
    for line in lines:
        belongs_to = getattr(line, named.owner)
        if belongs_to in twins:
            for name, value in named.joined(twins[belongs_to], line).items():
                setattr(twins[belongs_to], name, value)
            db.session.delete(line)
        else:
            line.skill_id = into_id
            moved.append(str(belongs_to))
    db.session.flush()
    return moved


def separate_skill(account: Account, skill: Skill) -> Skill:
    """Undo a merge: the lines that only changed their skill go back; those that became one stay one."""
    merge = last_merge_of(skill)
    if merge is None or merge.details["into"] != skill.merged_into_id:
        raise CannotSeparate
    into = db.session.get_one(Skill, skill.merged_into_id)
    before = leaning_on(skill, into)
    for named in NAMED:
        give_back(named, merge.details["moved"].get(named.model.__tablename__, []), skill.id, into_id=into.id)
    skill.merged_into_id = None
    for alias in db.session.scalars(select(Skill).where(Skill.id.in_(merge.details["aliases"]))):
        alias.merged_into_id = skill.id
    audit.record(account, "skill.separated", skill, after=into.id)
    judge_again(skill, into, before=before)
    return skill


def give_back(named: Named, owners: list[str], skill_id: int, *, into_id: int) -> None:
    """Move the lines of these owners back to the skill that they named before."""
    owner = getattr(named.model, named.owner)
    keys = [uuid.UUID(key) if owner.type.python_type is uuid.UUID else int(key) for key in owners]
    query = select(named.model).where(named.model.skill_id == into_id, owner.in_(keys))
    for line in db.session.scalars(query):
        line.skill_id = skill_id
    db.session.flush()
