"""What one version of a referential holds, as plain values."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Literal

SkillKind = Literal["know_how", "knowledge", "behaviour"]
SkillSource = Literal["rome", "campus"]


@dataclass(frozen=True, slots=True)
class Occupation:
    """One sheet; `definition` and `access` hold one sentence a line."""

    code: str
    label: str
    parent_code: str
    ogr: str = ""
    definition: str = ""
    access: str = ""
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class JobTitle:
    """One way to call an occupation; `principal` names the sheet itself."""

    ogr: str
    label: str
    short_label: str
    occupation_code: str
    parent_code: str
    rare: bool = False
    principal: bool = False


@dataclass(frozen=True, slots=True)
class Skill:
    """A know-how, a piece of knowledge or a behaviour.

    `family` names its macro-skill (know-how), its sub-category (knowledge) or the
    publisher's heading (behaviour). `gestures` gives, for levels 1 to 4, what is seen.
    """

    code: str
    label: str
    kind: SkillKind
    source: SkillSource = "rome"
    definition: str = ""
    family: str = ""
    macro_code: str = ""
    label_en: str = ""
    gestures: tuple[str, ...] = ()
    gestures_en: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OccupationSkill:
    """A skill of a sheet: at the heart of the occupation, emerging in it, or neither."""

    occupation_code: str
    skill_code: str
    core: bool = False
    emerging: bool = False


@dataclass(frozen=True, slots=True)
class Mobility:
    """An occupation that is near another; order 1 is the nearest."""

    occupation_code: str
    target_code: str
    order: int


@dataclass(frozen=True, slots=True)
class WorkContext:
    """A condition of work, such as shifts or protective clothing."""

    code: str
    label: str
    category: str


@dataclass(frozen=True, slots=True)
class OccupationContext:
    """A condition of work that is usual in an occupation."""

    occupation_code: str
    context_code: str


@dataclass(frozen=True, slots=True)
class RomeRelease:
    """One version of the directory.

    `skills` are what the publisher counts as skills; `macro_skills`, which group them and
    also stand on sheets themselves, hold the behaviours; `knowledge` is counted apart.
    """

    version: str
    occupations: tuple[Occupation, ...]
    job_titles: tuple[JobTitle, ...]
    skills: tuple[Skill, ...]
    macro_skills: tuple[Skill, ...]
    knowledge: tuple[Skill, ...]
    occupation_skills: tuple[OccupationSkill, ...]
    mobilities: tuple[Mobility, ...] = ()
    contexts: tuple[WorkContext, ...] = ()
    occupation_contexts: tuple[OccupationContext, ...] = ()

    def every_skill(self) -> Iterator[Skill]:
        """Iterate over macro-skills, skills and knowledge, groups before members."""
        return chain(self.macro_skills, self.skills, self.knowledge)
