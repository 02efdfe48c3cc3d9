"""Courses to create: groups of uncovered skills, whatever the order they are read in; and the nearest course."""

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from campus.planning.creation import LACKS, Board
from campus.planning.extension import Step, nearest
from campus.planning.facts import COURSES, NEEDS, Sheet
from campus.planning.together import LEAST_ALIKE, MOST_SKILLS, together

few = settings(max_examples=20, deadline=None)
LEVEL = st.integers(0, 4)
NEED = st.tuples(
    st.integers(1, 6), st.dictionaries(st.integers(1, 9), LEVEL, min_size=1, max_size=6), st.integers(0, 3)
)
CAMPUS = st.lists(NEED, max_size=12)


def key(number):
    return bytes([number + 1]) * 16


def sheet(needs):
    """Write needs (posts, skills with levels, firm) as the board reads them; nothing is reached, all is essential."""
    heads = [(key(n), key(firm), posts, 0, firm) for n, (posts, _asked, firm) in enumerate(needs)]
    rows = [
        (n, skill, level, 0, True) for n, (_posts, asked, _firm) in enumerate(needs) for skill, level in asked.items()
    ]
    return Sheet.of(LACKS, heads, skills=rows)


def sets_of(needs):
    rows = [(n, skill, posts) for n, (posts, asked, _firm) in enumerate(needs) for skill in asked]
    return together(*(np.array([row[place] for row in rows], np.int64) for place in range(3)))


@few
@given(CAMPUS, st.randoms())
def test_the_order_in_which_needs_are_read_changes_nothing(needs, luck):
    shuffled = [(posts, dict(luck.sample(list(asked.items()), len(asked))), firm) for posts, asked, firm in needs]
    luck.shuffle(shuffled)
    assert sets_of(shuffled) == sets_of(needs)


@few
@given(CAMPUS)
def test_each_uncovered_skill_is_in_exactly_one_group_and_no_group_is_too_large(needs):
    sets = sets_of(needs)
    assert sorted(skill for one in sets for skill in one) == sorted({skill for need in needs for skill in need[1]})
    assert all(len(one) <= MOST_SKILLS for one in sets)


@few
@given(CAMPUS)
def test_skills_of_a_group_are_asked_together_by_some_need(needs):
    for one in sets_of(needs):
        for skill in one if len(one) > 1 else ():
            assert any(skill in need[1] and len(need[1].keys() & set(one)) > 1 for need in needs)


@few
@given(CAMPUS)
def test_the_figures_of_a_group_are_those_of_a_plain_recount(needs):
    board = Board(sheet(needs))
    for place, skills in enumerate(board.sets):
        group, behind = board.group(place), [need for need in needs if need[1].keys() & set(skills)]
        assert group.posts == board.posts[place] == sum(need[0] for need in behind)
        assert group.firms == len({need[2] for need in behind})
        assert len(group.needs) == len(behind)
        told = {line.skill: line.levels for line in group.skills}
        lines = Counter(
            (skill, need[1][skill]) for need in behind for skill in skills if skill in need[1] for _n in range(need[0])
        )
        assert {(skill, level): posts for skill, found in told.items() for level, posts in found.items()} == lines


def test_skills_that_the_same_posts_ask_are_put_together_and_others_are_not():
    needs = [(3, {1: 2, 2: 2}, 0), (2, {1: 3, 2: 2}, 1), (9, {7: 2}, 2)]
    assert sets_of(needs) == [(1, 2), (7,)]


def test_skills_rarely_asked_together_stay_apart():
    share = LEAST_ALIKE / 2
    apart = round(1 / share)
    assert sets_of([(1, {1: 2, 2: 2}, 0), (apart, {1: 2}, 1), (apart, {2: 2}, 1)]) == [(1,), (2,)]


def test_a_level_that_nobody_says_is_proposed_and_else_the_highest_is_taught():
    board = Board(sheet([(1, {1: 0}, 0), (1, {2: 1}, 0), (1, {2: 4}, 0)]))
    assert {line.skill: line.exit for place in range(len(board)) for line in board.group(place).skills} == {1: 2, 2: 4}


def facts_of(asked, *taught):
    """Write what one need asks and what courses teach, as skill and level; all else is left at zero."""
    needs, courses = np.zeros(1, NEEDS[""]), np.zeros(len(taught), COURSES[""])
    needs["key"], courses["key"] = key(0), [key(10 + n) for n in range(len(taught))]
    lines = [(n, 8 * skill + level) for n, course in enumerate(taught) for skill, level in course]
    parts = {name: np.zeros(0, COURSES[name]) for name in COURSES if name}
    return (
        Sheet(needs, {"asked": np.array([(0, 8 * skill + level) for skill, level in asked], NEEDS["asked"])}),
        Sheet(courses, parts | {"taught": np.array(lines, COURSES["taught"])}),
    )


def test_the_nearest_course_brings_most_of_what_the_needs_ask_and_is_told_its_steps():
    facts = facts_of([(1, 3), (2, 3), (3, 3)], [(1, 3)], [(1, 3), (2, 4), (3, 2)])
    found = nearest(*facts, Board(sheet([(2, {3: 3}, 0)])).group(0))
    assert (found.course, found.percent, found.steps) == (key(11), 66, (Step(3, 2, 3),))


def test_no_course_is_near_when_none_brings_anything_that_the_needs_ask():
    assert nearest(*facts_of([(3, 3)], [(3, 2)]), Board(sheet([(2, {3: 3}, 0)])).group(0)) is None
