"""The occupations as the index that reads titles and adverts wants them."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Select, func, select

from campus import db
from campus.matching.evidence import OccupationRow
from campus.matching.values import Id
from campus.models import JobTitle, Occupation, OccupationMobility, Skill, SkillKind, SkillSource
from campus.queries.communes import plain_name
from campus.queries.sheet_skills import sheet_skills


def occupation_rows() -> list[OccupationRow]:
    """Write the sheets as the index wants them: all of the campus's skills, and those of ROME by their kind."""
    titles = titles_by_occupation()
    skills: dict[int, list[tuple[int, str, bool]]] = defaultdict(list)
    knowledge: dict[int, list[str]] = defaultdict(list)
    own: dict[str, int] = {}
    held = sheet_skills(SkillKind.KNOW_HOW, SkillKind.KNOWLEDGE).add_columns(Skill.kind, Skill.source)
    for row in db.session.execute(held):
        if row.kind is SkillKind.KNOWLEDGE and row.source is SkillSource.ROME:
            knowledge[row.occupation_id].append(row.label)
        else:
            key = own.setdefault(plain_name(row.label), row.id)
            skills[row.occupation_id].append((key, row.label, row.core))
    return [
        OccupationRow(
            *(each.id, each.code, each.label, each.parent_code, titles[each.id], each.definition, skills[each.id]),
            knowledge=knowledge[each.id],
            reached_from=each.reached_from,
        )
        for each in db.session.execute(_sheets())
    ]


def _sheets() -> Select[tuple[int, str, str, str, str, int]]:
    """Select the sheets in force, each with the number of those whose people move to it."""
    reached = select(func.count()).where(OccupationMobility.target_id == Occupation.id)
    columns = (Occupation.id, Occupation.code, Occupation.label, Occupation.parent_code, Occupation.definition)
    query = select(*columns, reached.scalar_subquery().label("reached_from"))
    return query.where(Occupation.retired_in_id.is_(None)).order_by(Occupation.id)


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
