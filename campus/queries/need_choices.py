"""What a person may choose from when they describe a need."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from campus import db
from campus.models import Occupation, Skill


def skills_by_id(ids: Iterable[int]) -> dict[int, Skill]:
    """Find skills by their keys."""
    wanted = set(ids)
    if not wanted:
        return {}
    return {each.id: each for each in db.session.scalars(select(Skill).where(Skill.id.in_(wanted)))}


def occupations_by_id(ids: Iterable[int]) -> dict[int, Occupation]:
    """Find occupations by their keys."""
    wanted = set(ids)
    if not wanted:
        return {}
    return {each.id: each for each in db.session.scalars(select(Occupation).where(Occupation.id.in_(wanted)))}
