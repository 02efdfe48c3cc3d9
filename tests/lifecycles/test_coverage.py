"""The fold of the ledger: what the lines of a post say, whoever contests them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.lifecycles.coverage import CONFIRMED, CONTESTED, LOST, REOPENED, Line, figures, need_coverage, post_coverage
from campus.lifecycles.post import CHAIN

SOURCES = ("campus", "firm", "trainee", "document")


def told(*said):
    """Make lines of (kind, candidate, source); a fourth word is the number of the line that it is about."""
    made = []
    for number, (kind, candidate, *more) in enumerate(said, start=1):
        source, about = more[0] if more else "campus", str(more[1]) if len(more) > 1 else None
        made.append(Line(str(number), kind, number, source, candidate, about))
    return post_coverage(made)


def test_a_post_without_a_line_is_open():
    assert told().state == "open"


@pytest.mark.parametrize("place", range(len(CHAIN)))
def test_a_post_stands_where_its_furthest_candidate_stands(place):
    assert told(*[(kind, "ana") for kind in CHAIN[: place + 1]], ("proposed", "bo")).state == CHAIN[place]


def test_one_candidate_lost_leaves_the_post_to_the_other():
    found = told(("completed", "ana"), ("enrolled", "bo"), (LOST, "ana"))
    assert (found.state, found.candidates) == ("enrolled", {"ana": LOST, "bo": "enrolled"})


def test_a_post_whose_last_candidate_left_is_lost_until_it_is_reopened():
    assert told(("enrolled", "ana"), (LOST, "ana")).state == LOST
    assert told(("enrolled", "ana"), (LOST, "ana"), (REOPENED, None)).state == "open"


def test_a_need_that_ends_and_lives_again_finds_its_candidates_where_they_were():
    assert told(("started", "ana"), (LOST, None)).state == LOST
    assert told(("started", "ana"), (LOST, None), ("completed", "ana"), (REOPENED, None)).state == "completed"


def test_a_hire_that_one_affirms_and_another_denies_counts_as_presented_and_shows_both():
    found = told(("presented", "ana"), ("hired", "ana", "firm"), (LOST, "ana", "trainee"))
    assert (found.state, found.disputed) == ("presented", {"2", "3"})


def test_a_dispute_ends_when_the_one_who_denied_affirms():
    found = told(("presented", "ana"), (LOST, "ana", "trainee"), ("hired", "ana", "firm"), ("hired", "ana", "trainee"))
    assert (found.state, found.disputed) == ("hired", frozenset())


def test_a_line_that_the_firm_contests_counts_no_more_and_is_shown():
    found = told(("enrolled", "ana"), ("completed", "ana"), (CONTESTED, None, "firm", 2))
    assert (found.state, found.disputed) == ("enrolled", {"2"})


def test_a_line_confirmed_after_all_counts_again():
    lines = [("enrolled", "ana"), (CONTESTED, None, "firm", 1), (CONFIRMED, None, "firm", 1)]
    assert told(*lines).state == "enrolled"


@pytest.mark.parametrize(
    ("posts", "said"),
    [
        ([], "open"),
        (["open", "proposed"], "open"),
        (["open", "reserved"], "partly"),
        (["reserved", "completed"], "covered"),
        (["hired", "stayed"], "observed"),
        (["hired", "lost"], "partly"),
    ],
)
def test_a_need_is_as_covered_as_its_posts(posts, said):
    assert need_coverage(posts) == said


def test_figures_count_each_post_at_every_step_it_has_passed():
    found = figures([told(("completed", "ana")), told(("enrolled", "bo")), told(("enrolled", "cleo"), (LOST, "cleo"))])
    assert (found["posts"], found["enrolled"], found["completed"], found["lost"]) == (3, 2, 1, 1)


lines = st.lists(
    st.tuples(
        st.sampled_from([*CHAIN, LOST, REOPENED]), st.sampled_from(["ana", "bo", None]), st.sampled_from(SOURCES)
    ),
    max_size=12,
)


@given(lines)
def test_whatever_is_said_the_fold_gives_a_state_of_the_table(said):
    found = told(*said)
    assert found.state in {"open", *CHAIN, LOST}
    assert all(state in {"open", *CHAIN, LOST} for state in found.candidates.values())


@given(lines, st.integers(0, 12))
def test_the_past_is_told_from_the_lines_of_the_past_alone(said, cut):
    whole = [Line(str(n), kind, n, source, candidate) for n, (kind, candidate, source) in enumerate(said, start=1)]
    then = post_coverage(whole[:cut])
    assert post_coverage([line for line in reversed(whole) if line.number <= cut]) == then


@given(st.lists(st.tuples(st.sampled_from(["hired", LOST]), st.sampled_from(["firm", "trainee"])), max_size=8))
def test_nobody_counts_as_hired_whom_somebody_still_denies(said):
    found = told(("presented", "ana"), *[(kind, "ana", source) for kind, source in said])
    last = {source: kind for kind, source in said}
    assert (found.state == "hired") == (set(last.values()) == {"hired"})
    assert bool(found.disputed) == (set(last.values()) == {"hired", LOST})
