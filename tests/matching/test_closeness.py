"""Laws of closeness: what it counts for, what it never does, and that the kind it names is true."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.matching.answers import Closeness, Status
from campus.matching.closeness import closeness_of
from campus.matching.text import similarity
from campus.matching.values import NeededSkill, Outcome, Rules
from tests.matching.samples import course, essential, need, only_match
from tests.matching.test_properties import fast, kin, needed, outcomes

RULES = Rules()
FACTORS = {
    Closeness.IDENTITY: 1.0,
    Closeness.MACRO: RULES.macro_factor,
    Closeness.SHEET: RULES.sheet_factor,
    Closeness.NONE: 0.0,
}
twins = st.builds(
    lambda level, **words: (essential("asked", level, **words), Outcome("taught", 0, 4, **words)),
    st.integers(1, 4),
    **kin,
)


@fast
@given(needed, outcomes)
def test_every_kind_counts_less_than_identity(asked, taught):
    kind, factor = closeness_of(asked, taught, RULES)
    assert (factor == 1) == (kind == Closeness.IDENTITY) == (asked.skill_id == taught.skill_id)
    assert factor == FACTORS.get(kind, factor)
    assert 0 <= factor <= 1


@fast
@given(needed, outcomes)
def test_the_kind_that_is_named_is_true_of_the_two_skills(asked, taught):
    kind, factor = closeness_of(asked, taught, RULES)
    likeness = similarity(asked.label, taught.label)
    if kind == Closeness.MACRO:
        assert asked.macro_id == taught.macro_id is not None
    if kind == Closeness.SHEET:
        assert asked.sheet_ids & taught.sheet_ids
        assert likeness >= RULES.least_sheet_wording
    if kind == Closeness.WORDING:
        assert likeness >= RULES.least_wording
        assert factor == pytest.approx(RULES.wording_factor * likeness, abs=1e-4)


@fast
@given(needed, outcomes)
def test_closeness_is_the_same_both_ways(asked, taught):
    swapped = (
        replace(asked, skill_id=taught.skill_id, **_kin(taught)),
        replace(taught, skill_id=asked.skill_id, **_kin(asked)),
    )
    assert closeness_of(asked, taught, RULES) == closeness_of(*swapped, RULES)


@fast
@given(twins)
def test_a_twin_under_another_id_never_meets_an_essential_skill(pair):
    asked, taught = pair
    offered = replace(course(1), outcomes=(taught, Outcome("b", 0, 1, label="b")))
    skill = only_match(need(asked, essential("b"), essential("c")), offered).coverage.skills[0]
    assert skill.status != Status.MET
    assert skill.high < 1


def _kin(skill):
    return {"label": skill.label, "macro_id": skill.macro_id, "sheet_ids": skill.sheet_ids}


@pytest.mark.parametrize("factor", ["macro_factor", "sheet_factor", "wording_factor"])
@pytest.mark.parametrize("value", [1.0, 1.5, -0.1])
def test_rules_by_which_closeness_would_meet_a_skill_are_refused(factor, value):
    with pytest.raises(ValueError, match=factor):
        Rules(**{factor: value})


def test_a_group_is_close_to_its_own_skills():
    group = NeededSkill("300182", 2, essential("x").importance, label="Réparer une machine", macro_id="300182")
    member = Outcome("123301", 0, 3, label="Remplacer un roulement", macro_id="300182")
    assert closeness_of(group, member, RULES) == (Closeness.MACRO, RULES.macro_factor)
