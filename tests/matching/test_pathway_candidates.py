"""What the index hands to the judge is enough: the answer is that of an exhaustive judgement, pathway included."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from campus.matching.judge import Judge
from tests.matching.generated import RULES, catalogues, index_of, needs, seen_by
from tests.matching.samples import TODAY, course, essential, need
from tests.matching.test_properties import fast

KEPT = 2


def one_line_a_skill(course):
    """Keep what the database can hold: one line for each skill, that leads further than it asks."""
    lines = {one.skill_id: one for one in course.outcomes if one.entry_level < one.exit_level}
    return replace(course, outcomes=tuple(lines.values()))


@fast
@given(needs, catalogues.map(lambda found: [one_line_a_skill(one) for one in found]), st.data())
def test_the_candidates_of_the_index_lead_to_the_answer_of_all_courses(need, catalogue, data):
    known = sorted((one.id for one in catalogue), key=str)
    doubted = frozenset(data.draw(st.sets(st.sampled_from(known), max_size=2)) if known else ())
    index = index_of(catalogue)
    linked = index.link(need)
    chosen = {*index.best(linked, limit=KEPT + len(doubted)), *index.for_pathway(linked, rejected=doubted), *doubted}
    judge = Judge(RULES, today=TODAY)
    courses = [seen_by(need, course) for course in catalogue]
    whole = judge.judge(need, courses, kept=KEPT)
    some = judge.judge(need, [course for course in courses if course.id in chosen], kept=KEPT)
    assert replace(some, found=whole.found) == whole


def test_a_course_that_a_better_one_makes_useless_is_left_out():
    asked = need(essential(0), essential(1), essential(2))
    index = index_of([course(1, (0, 0, 3), (1, 0, 3)), course(2, (0, 1, 3)), course(3, (2, 0, 1))])
    assert index.for_pathway(index.link(asked)) == (1, 3)
