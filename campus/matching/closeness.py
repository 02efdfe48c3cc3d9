"""How close a taught skill is to a needed one when they are not the same, and what that counts for."""

from typing import Any

from campus.matching.answers import Closeness, OccupationCloseness
from campus.matching.text import similarity
from campus.matching.values import CourseView, NeededSkill, NeedView, Outcome, Rules

PRECEDENCE = {kind: rank for rank, kind in enumerate(Closeness)}


def closeness_of(needed: NeededSkill, outcome: Outcome, rules: Rules) -> tuple[Closeness, float]:
    """Tell how an outcome relates to a needed skill, and the factor (0 to 1) its level counts with.

    Identity counts 1. Sharing a macro-skill counts `macro_factor`. Sharing a sheet counts only with some
    likeness of wording, because a sheet holds dozens of unrelated skills. Wording alone comes last.
    """
    if needed.skill_id == outcome.skill_id:
        return Closeness.IDENTITY, 1.0
    if needed.macro_id is not None and needed.macro_id == outcome.macro_id:
        return Closeness.MACRO, rules.macro_factor
    likeness = similarity(needed.label, outcome.label)
    by_wording = rules.wording_factor * likeness if likeness >= rules.least_wording else 0.0
    shares_sheet = not needed.sheet_ids.isdisjoint(outcome.sheet_ids)
    if shares_sheet and likeness >= rules.least_sheet_wording and by_wording <= rules.sheet_factor:
        return Closeness.SHEET, rules.sheet_factor
    if by_wording:
        return Closeness.WORDING, round(by_wording, 4)
    return Closeness.NONE, 0.0


class Kinship:
    """Remember, for one need, which of its skills each taught skill is close to."""

    def __init__(self, need: NeedView, rules: Rules) -> None:
        self.need = need
        self.rules = rules
        self.skills = {skill.skill_id: skill for skill in need.skills}
        self._known: dict[tuple[Any, ...], tuple[tuple[int, Closeness, float], ...]] = {}

    def of(self, outcome: Outcome) -> tuple[tuple[int, Closeness, float], ...]:
        """List (position of the needed skill, kind, factor) for every needed skill this outcome is like."""
        skill = (outcome.skill_id, outcome.label, outcome.macro_id, outcome.sheet_ids)
        found = self._known.get(skill)
        if found is None:
            pairs = ((n, *closeness_of(one, outcome, self.rules)) for n, one in enumerate(self.need.skills))
            found = self._known[skill] = tuple(pair for pair in pairs if pair[1] != Closeness.NONE)
        return found


def occupation_closeness(need: NeedView, course: CourseView) -> OccupationCloseness:
    """Tell whether the course leads to the need's occupation, to one of the same parent, or to neither."""
    if need.occupation_id is not None and need.occupation_id in course.occupation_ids:
        return OccupationCloseness.SAME
    if need.parent_occupation is not None and need.parent_occupation in course.parent_occupations:
        return OccupationCloseness.SAME_PARENT
    return OccupationCloseness.NONE
