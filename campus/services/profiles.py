"""What a trainee says they can do."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from campus import db
from campus.errors import Refused
from campus.models import Account, TraineeSkill
from campus.queries.profiles import skills_in_use

MOST = 100
HIGHEST = 4


class TooManySkills(Refused):
    """A profile is what one can do, not the whole referential."""


def declare_skills(account: Account, levels: Mapping[int, int | None]) -> None:
    """Keep these levels, from 0 (not yet) to 4; None takes a skill off the profile; other skills stay as they are."""
    rows = db.session.scalars(select(TraineeSkill).where(TraineeSkill.account_id == account.id))
    known = {row.skill_id: row for row in rows}
    for skill_id in [each for each in levels if levels[each] is None and each in known]:
        db.session.delete(known.pop(skill_id))
    told = {each: level for each, level in levels.items() if level is not None}
    for skill_id in told.keys() & known.keys():
        known[skill_id].level = told[skill_id]
    added = skills_in_use(told.keys() - known.keys())
    if len(known) + len(added) > MOST:
        raise TooManySkills(most=MOST)
    db.session.add_all(TraineeSkill(account_id=account.id, skill=each, level=told[each.id]) for each in added)
    db.session.flush()
