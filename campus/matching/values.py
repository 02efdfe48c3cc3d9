"""What the judge is given: a need, courses, sessions, a profile and the rules, as plain values."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

Id: TypeAlias = Hashable
HIGHEST_LEVEL = 4
# The place of what one follows from anywhere: no point of the globe.
ANYWHERE = (91.0, 181.0)


class Importance(StrEnum):
    """Tell whether a need cannot do without a skill or would merely like it."""

    ESSENTIAL = "essential"
    DESIRED = "desired"


@dataclass(frozen=True, slots=True)
class NeededSkill:
    """One skill a need asks for; `level` is 1 to 4, or None when the firm does not know it."""

    skill_id: Id
    level: int | None
    importance: Importance
    label: str = ""
    macro_id: Id | None = None
    sheet_ids: frozenset[Id] = frozenset()

    def __post_init__(self) -> None:
        if self.level is not None and not 1 <= self.level <= HIGHEST_LEVEL:
            raise ValueError(f"a needed level goes from 1 to {HIGHEST_LEVEL}, not {self.level}")

    @property
    def essential(self) -> bool:
        """Tell whether the need cannot do without this skill."""
        return self.importance == Importance.ESSENTIAL


@dataclass(frozen=True, slots=True)
class NeedView:
    """One need as the judge sees it; `point` is (latitude, longitude) in degrees."""

    id: Id
    occupation_id: Id | None
    parent_occupation: Id | None
    skills: tuple[NeededSkill, ...]
    posts: int
    earliest: date | None
    latest: date | None
    point: tuple[float, float] | None
    max_km: float | None
    title: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a course brings in one skill: from `entry_level` (0: none asked) to `exit_level` (1 to 4)."""

    skill_id: Id
    entry_level: int
    exit_level: int
    label: str = ""
    macro_id: Id | None = None
    sheet_ids: frozenset[Id] = frozenset()

    def __post_init__(self) -> None:
        if not 0 <= self.entry_level <= HIGHEST_LEVEL or not 1 <= self.exit_level <= HIGHEST_LEVEL:
            raise ValueError(f"levels out of range: {self.entry_level} to {self.exit_level}")


@dataclass(frozen=True, slots=True)
class SessionView:
    """One dated (or not yet dated) session of a course; `seats_left` None means not known.

    `point` is (latitude, longitude) in degrees, ANYWHERE for a session that one follows at a distance.
    """

    id: Id
    start: date | None
    end: date | None
    seats_left: int | None
    open: bool
    registration_deadline: date | None = None
    point: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class CourseView:
    """One course as the judge sees it, with all its sessions."""

    id: Id
    title: str
    outcomes: tuple[Outcome, ...]
    occupation_ids: frozenset[Id] = frozenset()
    parent_occupations: frozenset[Id] = frozenset()
    sessions: tuple[SessionView, ...] = ()
    certification_ends_on: date | None = None
    hours: int | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """What a person or group can do: skill id -> level, 0 for not yet; of a skill not named nothing is known."""

    levels: Mapping[Id, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rules:
    """The numbers the judge works with; `version` is kept with every match.

    The version is raised with each change of a rule or a number after which a need's courses may rank otherwise.
    1: gates, coverage without compensation, closeness. 2: coverages rank in bands; what a firm set aside comes
    after the others; shares, means and likeness count in whole numbers.

    `band` cuts coverages into that many steps where they rank; the factors are what closeness counts
    for beside identity (1), all under 1 so that closeness alone never meets a skill.
    """

    version: str = "2"
    hiring_margin_days: int = 0
    band: int = 10
    macro_factor: float = 0.6
    sheet_factor: float = 0.3
    wording_factor: float = 0.5
    least_wording: float = 0.55
    least_sheet_wording: float = 0.25
    least_skills: int = 3
    longest_pathway: int = 3

    def __post_init__(self) -> None:
        for name in ("macro_factor", "sheet_factor", "wording_factor"):
            if not 0 <= getattr(self, name) < 1:
                raise ValueError(f"{name} counts for less than identity: from 0 to under 1, not {getattr(self, name)}")


def id_key(value: Id) -> tuple[int, int, str]:
    """Order ids of any kind the same way every time: whole numbers first, then text."""
    if isinstance(value, int):
        return (0, value, "")
    return (1, 0, str(value))
