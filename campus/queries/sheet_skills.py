"""What the sheets hold, and the index of the skills that adverts ask for made of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container

from sqlalchemy import Select, or_, select

from campus import db
from campus.matching.asking import SkillFact
from campus.matching.skill_index import SkillIndex
from campus.matching.text import forms
from campus.models import Occupation, OccupationSkill, Skill, SkillKind, SkillSource
from campus.queries.communes import plain_name


def sheet_skills(*kinds: SkillKind) -> Select[tuple[int, bool, int, str]]:
    """Select what the sheets hold: all of the campus's skills, and those of ROME of these kinds."""
    return (
        select(OccupationSkill.occupation_id, OccupationSkill.core, Skill.id, Skill.label)
        .join(Skill, Skill.id == OccupationSkill.skill_id)
        .where(
            Skill.merged_into_id.is_(None),
            Skill.retired_in_id.is_(None),
            or_(Skill.source != SkillSource.ROME, Skill.kind.in_(kinds)),
        )
        .order_by(Skill.source == SkillSource.ROME, Skill.id)
    )


def asked_index() -> SkillIndex:
    """Make the index of the skills of the sheets, know-how and knowledge; of several with one label, the first."""
    sheets: dict[int, dict[int, tuple[int, str, bool]]] = defaultdict(dict)
    labels: dict[int, tuple[str, ...]] = {}
    own: dict[str, int] = {}
    for row in db.session.execute(sheet_skills(SkillKind.KNOW_HOW, SkillKind.KNOWLEDGE)):
        key = own.setdefault(plain_name(row.label), row.id)
        if key not in labels:
            labels[key] = forms(row.label)
        held = sheets[row.occupation_id].get(key)
        sheets[row.occupation_id][key] = (key, row.label, row.core or (held is not None and held[2]))
    listed = [(key, list(held.values())) for key, held in sheets.items()]
    return SkillIndex(listed, labels, facts=_facts(labels), older=_older())


def _older() -> dict[int, int]:
    """Tell, for each occupation that was split off another, which one."""
    rows = list(db.session.execute(select(Occupation.id, Occupation.code, Occupation.parent_code)))
    ids = {row.code: row.id for row in rows}
    return {row.id: ids[row.parent_code] for row in rows if row.parent_code != row.code and row.parent_code in ids}


def _facts(wanted: Container[int]) -> dict[int, SkillFact]:
    columns = (Skill.id, Skill.kind, Skill.source, Skill.code, Skill.macro_code)
    rows = [row for row in db.session.execute(select(*columns).order_by(Skill.id)) if row.id in wanted]
    published = [row for row in rows if row.source is SkillSource.ROME]
    groups = {row.macro_code for row in published if row.macro_code}
    return {row.id: SkillFact(row.kind.value, row.macro_code or None, row.code in groups) for row in rows}
