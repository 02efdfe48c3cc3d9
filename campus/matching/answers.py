"""What the judge answers: gates, coverage, reasons, matches and pathways, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

from campus.matching.values import Id, Importance

Values: TypeAlias = Mapping[str, Any]


class Verdict(StrEnum):
    """What a gate answers."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Closeness(StrEnum):
    """How the skill a course teaches relates to the skill a need asks for, best first."""

    IDENTITY = "identity"
    MACRO = "macro"
    SHEET = "sheet"
    WORDING = "wording"
    NONE = "none"


class OccupationCloseness(StrEnum):
    """How the occupations a course leads to relate to the need's, best first."""

    SAME = "same"
    SAME_PARENT = "same_parent"
    NONE = "none"


class Status(StrEnum):
    """What becomes of one needed skill; a skill whose required level is unknown is at best partial
    until even the highest level is reached."""

    MET = "met"
    PARTIAL = "partial"
    MISSING = "missing"


CLOSE_CODES = {
    Closeness.MACRO: "skill.close_macro",
    Closeness.SHEET: "skill.close_sheet",
    Closeness.WORDING: "skill.close_wording",
}
SIGNS = {Verdict.YES: "+", Verdict.NO: "-", Verdict.UNKNOWN: "?"}


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for ("+"), against ("-") or not known ("?"), as a stable code and JSON-able values."""

    code: str
    sign: str
    values: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate's verdict; `change` is the smallest change that would open a closed one."""

    name: str
    verdict: Verdict
    code: str
    values: Values = field(default_factory=dict)
    change: Values | None = None

    @property
    def reason(self) -> Reason:
        """Give the gate as a reason, its smallest change included."""
        extra = {"change": dict(self.change)} if self.change is not None else {}
        return Reason(self.code, SIGNS[self.verdict], {**self.values, **extra})


@dataclass(frozen=True, slots=True)
class SkillCoverage:
    """How far one needed skill is covered: between `low` and `high` (0 to 1).

    They differ when the required level is not known (4 for low, 1 for high), when it is not known
    whether the person has the entry level, or what they can do already (`reached` is sure, `hoped` supposes it).
    `via_*` is the taught skill when it is only a close one.
    """

    skill_id: Id
    label: str
    importance: Importance
    required: int | None
    start: int
    reached: int
    hoped: int
    low: float
    high: float
    closeness: Closeness
    status: Status
    entry_asked: int = 0
    via_skill_id: Id | None = None
    via_label: str = ""

    @property
    def reason(self) -> Reason:
        """Say what becomes of the skill, as a reason."""
        code, sign, more = self._said()
        values = {
            "skill_id": self.skill_id,
            "label": self.label,
            "importance": self.importance.value,
            "required": self.required,
            "before": self.start,
            "reached": self.reached,
            "low": self.low,
            "high": self.high,
        }
        return Reason(code, sign, {**values, **more})

    def _said(self) -> tuple[str, str, dict[str, Any]]:
        if self.status == Status.MISSING:
            return "skill.missing", "-", {}
        if self.closeness == Closeness.NONE:
            return "skill.person_unknown", "?", {}
        if self.closeness in CLOSE_CODES:
            via = {"via_skill_id": self.via_skill_id, "via_label": self.via_label}
            return CLOSE_CODES[self.closeness], "+", via
        if self.status == Status.MET:
            return "skill.met", "+", {}
        if self.hoped > self.reached:
            return "skill.entry_unknown", "?", {"hoped": self.hoped, "entry_asked": self.entry_asked}
        return ("skill.level_unknown", "?", {}) if self.required is None else ("skill.partial", "+", {})


@dataclass(frozen=True, slots=True)
class Coverage:
    """The coverage of a whole need: counts first, means beside them, every skill behind them.

    `unclear` counts the required levels still to be told. Means are over the essential, then over the
    desired skills; they are 0 where there are none.
    """

    skills: tuple[SkillCoverage, ...]
    essential_met: int
    essential_partial: int
    essential_missing: int
    unclear: int
    essential_low: float
    essential_high: float
    desired_low: float
    desired_high: float
    desired_total: int

    @property
    def essential_total(self) -> int:
        """Count the essential skills."""
        return self.essential_met + self.essential_partial + self.essential_missing


@dataclass(frozen=True, slots=True)
class Match:
    """One course judged for one need, with its best session and every reason.

    `others` holds the reasons that neither a gate nor a skill gives: the firm's own, occupation and titles.
    """

    need_id: Id
    course_id: Id
    session_id: Id | None
    gates: tuple[Gate, ...]
    coverage: Coverage
    occupation: OccupationCloseness
    wording: float
    slack_days: int | None
    seats_left: int | None
    rejected: bool
    rules_version: str
    others: tuple[Reason, ...] = ()

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Give every reason: the firm's own, then gates, skills, and likeness of occupation and titles."""
        own = [one for one in self.others if one.code.startswith("feedback.")]
        alike = [one for one in self.others if one not in own]
        gates = (gate.reason for gate in self.gates)
        return (*own, *gates, *(skill.reason for skill in self.coverage.skills), *alike)

    @property
    def closed_gates(self) -> tuple[Gate, ...]:
        """Give the gates that say no."""
        return tuple(gate for gate in self.gates if gate.verdict == Verdict.NO)

    @property
    def unknown_gates(self) -> tuple[Gate, ...]:
        """Give the gates that cannot say."""
        return tuple(gate for gate in self.gates if gate.verdict == Verdict.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Remaining:
    """A needed skill that stays under its required level, and how far it gets."""

    skill_id: Id
    label: str
    importance: Importance
    required: int | None
    reached: int


@dataclass(frozen=True, slots=True)
class SkillGain:
    """What one course changes in one skill, or the entry level that stands in the way.

    Of a person who has not said their level (`known` is false), `before` and `after` are those of a beginner;
    `most` counts the levels gained by whom the course brings most.
    """

    skill_id: Id
    label: str
    before: int
    after: int
    entry_asked: int
    exit_level: int
    known: bool = True
    most: int = 0

    @property
    def levels(self) -> int:
        """Count the levels surely gained."""
        return self.after - self.before if self.known else 0

    @property
    def blocked(self) -> bool:
        """Tell whether a missing entry level stands in the way of this skill."""
        return self.known and self.before < self.entry_asked


@dataclass(frozen=True, slots=True)
class PathwayStep:
    """One course of a pathway, in its place, with the session that fits there (if any) and its gains."""

    course_id: Id
    session_id: Id | None
    gains: tuple[SkillGain, ...]


@dataclass(frozen=True, slots=True)
class Pathway:
    """A short ordered list of courses, what it covers, and what remains.

    `in_time` tells whether sessions follow one another and end before the latest date; `longer_would_do`
    that all courses together would cover the essential skills, but no list this short does.
    """

    steps: tuple[PathwayStep, ...]
    coverage: Coverage
    complete: bool
    in_time: Verdict
    longer_would_do: bool
    remaining: tuple[Remaining, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer to a need.

    When `not_enough` holds reasons, nothing else was judged: the need must say more first. `hints` are
    what would make the answer better. `uncovered` is what no course, nor all together, brings far enough.
    `found` counts the courses that have something to do with the need; `matches` are the best of them, or all.
    """

    matches: tuple[Match, ...] = ()
    pathway: Pathway | None = None
    not_enough: tuple[Reason, ...] = ()
    hints: tuple[Reason, ...] = ()
    uncovered: tuple[Remaining, ...] = ()
    found: int = 0


@dataclass(frozen=True, slots=True)
class CourseGain:
    """What a course adds to a person: gains per skill, the entry gate, reasons."""

    course_id: Id
    gains: tuple[SkillGain, ...]
    entry: Gate
    reasons: tuple[Reason, ...]

    @property
    def levels(self) -> int:
        """Count the levels surely gained over all skills."""
        return sum(gain.levels for gain in self.gains)

    @property
    def most(self) -> int:
        """Count the levels that may be gained over all skills."""
        return sum(gain.most for gain in self.gains)
