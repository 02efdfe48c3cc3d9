"""Half-days: nobody in two places, each session all of its own, the same ones every week where that can be."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.planning.half_days import half_days_of
from campus.planning.values import Campus, Course, Plan, Room, Session, Trainer

KEYS = ("0", "1", "2")
ROOMS, TRAINERS = tuple(Room(key, 9) for key in KEYS), tuple(Trainer(key) for key in KEYS)
COURSES = tuple(
    Course(f"c{each}", weeks=1 + each % 2, seats_min=1, seats_max=9, half_days=each) for each in range(1, 11)
)


def campus():
    return Campus(4, COURSES, ROOMS, TRAINERS, ())


@st.composite
def plans(draw):
    """Draw sessions as long as nobody has more than ten half-days in a week."""
    taken, kept = Counter(), []
    keys = st.sampled_from(KEYS)
    for course, start, room, trainer in draw(
        st.lists(st.tuples(st.sampled_from(COURSES), st.integers(0, 2), keys, keys), max_size=25)
    ):
        uses = [(side, key, week) for side, key in (("r", room), ("t", trainer)) for week in (start, start + 1)]
        uses = uses if course.weeks == 2 else uses[::2]
        if all(taken[use] + course.half_days <= 10 for use in uses):
            taken.update(dict.fromkeys(uses, course.half_days))
            kept.append(Session(course.key, start, room, trainer))
    return Plan(tuple(kept))


@given(plans())
def test_no_room_and_no_trainer_is_in_two_places(plan):
    seen = Counter()
    for session, weeks in zip(plan.sessions, half_days_of(campus(), plan), strict=True):
        for week, half_days in weeks.items():
            assert len(set(half_days)) == campus().course_of[session.course].half_days
            seen.update((side, week, each) for side in (session.room, f"t{session.trainer}") for each in half_days)
    assert set(seen.values()) <= {1}


def test_a_session_has_the_same_half_days_together_each_week():
    before, after = half_days_of(campus(), Plan((Session("c4", 0, "0", "0"), Session("c5", 0, "0", "1"))))
    assert after == {0: (0, 1, 2, 3, 4), 1: (0, 1, 2, 3, 4)}
    assert before == {0: (5, 6, 7, 8)}


def test_a_room_that_is_asked_for_eleven_half_days_is_refused():
    with pytest.raises(ValueError, match="more than ten"):
        half_days_of(campus(), Plan((Session("c5", 0, "0", "0"), Session("c7", 0, "0", "1"))))
