"""The referential that the demo starts with: trades of the territory, and the campus's own skills.

Codes and titles of occupations are the official ones of ROME 4.0 (France Travail, Licence
Ouverte 2.0); definitions, skills and gestures were written for the campus.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from campus.exchange.communes import Commune, parse_communes
from campus.exchange.csv_source import CsvSource
from campus.exchange.rome import JobTitle, Occupation, OccupationSkill, RomeRelease, Skill
from campus.exchange.rome.values import SkillKind

VERSION = "1"
KINDS: dict[str, SkillKind] = {"know_how": "know_how", "knowledge": "knowledge", "behaviour": "behaviour"}
LEVELS = ("level_1", "level_2", "level_3", "level_4")
LEVELS_EN = tuple(f"{level}_en" for level in LEVELS)


@dataclass(frozen=True, slots=True)
class Family:
    """Skills of one sort, with what one sees of a person at each level from 1 to 4."""

    code: str
    label: str
    label_en: str
    gestures: tuple[str, ...]
    gestures_en: tuple[str, ...]

    def gestures_by_language(self) -> dict[str, dict[str, str]]:
        """Give the gestures as the database keeps them: language, then level."""
        return {
            language: {str(level): text for level, text in enumerate(texts, start=1)}
            for language, texts in (("fr", self.gestures), ("en", self.gestures_en))
        }


@cache
def families() -> dict[str, Family]:
    """Load the families of the campus's own skills, by code."""
    columns = ("code", "label", "label_en", *LEVELS, *LEVELS_EN)
    return {row[0]: Family(*row[:3], row[3:7], row[7:11]) for _, row in _source("families").rows(columns)}


def starter_referential() -> RomeRelease:
    """Load the campus's occupations, job titles and skills."""
    skills = _skills()
    return RomeRelease(
        version=VERSION,
        occupations=_occupations(),
        job_titles=_job_titles(),
        skills=tuple(skill for skill in skills if skill.kind != "knowledge"),
        macro_skills=(),
        knowledge=tuple(skill for skill in skills if skill.kind == "knowledge"),
        occupation_skills=tuple(
            OccupationSkill(occupation, skill, core == "1")
            for _, (occupation, skill, core) in _source("occupation_skills").rows(("occupation", "skill", "core"))
        ),
    )


def starter_communes() -> tuple[Commune, ...]:
    """Load the communes around Chartres; coordinates are rounded to a thousandth of a degree."""
    return tuple(parse_communes(_source("communes")))


def _source(name: str) -> CsvSource:
    file = resources.files(__name__) / f"{name}.csv"
    return CsvSource.decode(file.name, file.read_bytes())


def _occupations() -> tuple[Occupation, ...]:
    columns = ("code", "label", "parent_code", "label_en", "definition")
    return tuple(
        Occupation(code=code, label=label, parent_code=parent, label_en=label_en, definition=definition)
        for _, (code, label, parent, label_en, definition) in _source("occupations").rows(columns)
    )


def _job_titles() -> tuple[JobTitle, ...]:
    columns = ("occupation", "ogr", "label", "short_label", "parent_code", "principal")
    return tuple(
        JobTitle(
            ogr=ogr,
            label=label,
            short_label=short,
            occupation_code=code,
            parent_code=parent,
            principal=principal == "1",
        )
        for _, (code, ogr, label, short, parent, principal) in _source("job_titles").rows(columns)
    )


def _skills() -> tuple[Skill, ...]:
    columns = ("code", "kind", "family", "label", "label_en")
    return tuple(
        Skill(
            code=code,
            label=label,
            kind=KINDS[kind],
            source="campus",
            family=families()[family].label,
            macro_code=family,
            label_en=label_en,
            gestures=families()[family].gestures,
            gestures_en=families()[family].gestures_en,
        )
        for _, (code, kind, family, label, label_en) in _source("skills").rows(columns)
    )
