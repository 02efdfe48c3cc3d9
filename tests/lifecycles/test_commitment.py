"""The ladder of commitment as pure folds."""

from hypothesis import given
from hypothesis import strategies as st

from campus.lifecycles.commitment import ABOUT_NEEDS, Said, from_coverage, posts_at, posts_from, standing

FIGURES = st.dictionaries(st.sampled_from(ABOUT_NEEDS), st.integers(0, 9))


def test_a_withdrawn_line_stands_no_more_and_a_later_one_does():
    lines = [Said(1, "letter", 3), Said(2, "letter", 3, withdraws=1), Said(3, "letter", 2)]
    assert standing(lines[:2]) == {}
    assert standing(lines)["letter"].posts == 2


def test_a_letter_also_confirms_its_posts():
    assert posts_from({"declared": 5, "letter": 3})["confirmed"] == 3


def test_a_need_that_asks_for_fewer_posts_keeps_no_letter_for_more():
    assert posts_from({"declared": 2, "letter": 3})["letter"] == 2


def test_seats_and_hires_are_read_off_the_posts():
    assert from_coverage(["open", "proposed", "reserved", "hired", "lost", "stayed"]) == {"seats": 3, "hire": 2}


@given(FIGURES)
def test_each_step_holds_at_least_the_posts_of_the_steps_above(said):
    reached = posts_from(said)
    values = [reached[step] for step in ABOUT_NEEDS]
    assert values == sorted(values, reverse=True)


@given(FIGURES)
def test_posts_are_counted_once_when_split_by_their_highest_step(said):
    reached = posts_from(said)
    split = posts_at(reached)
    assert sum(split.values()) == reached["declared"]
    assert min(split.values()) >= 0
