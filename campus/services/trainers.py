"""What the staff say of trainers: which skills they may teach, and until when."""

from __future__ import annotations

from datetime import date

from campus import db
from campus.errors import Refused
from campus.models import Account, Role, Skill, TrainerSkill
from campus.queries.trainers import habilitation_for
from campus.services import audit


class NotATrainer(Refused):
    """Only a trainer has habilitations."""


def habilitate(actor: Account, trainer: Account, skill: Skill, *, valid_until: date | None) -> TrainerSkill:
    """Say that a trainer may teach a skill, until a day or without end; said again, the last word stands."""
    if trainer.role is not Role.TRAINER:
        raise NotATrainer
    row = habilitation_for(trainer, skill) or TrainerSkill(account=trainer, skill=skill)
    row.valid_until = valid_until
    db.session.add(row)
    db.session.flush()
    audit.record(actor, "habilitated", trainer, skill_id=skill.id, valid_until=valid_until)
    return row


def end_habilitation(actor: Account, habilitation: TrainerSkill) -> None:
    """Say that a trainer may no longer teach a skill."""
    audit.record(actor, "habilitation_ended", habilitation.account, skill_id=habilitation.skill_id)
    db.session.delete(habilitation)
    db.session.flush()
