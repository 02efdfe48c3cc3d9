"""A firm's objection to a course holds until what was objected to has changed."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.matching.explanation import CODES
from campus.matching.objections import CHANGED, FACT, Objection, facts_of, still_holds
from tests.matching.samples import CHARTRES, DREUX, TODAY, codes, course, essential, judge, need, only_match, session
from tests.matching.test_properties import catalogues, fast, needs

ASKED = need(essential("a", 2), essential("b", 2), essential("c", 2), occupation_id="H2303", parent_occupation="H2301")
REASONS = [*CHANGED, "other"]


def facts(offered, asked=ASKED):
    return facts_of(asked, offered, only_match(asked, offered), today=TODAY)


def ranked(best, other, reason, then):
    """Rank two courses, the first of which was objected to when it was `then`."""
    return judge(ASKED, best, other, objections={"best": Objection(reason, facts(then))}).matches


FULL = (("a", 0, 2), ("b", 0, 2), ("c", 0, 2))
BEST, OTHER = course("best", *FULL, hours=70), course("other", ("a", 0, 2))
FAR, LATE = session(point=DREUX), session(days_before=2)
CASES = {
    "too_far": replace(BEST, sessions=(FAR,)),
    "too_long": replace(BEST, hours=140),
    "too_late": replace(BEST, sessions=(LATE,)),
    "other_trade": BEST,
    "level_too_low": replace(BEST, outcomes=course("best", ("a", 0, 2), ("b", 0, 2), ("c", 0, 1)).outcomes),
    "level_too_high": replace(BEST, outcomes=course("best", ("a", 0, 4), ("b", 0, 2), ("c", 0, 2)).outcomes),
}
MENDED = {"other_trade": replace(BEST, occupation_ids=frozenset({"H2303"}))}


@pytest.mark.parametrize("reason", REASONS)
def test_an_objection_holds_while_nothing_changes_and_ranks_the_course_last(reason):
    last = ranked(BEST, OTHER, reason, BEST)[-1]
    assert (last.course_id, last.rejected, last.reasons[0].code) == ("best", True, "feedback.rejected")


@pytest.mark.parametrize("reason", CASES)
def test_an_objection_whose_cause_has_gone_ranks_the_course_as_before_and_says_so(reason):
    first = ranked(MENDED.get(reason, BEST), OTHER, reason, CASES[reason])[0]
    assert (first.course_id, first.rejected, first.reasons[0].code) == ("best", False, "feedback.outdated")


def test_a_little_nearer_is_still_too_far():
    nearly = replace(BEST, sessions=(session(point=(DREUX[0] - 0.03, DREUX[1])),))
    assert ranked(nearly, OTHER, "too_far", CASES["too_far"])[-1].rejected


def test_a_latest_date_put_off_answers_too_late():
    later = replace(ASKED, latest=ASKED.latest.replace(month=ASKED.latest.month + 1))
    assert not still_holds("too_late", facts(BEST), facts(BEST, later))


def test_a_session_one_can_no_longer_register_for_is_no_nearer_session():
    gone = replace(BEST, sessions=(FAR, session(2, point=CHARTRES, open=False)))
    assert ranked(gone, OTHER, "too_far", CASES["too_far"])[-1].rejected


@pytest.mark.parametrize("reason", REASONS)
def test_an_objection_without_facts_holds(reason):
    assert still_holds(reason, {}, facts(BEST))


def test_an_objection_ranks_nothing_else_differently():
    both = judge(ASKED, BEST, OTHER, objections={"absent": Objection("other")})
    assert both == judge(ASKED, BEST, OTHER)


@fast
@given(needs, catalogues, st.sampled_from(REASONS))
def test_what_an_objection_gives_is_of_the_table_and_travels_as_json(asked, catalogue, reason):
    plain = judge(asked, *catalogue).matches
    by_id = {one.id: one for one in catalogue}
    objections = {
        one.course_id: Objection(
            reason, json.loads(json.dumps(facts_of(asked, by_id[one.course_id], one, today=TODAY)))
        )
        for one in plain
    }
    for match in judge(asked, *catalogue, objections=objections).matches:
        first = match.reasons[0]
        assert match.rejected
        assert set(first.values) == set(CODES[first.code].carries)
    assert set(FACT) == set(CHANGED)
    assert "feedback.rejected" not in {code for match in plain for code in codes(match)}
