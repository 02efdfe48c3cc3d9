"""How far courses cover a need, skill by skill and level by level; nothing compensates.

Source of the formulas: reached level L = max(start, exits whose entry level is reached), iterated to the
fixed point; coverage = min(L, r) / r for a required level r. A level that is not known gives an interval.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from campus.matching.answers import Closeness, Coverage, Remaining, SkillCoverage, SkillGain, Status
from campus.matching.closeness import PRECEDENCE, Kinship
from campus.matching.values import HIGHEST_LEVEL, CourseView, Id, NeededSkill, Outcome, Profile, id_key


def fraction(reached: int, required: int | None) -> tuple[float, float]:
    """Give the lowest and highest coverage (0 to 1) of a skill reached at a level.

    A required level that is not known may be the highest (lowest coverage) or the first (highest).
    """
    if required is None:
        return min(reached, HIGHEST_LEVEL) / HIGHEST_LEVEL, float(reached >= 1)
    exact = min(reached, required) / required
    return exact, exact


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


@dataclass(frozen=True, slots=True)
class Claim:
    """What one outcome would give one needed skill."""

    low: float
    high: float
    kind: Closeness
    outcome: Outcome | None
    reached: int
    hoped: int

    @property
    def strength(self) -> tuple[float, float, int]:
        """Order claims: best hope, then best certainty, then the closest kind."""
        return (self.high, self.low, -PRECEDENCE[self.kind])


def cover(kinship: Kinship, courses: Sequence[CourseView], profile: Profile | None = None) -> Coverage:
    """Cover a need by courses taken in order, from a profile or, without one, from nothing.

    Without a profile the people are not known yet: a course that asks for an entry level surely gives
    what a beginner would get (low), and perhaps what its exit level says (high).
    """
    start = dict(profile.levels) if profile else {}
    sure = after_in_order(courses, start)
    hoped = sure if profile else _highest_exits(courses)
    best: dict[Id, Claim] = {}
    for outcome in _in_stable_order(courses):
        for skill_id, kind, factor in kinship.of(outcome):
            reached = (sure.get(outcome.skill_id, 0), hoped.get(outcome.skill_id, 0))
            claim = _claim(kinship.skills[skill_id], outcome, kind=kind, factor=factor, reached=reached)
            if skill_id not in best or claim.strength > best[skill_id].strength:
                best[skill_id] = claim
    covered = (_covered(needed, best.get(needed.skill_id), start) for needed in kinship.need.skills)
    return summary(tuple(covered))


def _highest_exits(courses: Iterable[CourseView]) -> dict[Id, int]:
    exits: dict[Id, int] = {}
    for course in courses:
        for outcome in course.outcomes:
            exits[outcome.skill_id] = max(exits.get(outcome.skill_id, 0), outcome.exit_level)
    return exits


def _in_stable_order(courses: Sequence[CourseView]) -> list[Outcome]:
    outcomes = {outcome for course in courses for outcome in course.outcomes}
    return sorted(outcomes, key=lambda one: (id_key(one.skill_id), one.entry_level, one.exit_level, one.label))


def _claim(needed: NeededSkill, outcome: Outcome, *, kind: Closeness, factor: float, reached: tuple[int, int]) -> Claim:
    sure, hoped = reached
    low, high = fraction(sure, needed.level)[0], fraction(hoped, needed.level)[1]
    return Claim(round(low * factor, 4), round(high * factor, 4), kind, outcome, sure, hoped)


def _covered(needed: NeededSkill, claim: Claim | None, start: Mapping[Id, int]) -> SkillCoverage:
    before = start.get(needed.skill_id, 0)
    low, high = (round(part, 4) for part in fraction(before, needed.level))
    base = Claim(low, high, Closeness.IDENTITY if before else Closeness.NONE, None, before, before)
    best = claim if claim and claim.strength > base.strength else base
    outcome = best.outcome
    close = outcome is not None and best.kind != Closeness.IDENTITY
    return SkillCoverage(
        skill_id=needed.skill_id,
        label=needed.label,
        importance=needed.importance,
        required=needed.level,
        start=before,
        reached=best.reached,
        hoped=best.hoped,
        low=best.low,
        high=best.high,
        closeness=best.kind,
        status=_status(best),
        entry_asked=outcome.entry_level if outcome else 0,
        via_skill_id=outcome.skill_id if outcome and close else None,
        via_label=outcome.label if outcome and close else "",
    )


def _status(claim: Claim) -> Status:
    if claim.low >= 1 and claim.kind == Closeness.IDENTITY:
        return Status.MET
    return Status.PARTIAL if claim.high > 0 else Status.MISSING


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
        essential_low=_mean([one.low for one in essential]),
        essential_high=_mean([one.high for one in essential]),
        desired_low=_mean([one.low for one in desired]),
        desired_high=_mean([one.high for one in desired]),
        desired_total=len(desired),
    )


def _mean(numbers: Sequence[float]) -> float:
    return round(sum(numbers) / len(numbers), 4) if numbers else 0.0


def remaining(needed: Iterable[NeededSkill], levels: Mapping[Id, int]) -> tuple[Remaining, ...]:
    """List the needed skills that the levels leave under what is required.

    A skill whose required level is not known stays only when nothing of it is reached.
    """
    return tuple(
        Remaining(one.skill_id, one.label, one.importance, one.level, levels.get(one.skill_id, 0))
        for one in needed
        if levels.get(one.skill_id, 0) < (one.level or 1)
    )


def skill_gains(course: CourseView, before: Mapping[Id, int], after: Mapping[Id, int]) -> tuple[SkillGain, ...]:
    """Say, skill by skill (by id), what a course changes between the levels before and after it."""
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
        )
        for skill_id in sorted(taught, key=id_key)
    )
