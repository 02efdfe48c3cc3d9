"""Admission rounds: stable, best for people, the same as trying everything, and quick."""

from __future__ import annotations

import itertools
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campus.planning.rounds import (
    NOWHERE,
    BadRound,
    Chains,
    Round,
    admit,
    blocking,
    check,
    last_ranks,
    lottery_number,
    rank_people,
    refusals,
    sessions_of,
)


def drawn(people, seats, *, seed, most=6):
    """Make a round in which everybody wishes for some sessions and the ranks are drawn for each session."""
    luck = random.Random(seed)  # noqa: S311 (no secret)
    wishes = [luck.sample(range(len(seats)), luck.randint(1, min(most, len(seats)))) for _ in range(people)]
    places = [luck.sample(range(1, people + 1), people) for _ in seats]
    return Round(
        wishes, [[places[session][person] for session in wished] for person, wished in enumerate(wishes)], seats
    )


@st.composite
def small_rounds(draw):
    seats = draw(st.lists(st.integers(0, 2), min_size=1, max_size=3))
    return drawn(draw(st.integers(1, 5)), seats, seed=draw(st.integers(0, 10_000)), most=3)


def stable_outcomes(asked):
    """Try everything: every way to give each person one of their wishes, or none."""
    for met in itertools.product(*(range(-1, len(wished)) for wished in asked.wishes)):
        taken = [sessions_of(asked, met).count(session) for session in range(len(asked.seats))]
        fits = all(count <= seats for count, seats in zip(taken, asked.seats, strict=True))
        if fits and not blocking(asked, met):
            yield list(met)


def liking(asked, met):
    return [place if place != NOWHERE else len(asked.wishes[person]) for person, place in enumerate(met)]


@given(small_rounds())
@settings(max_examples=150, deadline=None)
def test_everybody_gets_the_best_that_any_stable_outcome_gives_them(asked):
    met = admit(asked)
    every = [liking(asked, each) for each in stable_outcomes(asked)]
    assert liking(asked, met) in every
    assert liking(asked, met) == [min(each[person] for each in every) for person in range(len(met))]


@given(st.integers(0, 10_000), st.integers(20, 120), st.integers(2, 8))
@settings(max_examples=40, deadline=None)
def test_seats_are_kept_and_nobody_has_cause_to_complain(seed, people, sessions):
    asked = drawn(people, [5] * sessions, seed=seed)
    met = admit(asked)
    found = sessions_of(asked, met)
    assert all(found.count(session) <= 5 for session in range(sessions))
    assert not blocking(asked, met)


@given(st.integers(0, 10_000))
@settings(max_examples=40, deadline=None)
def test_the_order_in_which_people_come_changes_nothing(seed):
    asked = drawn(60, [4] * 5, seed=seed)
    turned = Round(asked.wishes[::-1], asked.ranks[::-1], asked.seats)
    assert admit(turned)[::-1] == admit(asked)


@given(small_rounds(), st.data())
@settings(max_examples=100, deadline=None)
def test_nobody_gains_by_another_order_of_wishes(asked, data):
    person = data.draw(st.integers(0, len(asked.wishes) - 1))
    order = data.draw(st.permutations(range(len(asked.wishes[person]))))
    wishes, ranks = list(asked.wishes), list(asked.ranks)
    wishes[person] = [asked.wishes[person][place] for place in order]
    ranks[person] = [asked.ranks[person][place] for place in order]
    lied = admit(Round(wishes, ranks, asked.seats))[person]
    if lied != NOWHERE:
        true_place = asked.wishes[person].index(wishes[person][lied])
        assert admit(asked)[person] in range(true_place + 1)


@given(st.integers(0, 10_000), st.lists(st.integers(0, 59), max_size=10, unique=True))
@settings(max_examples=60, deadline=None)
def test_after_withdrawals_the_outcome_is_stable_and_nobody_else_is_worse_off(seed, leaving):
    asked = drawn(60, [4] * 5, seed=seed)
    before = admit(asked)
    chains = Chains(asked, before)
    moved = {move.person for person in leaving for move in chains.withdraw(person)}
    assert not blocking(asked, chains.met, gone=leaving)
    stayed = [person for person in range(60) if person not in leaving]
    now, then = liking(asked, chains.met), liking(asked, before)
    assert all(now[person] <= then[person] for person in stayed)
    assert {person for person in stayed if now[person] != then[person]} <= moved


def test_a_withdrawal_touches_its_chain_only():
    asked = Round([[0], [0, 1], [1]], [[1], [2, 1], [2]], [1, 1])
    chains = Chains(asked, admit(asked))
    assert [(move.person, move.left, move.joined) for move in chains.withdraw(0)] == [(1, 1, 0), (2, NOWHERE, 1)]


def test_who_has_accepted_a_seat_is_not_moved():
    asked = Round([[0], [0, 1], [1]], [[1], [2, 1], [2]], [1, 1])
    chains = Chains(asked, admit(asked), settled=[1])
    assert chains.withdraw(0) == []


def test_a_refusal_says_ones_own_rank_and_the_last_rank_admitted():
    asked = Round([[0], [0, 1], [0]], [[1], [3, 1], [2]], [2, 1])
    met = admit(asked)
    (refusal,) = refusals(asked, met, 1)
    assert (refusal.session, refusal.own_rank, refusal.last_rank) == (0, 3, 2)
    assert last_ranks(asked, met) == [2, 1]


def test_criteria_come_first_and_the_lottery_can_be_worked_out_again():
    ranks = rank_people("2027-03", {"ana": (1,), "bo": (0,), "cleo": (1,)})
    drawn_first = min(("ana", "cleo"), key=lambda person: lottery_number("2027-03", person))
    assert (ranks["bo"], ranks[drawn_first]) == (1, 2)
    assert lottery_number("2027-03", "ana") == 12039830376659272228


@pytest.mark.parametrize(
    ("wishes", "ranks"),
    [([[0, 0]], [[1, 2]]), ([[7]], [[1]]), ([[0]], [[0]]), ([[0], [0]], [[1], [1]]), ([[0]], [[]]), ([[0]], [])],
)
def test_a_round_that_makes_no_sense_is_refused(wishes, ranks):
    with pytest.raises(BadRound):
        check(Round(wishes, ranks, [1]))


@pytest.mark.long
def test_twenty_thousand_people_take_less_than_a_fifth_of_a_second():
    asked = drawn(20_000, [12] * 400, seed=1)
    began = time.process_time()
    met = admit(asked)
    took = time.process_time() - began
    print(f"{len(met)} people, {took:.3f} s")  # noqa: T201 (a figure)
    assert took < 0.2
