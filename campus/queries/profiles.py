"""Questions about what a trainee says they can do."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from campus import db
from campus.models import Account, Occupation, OccupationSkill, Skill, TraineeSkill

SHEET = 12


def skills_of(account: Account) -> Sequence[TraineeSkill]:
    """List what a person says they can do, by name."""
    return db.session.scalars(
        select(TraineeSkill)
        .join(TraineeSkill.skill)
        .options(joinedload(TraineeSkill.skill))
        .where(TraineeSkill.account_id == account.id)
        .order_by(Skill.label, Skill.id)
    ).all()


def levels_of(account: Account) -> dict[int, int]:
    """Give the level that a person says they have, by skill; 0 for one that they do not have yet."""
    rows = db.session.execute(
        select(TraineeSkill.skill_id, TraineeSkill.level).where(TraineeSkill.account_id == account.id)
    )
    return {row.skill_id: row.level for row in rows}


def skills_in_use(ids: Collection[int]) -> Sequence[Skill]:
    """Find skills by their keys, those merged into another left out."""
    if not ids:
        return []
    return db.session.scalars(
        select(Skill).where(Skill.id.in_(ids), Skill.merged_into_id.is_(None)).order_by(Skill.label, Skill.id)
    ).all()


def occupation(occupation_id: int) -> Occupation | None:
    """Find an occupation."""
    return db.session.get(Occupation, occupation_id)


def skills_at_the_core(aim: Occupation) -> Sequence[Skill]:
    """List the first skills of an occupation's sheet, those at its core before the others."""
    return db.session.scalars(
        select(Skill)
        .join(OccupationSkill, OccupationSkill.skill_id == Skill.id)
        .where(OccupationSkill.occupation_id == aim.id, Skill.merged_into_id.is_(None))
        .order_by(OccupationSkill.core.desc(), Skill.kind, Skill.label, Skill.id)
        .limit(SHEET)
    ).all()
