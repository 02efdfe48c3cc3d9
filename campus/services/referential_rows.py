"""Writing the rows of a referential: sheets, job titles, skills, and what ties them.

A publisher's list overwrites what it published before and retires what it no longer has: needs and courses keep the
rows that they were written with. The campus's own starter only adds what is not there.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table

from campus import clock
from campus.exchange.rome import RomeRelease
from campus.exchange.rome import Skill as ReadSkill
from campus.models import JobTitle, Occupation, OccupationMobility, OccupationSkill, Skill, SkillKind, SkillSource
from campus.queries import referential_contents as contents
from campus.services import bulk


def table_of(model: Any) -> Table:
    """Give the table of a model, for statements on many rows."""
    return model.__table__


def write_occupations(release: RomeRelease, version_id: int, *, publisher: bool) -> dict[str, int]:
    """Write the sheets; answer the key of each code."""
    table, rows = table_of(Occupation), contents.occupation_rows()
    read = {found.code: found for found in release.occupations}
    wanted = {
        code: {
            "label": found.label,
            "parent_code": found.parent_code,
            "definition": found.definition,
            "retired_in_id": None,
        }
        for code, found in read.items()
    }
    found = bulk.difference(rows, wanted)
    bulk.add(
        table,
        [
            {"code": code, "label_en": read[code].label_en, "introduced_in_id": version_id, **wanted[code]}
            for code in found.missing
        ],
    )
    if publisher:
        bulk.change(table, [{"code": code, **wanted[code]} for code in found.changed], keys=["code"])
        retire(table, [rows[code] for code in found.gone], version_id)
    else:
        untranslated = [code for code in wanted if code in rows and not rows[code].label_en]
        bulk.change(table, [{"code": code, "label_en": read[code].label_en} for code in untranslated], keys=["code"])
    return {code: row.id for code, row in contents.occupation_rows().items()}


def retire(table: Table, rows: list[Any], version_id: int) -> None:
    """Mark the rows that a version no longer has."""
    leaving = [{"id": row.id, "retired_in_id": version_id} for row in rows if row.retired_in_id is None]
    bulk.change(table, leaving, keys=["id"])


def write_job_titles(release: RomeRelease, occupations: dict[str, int], *, publisher: bool) -> None:
    """Write the job titles."""
    table, rows = table_of(JobTitle), contents.job_title_rows()
    wanted = {
        title.ogr: {
            "occupation_id": occupations[title.occupation_code],
            "label": title.label,
            "label_short": title.short_label,
            "rare": title.rare,
        }
        for title in release.job_titles
    }
    found = bulk.difference(rows, wanted)
    bulk.add(table, [{"ogr": ogr, **wanted[ogr]} for ogr in found.missing])
    if publisher:
        bulk.change(table, [{"ogr": ogr, **wanted[ogr]} for ogr in found.changed], keys=["ogr"])
        bulk.drop(table, [{"ogr": ogr} for ogr in found.gone], keys=["ogr"])


def write_skills(release: RomeRelease, source: SkillSource, version_id: int, *, publisher: bool) -> dict[str, int]:
    """Write the skills; answer, for each code, the key of the skill that stands for it after merges."""
    table, rows = table_of(Skill), contents.skill_rows(source)
    read = {skill.code: skill for skill in release.every_skill()}
    wanted = {code: published_values(skill) for code, skill in read.items()}
    found = bulk.difference(rows, wanted)
    made = clock.now()
    bulk.add(
        table,
        [{"source": source, "created_at": made, **own_values(read[code]), **wanted[code]} for code in found.missing],
    )
    if publisher:
        changed = [{"source": source, "code": code, **wanted[code]} for code in found.changed]
        bulk.change(table, changed, keys=["source", "code"])
        retire(table, [rows[code] for code in found.gone], version_id)
    merged = contents.merged_skills()
    return {code: standing_for(row.id, merged) for code, row in contents.skill_rows(source).items()}


def published_values(skill: ReadSkill) -> dict[str, Any]:
    """Give the columns that the publisher decides."""
    return {
        "kind": SkillKind(skill.kind),
        "label": skill.label,
        "definition": skill.definition,
        "macro_code": skill.macro_code,
        "retired_in_id": None,
    }


def own_values(skill: ReadSkill) -> dict[str, Any]:
    """Give the columns that only the campus fills in, with the gestures of each level in both languages."""
    languages = {"fr": skill.gestures, "en": skill.gestures_en}
    gestures = {
        language: {str(level): text for level, text in enumerate(texts, start=1)}
        for language, texts in languages.items()
        if texts
    }
    return {"code": skill.code, "label_en": skill.label_en, "gestures": gestures}


def standing_for(skill_id: int, merged: dict[int, int]) -> int:
    """Follow merges to the skill that stands for this one."""
    while skill_id in merged:
        skill_id = merged[skill_id]
    return skill_id


def write_occupation_skills(
    release: RomeRelease, occupations: dict[str, int], skills: dict[str, int], *, source: SkillSource, publisher: bool
) -> None:
    """Write which skills a sheet has; links to the skills of other sources stay."""
    table, rows = table_of(OccupationSkill), contents.occupation_skill_rows()
    core: dict[tuple[int, int], bool] = {}
    for link in release.occupation_skills:
        key = occupations[link.occupation_code], skills[link.skill_code]
        core[key] = core.get(key, False) or link.core
    found = bulk.difference(rows, {key: {"core": value} for key, value in core.items()})
    bulk.add(table, [link_values(key, core=core[key]) for key in found.missing])
    if publisher:
        keys = ["occupation_id", "skill_id"]
        bulk.change(table, [link_values(key, core=core[key]) for key in found.changed], keys=keys)
        leaving = [link_values(key) for key in found.gone if rows[key].source is source]
        bulk.drop(table, leaving, keys=keys)


def link_values(key: tuple[int, int], **values: Any) -> dict[str, Any]:
    """Name the columns of a link's key."""
    return {"occupation_id": key[0], "skill_id": key[1], **values}


def write_mobilities(release: RomeRelease, occupations: dict[str, int], *, publisher: bool) -> None:
    """Write which sheets are near which."""
    table, rows = table_of(OccupationMobility), contents.mobility_rows()
    wanted = {
        (occupations[near.occupation_code], occupations[near.target_code]): {"position": near.order}
        for near in release.mobilities
    }
    found = bulk.difference(rows, wanted)
    bulk.add(table, [mobility_values(key) | wanted[key] for key in found.missing])
    if publisher:
        keys = ["occupation_id", "target_id"]
        bulk.change(table, [mobility_values(key) | wanted[key] for key in found.changed], keys=keys)
        bulk.drop(table, [mobility_values(key) for key in found.gone], keys=keys)


def mobility_values(key: tuple[int, int]) -> dict[str, Any]:
    """Name the columns of a move's key."""
    return {"occupation_id": key[0], "target_id": key[1]}
