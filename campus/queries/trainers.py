"""Questions about trainers and what they may teach."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date

from sqlalchemy import case, func, select
from sqlalchemy.orm import contains_eager, joinedload

from campus import db
from campus.models import Account, Role, Skill, TrainerSkill
from campus.queries.slots import trainers


def all_trainers() -> Sequence[Account]:
    """List the trainers whose account is open, by name."""
    return db.session.scalars(trainers()).all()


def trainer_by_id(account_id: uuid.UUID) -> Account | None:
    """Find a trainer."""
    return db.session.scalar(select(Account).where(Account.id == account_id, Account.role == Role.TRAINER))


def habilitation_counts(on: date) -> dict[uuid.UUID, tuple[int, int]]:
    """Count, for each trainer, the skills they may teach on a day, and those whose date is past."""
    valid = case((TrainerSkill.valid_until < on, 0), else_=1)
    rows = db.session.execute(
        select(TrainerSkill.account_id, func.sum(valid).label("valid"), func.count().label("known")).group_by(
            TrainerSkill.account_id
        )
    )
    return {row.account_id: (row.valid, row.known - row.valid) for row in rows}


def habilitations_of(trainer: Account) -> Sequence[TrainerSkill]:
    """List what a trainer may teach, what ends first on top."""
    return db.session.scalars(
        select(TrainerSkill)
        .join(TrainerSkill.skill)
        .options(joinedload(TrainerSkill.skill))
        .where(TrainerSkill.account_id == trainer.id)
        .order_by(TrainerSkill.valid_until.is_(None), TrainerSkill.valid_until, Skill.label)
    ).all()


def habilitation_for(trainer: Account, skill: Skill) -> TrainerSkill | None:
    """Find what was said of a trainer and a skill."""
    return db.session.scalar(
        select(TrainerSkill).where(TrainerSkill.account_id == trainer.id, TrainerSkill.skill_id == skill.id)
    )


def habilitation_by_id(habilitation_id: uuid.UUID) -> TrainerSkill | None:
    """Find one habilitation, with its trainer."""
    return db.session.scalar(
        select(TrainerSkill).options(joinedload(TrainerSkill.account)).where(TrainerSkill.id == habilitation_id)
    )


def habilitations_until(first: date, last: date) -> Sequence[TrainerSkill]:
    """List the habilitations that end between two days, trainer by trainer and day by day."""
    ends = (TrainerSkill.valid_until >= first, TrainerSkill.valid_until <= last, Account.disabled_at.is_(None))
    return db.session.scalars(
        select(TrainerSkill)
        .join(TrainerSkill.account)
        .options(contains_eager(TrainerSkill.account), joinedload(TrainerSkill.skill))
        .where(*ends)
        .order_by(TrainerSkill.account_id, TrainerSkill.valid_until, TrainerSkill.skill_id)
    ).all()
