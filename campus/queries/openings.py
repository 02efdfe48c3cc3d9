"""The posts that a person is near to: by occupation only, and only where several firms ask for the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from campus import db
from campus.models import Need, NeedSkill, NeedState, Occupation, Organisation, Skill
from campus.queries.demand_public import posts_by_occupation, rounded
from campus.queries.firms import count_firms
from campus.reports.hiding import FEWEST_FIRMS

MOST_SKILLS, SHOWN = 8, 5


@dataclass(frozen=True)
class AskedSkill:
    """A skill that several firms ask for, at which level on the average, and whether the person has it."""

    label: str
    level: int | None
    held: bool
    said: bool = True


@dataclass(frozen=True)
class Opening:
    """An occupation with its posts, about, and the skills that its firms ask for most."""

    occupation: Occupation
    posts: int
    skills: tuple[AskedSkill, ...]

    @property
    def held(self) -> int:
        """Count the skills that the person has at the level asked."""
        return sum(each.held for each in self.skills)

    @property
    def lacking(self) -> list[str]:
        """Name the skills still to learn."""
        return [each.label for each in self.skills if each.said and not each.held]

    @property
    def unsaid(self) -> list[str]:
        """Name the skills of which the person has not said whether they have them."""
        return [each.label for each in self.skills if not each.said]

    @property
    def order(self) -> tuple[float, float, int, str]:
        """Rank it: the share of its skills surely held, then perhaps, then posts."""
        perhaps = self.held + len(self.unsaid)
        shares = (self.held / len(self.skills), perhaps / len(self.skills))
        return -shares[0], -shares[1], -self.posts, self.occupation.code


def openings_for(levels: Mapping[int, int]) -> list[Opening]:
    """List the occupations whose posts a person is nearest to.

    Nothing is told of fewer than FEWEST_FIRMS firms: neither an occupation nor a skill that fewer ask for.
    """
    if not levels:
        return []
    posts = {key: rounded(count) for key, count in posts_by_occupation().items()}
    asked = _asked(levels, set(posts))
    trades = {row.id: row for row in db.session.scalars(select(Occupation).where(Occupation.id.in_(asked)))}
    found = [Opening(trades[key], posts[key], tuple(skills)) for key, skills in asked.items()]
    near = [each for each in found if each.held]
    return sorted(near, key=lambda each: each.order)[:SHOWN]


def _asked(levels: Mapping[int, int], trades: set[int]) -> dict[int, list[AskedSkill]]:
    firms = count_firms()
    rows = db.session.execute(
        select(Need.occupation_id, NeedSkill.skill_id, Skill.label, func.avg(NeedSkill.level))
        .join(Organisation, Organisation.id == Need.organisation_id)
        .join(NeedSkill, NeedSkill.need_id == Need.id)
        .join(Skill, Skill.id == NeedSkill.skill_id)
        .where(Need.state == NeedState.PUBLISHED, Need.occupation_id.in_(trades))
        .group_by(Need.occupation_id, NeedSkill.skill_id, Skill.label)
        .having(firms >= FEWEST_FIRMS)
        .order_by(Need.occupation_id, firms.desc(), NeedSkill.skill_id)
    )
    found: dict[int, list[AskedSkill]] = defaultdict(list)
    for trade, skill_id, label, mean in rows:
        level = round(float(mean)) if mean is not None else None
        if trade is not None and len(found[trade]) < MOST_SKILLS:
            said, held = skill_id in levels, levels.get(skill_id, 0) >= (level or 1)
            found[trade].append(AskedSkill(label, level, held=held, said=said))
    return found
