"""The occupations as the index that reads titles and adverts wants them."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import select

from campus import db
from campus.matching.evidence import OccupationRow
from campus.matching.values import Id
from campus.models import JobTitle, Occupation, OccupationMobility, Skill, SkillKind, SkillSource
from campus.queries.communes import plain_name
from campus.queries.sheet_skills import sheet_skills


def occupation_rows() -> list[OccupationRow]:
    """Write the sheets as the index wants them: all of the campus's skills, and the know-how of ROME."""
    titles = titles_by_occupation()
    skills: dict[int, list[tuple[int, str, bool]]] = defaultdict(list)
    own: dict[str, int] = {}
    for row in db.session.execute(sheet_skills(SkillKind.KNOW_HOW)):
        key = own.setdefault(plain_name(row.label), row.id)
        skills[row.occupation_id].append((key, row.label, row.core))
    knowledge, neighbours = _knowledge(), _neighbours()
    columns = (Occupation.id, Occupation.code, Occupation.label, Occupation.parent_code, Occupation.definition)
    query = select(*columns).where(Occupation.retired_in_id.is_(None)).order_by(Occupation.id)
    return [
        OccupationRow(
            *(each.id, each.code, each.label, each.parent_code, titles[each.id], each.definition, skills[each.id]),
            knowledge=knowledge[each.id],
            neighbours=neighbours[each.id],
        )
        for each in db.session.execute(query)
    ]


def _knowledge() -> dict[int, list[str]]:
    """List, for each occupation, what its people know, as ROME words it."""
    found: dict[int, list[str]] = defaultdict(list)
    rome = Skill.source == SkillSource.ROME, Skill.kind == SkillKind.KNOWLEDGE
    for row in db.session.execute(sheet_skills(SkillKind.KNOWLEDGE).where(*rome)):
        found[row.occupation_id].append(row.label)
    return found


def _neighbours() -> dict[int, list[int]]:
    """List, for each occupation, those that its people move to, the nearest first."""
    found: dict[int, list[int]] = defaultdict(list)
    columns = OccupationMobility.occupation_id, OccupationMobility.target_id
    order = OccupationMobility.occupation_id, OccupationMobility.position, OccupationMobility.target_id
    for occupation_id, target_id in db.session.execute(select(*columns).order_by(*order)):
        found[occupation_id].append(target_id)
    return found


def titles_by_occupation() -> dict[int, list[str]]:
    """List the job titles of each occupation."""
    titles: dict[int, list[str]] = defaultdict(list)
    for occupation_id, label in db.session.execute(
        select(JobTitle.occupation_id, JobTitle.label).order_by(JobTitle.id)
    ):
        titles[occupation_id].append(label)
    return titles


def codes_by_occupation() -> dict[Id, str]:
    """Give the code of each occupation by its key."""
    return {row.id: row.code for row in db.session.execute(select(Occupation.id, Occupation.code))}
