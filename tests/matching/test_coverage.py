from campus.matching.answers import Closeness, Status
from campus.matching.coverage import after_in_order, fixed_point
from campus.matching.values import Outcome
from tests.matching.samples import codes, course, desired, essential, need, only_match

ASKED = need(essential("weld", 3), essential("mill", 2), desired("read", 1))


def test_a_level_under_the_required_one_covers_its_share():
    match = only_match(ASKED, course(1, ("weld", 0, 2)))
    weld = match.coverage.skills[0]
    assert (weld.low, weld.high, weld.status) == (0.6667, 0.6667, Status.PARTIAL)


def test_essential_skills_are_counted_met_partial_and_missing():
    coverage = only_match(ASKED, course(1, ("weld", 0, 2))).coverage
    assert (coverage.essential_met, coverage.essential_partial, coverage.essential_missing) == (0, 1, 1)


def test_a_surplus_in_one_skill_pays_for_nothing_else():
    enough = only_match(ASKED, course(1, ("weld", 0, 3))).coverage
    surplus = only_match(ASKED, course(1, ("weld", 0, 4))).coverage
    assert enough.essential_low == surplus.essential_low == 0.5


def test_a_required_level_not_known_gives_an_interval():
    unclear = need(essential("weld", None), essential("mill"), essential("read"))
    match = only_match(unclear, course(1, ("weld", 0, 2)))
    assert (match.coverage.skills[0].low, match.coverage.skills[0].high) == (0.5, 1.0)
    assert match.coverage.unclear == 1
    assert "skill.level_unknown" in codes(match)


def test_an_entry_level_nobody_is_known_to_have_leaves_the_coverage_open():
    weld = only_match(ASKED, course(1, ("weld", 2, 3))).coverage.skills[0]
    assert (weld.low, weld.high, weld.reached, weld.hoped) == (0, 1, 0, 3)


def test_a_person_with_the_entry_level_is_surely_covered():
    weld = only_match(ASKED, course(1, ("weld", 2, 3)), profile={"weld": 2}).coverage.skills[0]
    assert (weld.start, weld.low, weld.status) == (2, 1, Status.MET)


def test_a_person_without_the_entry_level_is_surely_not():
    weld = only_match(ASKED, course(1, ("weld", 2, 3)), profile={"weld": 1}).coverage.skills[0]
    assert (weld.low, weld.high) == (0.3333, 0.3333)


def test_what_a_person_has_not_said_may_be_all_or_nothing():
    skills = only_match(ASKED, course(1, ("weld", 0, 2)), profile={"read": 0}).coverage.skills
    assert [(one.low, one.high) for one in skills] == [(0.6667, 1), (0, 1), (0, 0)]
    assert [one.reason.code for one in skills] == ["skill.entry_unknown", "skill.person_unknown", "skill.missing"]


def test_entry_levels_are_followed_to_the_fixed_point_whatever_the_order():
    first, second = course(1, ("weld", 0, 2)), course(2, ("weld", 2, 3))
    assert fixed_point([second, first], {}) == {"weld": 3}
    assert after_in_order([second, first], {}) == {"weld": 2}


def test_the_same_macro_skill_counts_less_and_says_so():
    asked = need(essential("weld", 2, macro_id="m"), essential("b"), essential("c"))
    near = course(1)
    near = type(near)(1, "near", (Outcome("braze", 0, 4, "braze", macro_id="m"),), sessions=near.sessions)
    weld = only_match(asked, near).coverage.skills[0]
    assert (weld.closeness, weld.low, weld.status) == (Closeness.MACRO, 0.6, Status.PARTIAL)
    assert weld.via_skill_id == "braze"


def test_the_very_same_words_under_another_id_never_meet_an_essential_skill():
    asked = need(essential("a1", 1, label="Souder à l'arc"), essential("b"), essential("c"))
    twin = course(1)
    twin = type(twin)(1, "twin", (Outcome("a2", 0, 4, "Souder à l’arc"),), sessions=twin.sessions)
    skill = only_match(asked, twin).coverage.skills[0]
    assert (skill.closeness, skill.status) == (Closeness.WORDING, Status.PARTIAL)


def test_one_sheet_is_not_enough_without_some_likeness_of_words():
    sheet = frozenset({"H2102"})
    asked = need(essential("a", 2, label="Souder à l'arc", sheet_ids=sheet), essential("b"), essential("c"))
    other = course(1, ("b", 0, 2))
    unlike = Outcome("z", 0, 4, "Gérer un stock", sheet_ids=sheet)
    alike = Outcome("y", 0, 4, "Souder un réservoir", sheet_ids=sheet)
    skills = [
        only_match(asked, type(other)(1, "x", (*other.outcomes, near), sessions=other.sessions)).coverage.skills[0]
        for near in (unlike, alike)
    ]
    assert [skill.closeness for skill in skills] == [Closeness.NONE, Closeness.SHEET]
