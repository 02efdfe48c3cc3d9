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


def declare_skills(account: Account, levels: Mapping[int, int]) -> None:
    """Keep these levels, from 1 to 4; 0 takes a skill off the profile; other skills stay as they are."""
    rows = db.session.scalars(select(TraineeSkill).where(TraineeSkill.account_id == account.id))
    known = {row.skill_id: row for row in rows}
    for skill_id in [each for each in levels if levels[each] == 0 and each in known]:
        db.session.delete(known.pop(skill_id))
    for skill_id in [each for each in levels if levels[each] and each in known]:
        known[skill_id].level = levels[skill_id]
    added = skills_in_use([each for each in levels if levels[each] and each not in known])
    if len(known) + len(added) > MOST:
        raise TooManySkills(most=MOST)
    db.session.add_all(TraineeSkill(account_id=account.id, skill=each, level=levels[each.id]) for each in added)
    db.session.flush()
