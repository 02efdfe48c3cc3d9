"""Questions about what the referentials hold, as an import needs to know it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, select

from campus import db
from campus.exchange.rome.comparing import Snapshot
from campus.models import (
    Commune,
    JobTitle,
    Occupation,
    OccupationMobility,
    OccupationSkill,
    ReferentialVersion,
    Skill,
    SkillSource,
)

Rows = Mapping[Any, Row[Any]]


def version_of(source: str, version: str) -> ReferentialVersion | None:
    """Find the import of one version of one publisher's list."""
    known = ReferentialVersion.source == source, ReferentialVersion.version == version
    return db.session.scalar(select(ReferentialVersion).where(*known))


def in_force(source: str) -> ReferentialVersion | None:
    """Find the version of a publisher's list that was imported last."""
    newest = ReferentialVersion.imported_at.desc(), ReferentialVersion.id.desc()
    return db.session.scalar(
        select(ReferentialVersion).where(ReferentialVersion.source == source).order_by(*newest).limit(1)
    )


def snapshot_of(source: SkillSource) -> Snapshot:
    """Take down the sheets in force, their job titles and the skills of one source."""
    sheets = {row.code: row.label for row in occupation_rows().values() if row.retired_in_id is None}
    titles = select(JobTitle.ogr, Occupation.code).join(Occupation).where(JobTitle.ogr.is_not(None))
    skills = {row.code: row.label for row in skill_rows(source).values() if row.retired_in_id is None}
    return Snapshot(sheets, dict(db.session.execute(titles).all()), skills)


def occupation_rows() -> Rows:
    """List the sheets by code, retired ones included."""
    table = Occupation.__table__
    return {row.code: row for row in db.session.execute(select(table))}


def job_title_rows() -> Rows:
    """List the publisher's job titles by number."""
    table = JobTitle.__table__
    return {row.ogr: row for row in db.session.execute(select(table).where(table.c.ogr.is_not(None)))}


def skill_rows(source: SkillSource) -> Rows:
    """List the skills of one source by code, retired and merged ones included."""
    table = Skill.__table__
    return {row.code: row for row in db.session.execute(select(table).where(table.c.source == source))}


def occupation_skill_rows() -> Rows:
    """List what ties sheets to skills, with each skill's source, by both keys."""
    link = OccupationSkill
    query = select(link.occupation_id, link.skill_id, link.core, Skill.source).join(Skill)
    return {(row.occupation_id, row.skill_id): row for row in db.session.execute(query)}


def mobility_rows() -> Rows:
    """List which sheets are near which, by both keys."""
    table = OccupationMobility.__table__
    return {(row.occupation_id, row.target_id): row for row in db.session.execute(select(table))}


def merged_skills() -> dict[int, int]:
    """Map each merged skill to the one that stands for it."""
    merged = select(Skill.id, Skill.merged_into_id).where(Skill.merged_into_id.is_not(None))
    return dict(db.session.execute(merged).all())


def commune_rows() -> Rows:
    """List the communes by code."""
    table = Commune.__table__
    return {row.code: row for row in db.session.execute(select(table))}
