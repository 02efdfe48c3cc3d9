"""How far courses cover a need, skill by skill and level by level; nothing compensates.

Source of the formulas: reached level L = max(start, exits whose entry level is reached), iterated to the
fixed point; coverage = min(L, r) / r for a required level r. A level that is not known gives an interval.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from campus.matching import units
from campus.matching.answers import Closeness, Coverage, Remaining, SkillCoverage, SkillGain, Status
from campus.matching.closeness import PRECEDENCE, Kinship
from campus.matching.values import HIGHEST_LEVEL, CourseView, Id, NeededSkill, Outcome, Profile, id_key


def fixed_point(courses: Iterable[CourseView], start: Mapping[Id, int]) -> dict[Id, int]:
    """Give the level of every skill once all outcomes whose entry level is reached have been taken."""
    levels = dict(start)
    outcomes = sorted((outcome for course in courses for outcome in course.outcomes), key=lambda one: one.entry_level)
    for outcome in outcomes:
        level = levels.get(outcome.skill_id, 0)
        if outcome.entry_level <= level < outcome.exit_level:
            levels[outcome.skill_id] = outcome.exit_level
    return levels


def after_in_order(courses: Sequence[CourseView], start: Mapping[Id, int]) -> dict[Id, int]:
    """Give the levels after courses taken one after the other, each once."""
    levels = dict(start)
    for course in courses:
        levels = fixed_point([course], levels)
    return levels


class Claim(NamedTuple):
    """What one outcome would give one needed skill.

    `strength` orders claims: best hope, then best certainty, then the closest kind.
    """

    strength: tuple[float, float, int]
    low: float
    high: float
    kind: Closeness
    status: Status
    outcome: Outcome | None
    reached: int
    hoped: int


class Taught(NamedTuple):
    """One outcome of courses taken in order, the level then reached in its skill, surely and perhaps.

    `same` is equal for outcomes that claim the same of every need.
    """

    outcome: Outcome
    reached: int
    hoped: int
    same: tuple[Any, ...]


def taught_by(courses: Sequence[CourseView], profile: Profile | None) -> tuple[Taught, ...]:
    """List what courses taken in order teach, from a profile or, without one, from nothing.

    Of skills that a profile does not name, and of all without one, the level before is not known: a course that
    asks for an entry level surely gives what a beginner would get, and perhaps what its exit level says.
    """
    known = profile.levels if profile else {}
    sure = after_in_order(courses, known)
    hoped = {one: sure[one] if one in known else level for one, level in _highest_exits(courses).items()}
    found = []
    for one in _in_stable_order(courses):
        reached = (sure.get(one.skill_id, 0), hoped.get(one.skill_id, 0))
        same = (one.skill_id, one.label, one.macro_id, one.sheet_ids, one.entry_level, *reached)
        found.append(Taught(one, *reached, same))
    return tuple(found)


class Claims:
    """What is claimed of each skill of one need, by people of one profile; each claim is worked out once."""

    def __init__(self, kinship: Kinship, profile: Profile | None) -> None:
        self.kinship = kinship
        self.start = dict(profile.levels) if profile else {}
        self.needed = kinship.need.skills
        self.essential = tuple(n for n, one in enumerate(self.needed) if one.essential)
        self.desired = tuple(n for n, one in enumerate(self.needed) if not one.essential)
        self._unsaid = [n for n, one in enumerate(self.needed) if profile and one.skill_id not in profile.levels]
        self._base = self._widened([self._untaught(one) for one in self.needed])
        self._known: dict[tuple[Any, ...], tuple[tuple[int, Claim], ...]] = {}

    def best(self, taught: Iterable[Taught]) -> list[Claim] | None:
        """Give the strongest claim on each needed skill, in their order; None when no outcome is like any."""
        best, touched = self._base.copy(), False
        for one in taught:
            claims = self._known.get(one.same)
            if claims is None:
                claims = self._known[one.same] = self._of(one)
            for position, claim in claims:
                touched = True
                if claim.strength > best[position].strength:
                    best[position] = claim
        return self._widened(best) if touched else None

    def base(self) -> list[Claim]:
        """Give what is claimed of each needed skill when nothing is taught."""
        return self._base

    def coverage(self, taught: Iterable[Taught]) -> Coverage:
        """Say how far the need is covered, skill by skill and in all."""
        best = self.best(taught) or self._base
        return summary(tuple(self._covered(*pair) for pair in zip(self.needed, best, strict=True)))

    def _widened(self, best: list[Claim]) -> list[Claim]:
        """Leave open how far skills get that the profile does not name: the person may have them already."""
        for position in self._unsaid:
            claim = best[position]
            if claim.status != Status.MET:
                best[position] = claim._replace(high=1.0, hoped=HIGHEST_LEVEL, status=Status.PARTIAL)
        return best

    def _untaught(self, needed: NeededSkill) -> Claim:
        before = self.start.get(needed.skill_id, 0)
        kind = Closeness.IDENTITY if before else Closeness.NONE
        return _claim(needed, None, kind=kind, factor=1.0, reached=(before, before))

    def _of(self, taught: Taught) -> tuple[tuple[int, Claim], ...]:
        outcome, reached = taught.outcome, (taught.reached, taught.hoped)
        return tuple(
            (position, _claim(self.needed[position], outcome, kind=kind, factor=factor, reached=reached))
            for position, kind, factor in self.kinship.of(outcome)
        )

    def _covered(self, needed: NeededSkill, best: Claim) -> SkillCoverage:
        outcome = best.outcome
        close = outcome is not None and best.kind != Closeness.IDENTITY
        return SkillCoverage(
            skill_id=needed.skill_id,
            label=needed.label,
            importance=needed.importance,
            required=needed.level,
            start=self.start.get(needed.skill_id, 0),
            reached=best.reached,
            hoped=best.hoped,
            low=best.low,
            high=best.high,
            closeness=best.kind,
            status=best.status,
            entry_asked=outcome.entry_level if outcome else 0,
            via_skill_id=outcome.skill_id if outcome and close else None,
            via_label=outcome.label if outcome and close else "",
        )


def _highest_exits(courses: Iterable[CourseView]) -> dict[Id, int]:
    exits: dict[Id, int] = {}
    for course in courses:
        for outcome in course.outcomes:
            exits[outcome.skill_id] = max(exits.get(outcome.skill_id, 0), outcome.exit_level)
    return exits


def _in_stable_order(courses: Sequence[CourseView]) -> list[Outcome]:
    outcomes = {outcome for course in courses for outcome in course.outcomes}
    return sorted(outcomes, key=lambda one: (id_key(one.skill_id), one.entry_level, one.exit_level, one.label))


def _claim(
    needed: NeededSkill, outcome: Outcome | None, *, kind: Closeness, factor: float, reached: tuple[int, int]
) -> Claim:
    sure, hoped = reached
    whole = round(factor * units.WHOLE)
    # A required level that is not known may be the highest (lowest coverage) or the first (highest).
    low = units.share(sure, needed.level or units.UNKNOWN_LOW, whole) / units.WHOLE
    high = units.share(hoped, needed.level or units.UNKNOWN_HIGH, whole) / units.WHOLE
    status = Status.PARTIAL if high > 0 else Status.MISSING
    if low >= 1 and kind == Closeness.IDENTITY:
        status = Status.MET
    return Claim((high, low, -PRECEDENCE[kind]), low, high, kind, status, outcome, sure, hoped)


def summary(skills: tuple[SkillCoverage, ...]) -> Coverage:
    """Count and average the skills of a need, essential and desired apart."""
    essential = [one for one in skills if one.importance == "essential"]
    desired = [one for one in skills if one.importance == "desired"]
    statuses = [one.status for one in essential]
    return Coverage(
        skills=skills,
        essential_met=statuses.count(Status.MET),
        essential_partial=statuses.count(Status.PARTIAL),
        essential_missing=statuses.count(Status.MISSING),
        unclear=sum(one.required is None for one in skills),
        essential_low=mean([one.low for one in essential]),
        essential_high=mean([one.high for one in essential]),
        desired_low=mean([one.low for one in desired]),
        desired_high=mean([one.high for one in desired]),
        desired_total=len(desired),
    )


def mean(numbers: Sequence[float]) -> float:
    """Give the mean to four digits; 0 of nothing."""
    total = sum(round(one * units.WHOLE) for one in numbers)
    return float(units.mean(total, len(numbers)) / units.WHOLE)


def remaining(needed: Iterable[NeededSkill], levels: Mapping[Id, int]) -> tuple[Remaining, ...]:
    """List the needed skills that the levels leave under what is required.

    A skill whose required level is not known stays only when nothing of it is reached.
    """
    return tuple(
        Remaining(one.skill_id, one.label, one.importance, one.level, levels.get(one.skill_id, 0))
        for one in needed
        if levels.get(one.skill_id, 0) < (one.level or 1)
    )


def skill_gains(
    course: CourseView, before: Mapping[Id, int], after: Mapping[Id, int], *, unsaid: Container[Id] = ()
) -> tuple[SkillGain, ...]:
    """Say, skill by skill (by id), what a course changes between the levels before and after it.

    Of skills `unsaid` the level before is not known: the levels given are those of a beginner.
    """
    taught: dict[Id, list[Outcome]] = {}
    for outcome in course.outcomes:
        taught.setdefault(outcome.skill_id, []).append(outcome)
    return tuple(
        SkillGain(
            skill_id=skill_id,
            label=max(one.label for one in taught[skill_id]),
            before=before.get(skill_id, 0),
            after=after.get(skill_id, 0),
            entry_asked=min(one.entry_level for one in taught[skill_id]),
            exit_level=max(one.exit_level for one in taught[skill_id]),
            known=skill_id not in unsaid,
            most=_most(taught[skill_id]) if skill_id in unsaid else after.get(skill_id, 0) - before.get(skill_id, 0),
        )
        for skill_id in sorted(taught, key=id_key)
    )


def _most(outcomes: Sequence[Outcome]) -> int:
    """Count the levels that outcomes in one skill add to whom they add most."""
    ordered = sorted(outcomes, key=lambda one: one.entry_level)
    gained = []
    for before in range(HIGHEST_LEVEL + 1):
        level = before
        for one in ordered:
            level = one.exit_level if one.entry_level <= level < one.exit_level else level
        gained.append(level - before)
    return max(gained)
