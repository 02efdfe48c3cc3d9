from datetime import timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from campus.matching.coverage import after_in_order
from tests.matching.samples import LATEST, course, desired, essential, judge, need, session

ASKED = need(essential("a", 2), essential("b", 2), essential("c", 3), desired("d", 1))


def pathway(*courses, asked=ASKED, **more):
    return judge(asked, *courses, **more).pathway


def ids(found):
    return [step.course_id for step in found.steps]


def test_one_course_that_covers_all_is_the_pathway():
    whole = course("whole", ("a", 0, 2), ("b", 0, 2), ("c", 0, 3))
    found = pathway(course("part", ("a", 0, 4)), whole)
    assert ids(found) == ["whole"]
    assert found.complete


def test_two_courses_are_put_together_rather_than_three():
    parts = [course("a", ("a", 0, 2)), course("b", ("b", 0, 2)), course("c", ("c", 0, 3))]
    found = pathway(*parts, course("ab", ("a", 0, 2), ("b", 0, 2)))
    assert sorted(ids(found)) == ["ab", "c"]


def test_the_order_respects_entry_levels():
    found = pathway(course("z-first", ("c", 0, 2)), course("more", ("a", 0, 2), ("b", 0, 2), ("c", 2, 3)))
    assert ids(found) == ["z-first", "more"]
    assert found.complete


def test_when_none_covers_all_the_closest_says_what_remains():
    found = pathway(course(1, ("a", 0, 2), ("c", 0, 1)))
    assert not found.complete
    assert [(one.skill_id, one.reached, one.required) for one in found.remaining] == [
        ("b", 0, 2),
        ("c", 1, 3),
        ("d", 0, 1),
    ]


def test_a_longer_pathway_is_announced():
    asked = need(*(essential(name, 1) for name in "abcd"))
    found = pathway(*(course(name, (name, 0, 1)) for name in "abcd"), asked=asked)
    assert (len(found.steps), found.complete, found.longer_would_do) == (3, False, True)


def test_a_useless_course_is_never_added():
    found = pathway(course(1, ("a", 0, 2)), course(2, ("a", 0, 1)))
    assert ids(found) == [1]


def test_no_course_brings_anything_then_there_is_no_pathway():
    assert pathway(course(1, ("a", 2, 3))) is None


def test_sessions_follow_one_another_when_an_order_allows_it():
    early = session("early", end=LATEST - timedelta(days=60), start=LATEST - timedelta(days=80))
    parts = course(1, ("a", 0, 2), ("b", 0, 2)), course(2, ("c", 0, 3), sessions=[early])
    found = pathway(*parts)
    assert ids(found) == [2, 1]
    assert found.in_time == "yes"


def test_sessions_that_overlap_are_not_in_time():
    found = pathway(course(1, ("a", 0, 2), ("b", 0, 2)), course(2, ("c", 0, 3)))
    assert found.in_time == "no"


def test_what_no_course_brings_is_uncovered():
    answer = judge(ASKED, course(1, ("a", 0, 2), ("c", 0, 2)), course(2, ("c", 2, 3), ("d", 0, 1)))
    assert [one.skill_id for one in answer.uncovered] == ["b"]


outcomes = st.tuples(st.sampled_from("abcd"), st.integers(0, 2), st.integers(1, 4))
offers = st.lists(st.lists(outcomes, min_size=1, max_size=3), min_size=1, max_size=5)


def met(levels):
    return sum(levels.get(skill.skill_id, 0) >= skill.level for skill in ASKED.skills if skill.essential)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(offers)
def test_no_other_list_of_three_meets_more_or_as_much_with_fewer_courses(offered):
    courses = [course(number, *taught) for number, taught in enumerate(offered)]
    lists = [order for size in range(4) for order in permutations(courses, size)]
    best = max((met(after_in_order(order, {})), -len(order)) for order in lists)
    found = pathway(*courses)
    if found is None:
        assert best == (0, 0)
    else:
        count = found.coverage.essential_met
        assert count == best[0]
        assert count == 0 or not found.complete or len(found.steps) == -best[1]
