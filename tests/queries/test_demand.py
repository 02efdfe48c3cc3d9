"""Demand adds posts up beside the seats planned, and every figure opens its rows."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campus.models import CourseSessionState, Importance, NeedState
from campus.planning.quarters import LATER, UNDATED, Quarter, quarters
from campus.queries.demand import By, demand, labels_of
from campus.queries.demand_behind import Behind, posts_behind, sessions_behind

TODAY = date(2027, 2, 10)
NOW, NEXT = Quarter(2027, 1), Quarter(2027, 2)
days = st.dates(date(2026, 1, 1), date(2029, 1, 1))


def rows(by=By.SKILL, **given):
    return {(row.key, row.level): row for row in demand(by, today=TODAY, **given)}


def test_posts_are_summed_by_skill_level_and_quarter(make):
    skill = make.skill()
    for posts in (2, 3):
        make.need(skills=[(skill, 3, Importance.ESSENTIAL)], posts=posts, earliest=None, latest=date(2027, 5, 1))
    assert rows()[skill.id, 3].posts[NEXT] == 5


def test_a_need_that_is_not_published_counts_for_nothing(make):
    make.need(state=NeedState.IN_MODERATION)
    assert rows() == {}


def test_seats_count_for_the_level_they_reach_and_those_below(make):
    skill = make.skill()
    for level in (2, 4):
        make.need(skills=[(skill, level, Importance.ESSENTIAL)], latest=date(2027, 5, 1), earliest=None)
    make.course_session(make.course([(skill, 0, 3)]), starts_on=date(2027, 4, 1), seats_max=12)
    assert [rows()[skill.id, level].seats[NEXT] for level in (2, 4)] == [12, 0]


def test_seats_of_a_cancelled_session_do_not_count(make):
    skill = make.skill()
    make.need(skills=[skill])
    make.course_session(make.course([skill]), state=CourseSessionState.CANCELLED)
    assert rows()[skill.id, 3].total_seats == 0


def test_the_past_counts_with_the_current_quarter_and_no_date_stands_apart(make):
    skill = make.skill()
    for latest in (date(2026, 11, 1), date(2031, 1, 1), None):
        make.need(skills=[skill], posts=1, earliest=None, latest=latest)
    posts = rows()[skill.id, 3].posts
    assert {column: posts[column] for column in (NOW, LATER, UNDATED)} == {NOW: 1, LATER: 1, UNDATED: 1}


def test_the_largest_gap_comes_first(make):
    small, large = make.skill("a"), make.skill("b")
    make.need(skills=[small], posts=1)
    make.need(skills=[large], posts=9)
    assert [row.key for row in demand(By.SKILL, today=TODAY)] == [large.id, small.id]


def test_by_occupation_a_need_counts_once(make):
    trade = make.occupation()
    make.need(occupation=trade, posts=4)
    assert rows(By.OCCUPATION)[trade.id, 0].total_posts == 4


def test_a_figure_of_few_firms_is_small(make):
    trade, site = make.occupation(), make.organisation()
    make.need(site, occupation=trade, posts=40, earliest=None, latest=date(2027, 5, 1))
    assert rows(By.OCCUPATION)[trade.id, 0].small(NEXT)


def test_a_figure_of_enough_posts_and_firms_is_not_small(make):
    trade = make.occupation()
    for _ in range(3):
        make.need(occupation=trade, posts=2, earliest=None, latest=date(2027, 5, 1))
    assert not rows(By.OCCUPATION)[trade.id, 0].small(NEXT)


def test_an_area_is_named_as_people_write_it(make):
    make.commune(area_code="2408", area_name="NOGENT LE ROTROU")
    assert labels_of(By.AREA, ["2408", "0000"]) == {"2408": "Nogent le Rotrou", "0000": "0000"}


KEYS = {
    By.SKILL: lambda skill, trade: (skill.id, 3),
    By.OCCUPATION: lambda skill, trade: (trade.id, 0),
    By.FAMILY: lambda skill, trade: (trade.parent_code, 0),
    By.AREA: lambda skill, trade: ("2405", 0),
}


@pytest.mark.parametrize("by", list(By))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dates=st.lists(st.tuples(st.none() | days, st.integers(1, 5)), min_size=1, max_size=5), ends=st.lists(days))
def test_each_figure_equals_the_rows_that_it_opens(make, by, dates, ends):
    skill, trade, place = make.skill(), make.occupation(), make.commune(area_code="2405")
    for latest, posts in dates:
        make.need(skills=[skill], occupation=trade, posts=posts, earliest=None, latest=latest, commune=place)
    course = make.course([skill], occupations=[trade])
    for start in ends:
        make.course_session(course, starts_on=start, commune=place)
    key, level = KEYS[by](skill, trade)
    row = rows(by)[key, level]
    for column in quarters(TODAY):
        behind = Behind(by, key, level or None, column.code)
        assert row.posts[column] == sum(posts["declared"] for posts in posts_behind(behind, today=TODAY).values())
        assert row.seats[column] == sum(sessions_behind(behind, today=TODAY).values())
