from dataclasses import replace

from campus.matching.judge import judge_course_for_profile
from campus.matching.objections import Objection
from campus.matching.values import Profile
from tests.matching.samples import codes, course, desired, essential, judge, need, session

ASKED = need(essential("a", 2), essential("b", 2), desired("c", 2), occupation_id="H2303", parent_occupation="H2301")


def order(*courses, **more):
    return [match.course_id for match in judge(ASKED, *courses, **more).matches]


def test_an_open_gate_comes_before_more_skills():
    late = course("late", ("a", 0, 2), ("b", 0, 2), sessions=[session(days_before=-1)])
    assert order(late, course("open", ("a", 0, 2))) == ["open", "late"]


def test_essential_skills_met_come_before_desired_ones():
    both = course("desired", ("a", 0, 1), ("c", 0, 4))
    assert order(both, course("essential", ("a", 0, 2))) == ["essential", "desired"]


def test_the_same_occupation_comes_before_its_sister():
    sister = course(1, ("a", 0, 2), parent_occupations=frozenset({"H2301"}))
    same = course(2, ("a", 0, 2), occupation_ids=frozenset({"H2303"}))
    assert order(sister, same, course(3, ("a", 0, 2))) == [2, 1, 3]


def test_more_days_to_spare_come_first_then_more_seats_then_the_id():
    taught = ("a", 0, 2)
    soon = course(4, taught, sessions=[session(days_before=30)])
    roomy = course(3, taught, sessions=[session(seats_left=20)])
    assert order(course(2, taught), course(1, taught), roomy, soon) == [4, 3, 1, 2]


def test_a_rejected_course_comes_last_and_says_why():
    best, other = course("best", ("a", 0, 2), ("b", 0, 2)), course("other", ("c", 0, 1))
    answer = judge(ASKED, best, other, objections={"best": Objection("other")})
    assert [match.course_id for match in answer.matches] == ["other", "best"]
    assert "feedback.rejected" in codes(answer.matches[1])
    assert [step.course_id for step in answer.pathway.steps] == ["other"]


def test_a_course_with_nothing_in_common_is_no_match():
    assert order(course(1, ("z", 0, 4))) == []


def test_a_course_to_the_same_occupation_is_a_match_even_without_skills():
    assert order(course(1, ("z", 0, 4), occupation_ids=frozenset({"H2303"}))) == [1]


def test_titles_worded_alike_are_a_reason():
    asked = replace(ASKED, title="Course 12")
    (match,) = judge(asked, course(12, ("a", 0, 2))).matches
    assert "wording.title" in codes(match)


def test_hints_say_what_would_make_the_answer_better():
    answer = judge(need(desired("a", None), desired("b"), desired("c"), latest=None))
    assert {hint.code for hint in answer.hints} == {
        "need.no_essential",
        "need.levels_unknown",
        "need.no_occupation",
        "need.no_latest",
    }


def test_a_course_says_what_it_adds_to_a_person():
    offered = course(1, ("a", 0, 3), ("b", 2, 4), ("c", 0, 1))
    gain = judge_course_for_profile(offered, Profile({"a": 1, "b": 0, "c": 2}))
    assert [reason.code for reason in gain.reasons] == [
        "entry.too_low",
        "gain.adds",
        "gain.blocked",
        "gain.already",
    ]
    assert (gain.levels, gain.most) == (2, 2)


def test_what_a_person_has_not_said_stays_open_in_what_a_course_adds():
    gain = judge_course_for_profile(course(1, ("a", 0, 3), ("b", 2, 4)), Profile({"a": 0}))
    assert [reason.code for reason in gain.reasons] == ["entry.unknown", "gain.adds", "gain.perhaps"]
    assert (gain.levels, gain.most) == (3, 5)
