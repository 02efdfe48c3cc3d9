"""How close a taught skill is to a needed one when they are not the same, and what that counts for."""

from collections.abc import Iterable

from campus.matching.answers import Closeness, OccupationCloseness
from campus.matching.text import similarity
from campus.matching.values import CourseView, Id, NeededSkill, NeedView, Outcome, Rules

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
        self._known: dict[Outcome, tuple[tuple[Id, Closeness, float], ...]] = {}

    def of(self, outcome: Outcome) -> tuple[tuple[Id, Closeness, float], ...]:
        """List (needed skill id, kind, factor) for every needed skill this outcome is like."""
        if outcome not in self._known:
            pairs = ((s.skill_id, *closeness_of(s, outcome, self.rules)) for s in self.need.skills)
            self._known[outcome] = tuple(pair for pair in pairs if pair[1] != Closeness.NONE)
        return self._known[outcome]

    def touches(self, outcomes: Iterable[Outcome]) -> bool:
        """Tell whether any outcome is the same as, or close to, a needed skill."""
        return any(self.of(outcome) for outcome in outcomes)


def occupation_closeness(need: NeedView, course: CourseView) -> OccupationCloseness:
    """Tell whether the course leads to the need's occupation, to one of the same parent, or to neither."""
    if need.occupation_id is not None and need.occupation_id in course.occupation_ids:
        return OccupationCloseness.SAME
    if need.parent_occupation is not None and need.parent_occupation in course.parent_occupations:
        return OccupationCloseness.SAME_PARENT
    return OccupationCloseness.NONE
