"""Comparing two plans: what came, went and moved, and the posts won and lost."""

from __future__ import annotations

from dataclasses import replace

from campus.planning.compare import compare
from campus.planning.values import Plan
from tests.planning.small import ASKED, session
from tests.planning.small import campus as small

OTHER = replace(ASKED, key="autre", step=1)
BOTH = small(demands=(ASKED, OTHER))


def test_a_session_in_another_week_has_moved():
    found = compare(BOTH, Plan((session(),)), Plan((session(start=2),)))
    assert [(each.before.start, each.after.start) for each in found.moved] == [(0, 2)]
    assert not found.added
    assert not found.dropped


def test_sessions_of_a_course_are_paired_with_the_nearest():
    found = compare(BOTH, Plan((session(start=0), session(start=4))), Plan((session(start=3),)))
    assert [each.before.start for each in found.moved] == [4]
    assert [each.start for each in found.dropped] == [0]


def test_posts_won_and_lost_are_told_by_demand():
    found = compare(BOTH, Plan((session(),)), Plan((session(posts=(("autre", 2),)),)))
    assert {each.demand: (each.before, each.after) for each in found.changes} == {"besoin": (3, 0), "autre": (0, 2)}
    assert (found.gained(committed=True), found.gained(committed=False)) == (-3, 2)
