from __future__ import annotations

import pytest

from campus.exchange.rome import JobTitle, Mobility, Occupation, OccupationSkill, RomeRelease, Skill


@pytest.fixture
def release():
    """A version of two sheets; what a test changes is given."""
    return small_release


def small_release(version: str = "460", **changed) -> RomeRelease:
    values = {
        "occupations": (sheet("H2301", "Conducteur de ligne en chimie"), sheet("H3301", "Conductrice de ligne")),
        "job_titles": (title("1", "H2301"), title("2", "H2301"), title("3", "H3301")),
        "skills": (skill("100", "Changer de format"), skill("101", "Peser")),
        "macro_skills": (skill("300", "Conduire une ligne"),),
        "knowledge": (skill("200", "Règles d'hygiène", "knowledge"),),
        "occupation_skills": (link("H3301", "100", core=True), link("H3301", "200"), link("H2301", "101")),
        "mobilities": (Mobility("H2301", "H3301", 1),),
    }
    return RomeRelease(version=version, **{**values, **changed})


def sheet(code: str, label: str, parent: str = "H2301") -> Occupation:
    return Occupation(code=code, label=label, parent_code=parent)


def title(ogr: str, code: str) -> JobTitle:
    return JobTitle(ogr, f"Appellation {ogr}", f"Appellation {ogr}", code, code)


def skill(code: str, label: str, kind: str = "know_how") -> Skill:
    return Skill(code=code, label=label, kind=kind)


def link(occupation: str, skill_code: str, *, core: bool = False) -> OccupationSkill:
    return OccupationSkill(occupation, skill_code, core=core)
