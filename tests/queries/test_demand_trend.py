"""The trend: quarter after quarter, each point equal to the rows that it opens."""

from datetime import UTC, date, datetime

import pytest

from campus.models import CourseSessionState, NeedState
from campus.planning.quarters import Quarter
from campus.queries.demand import By
from campus.queries.demand_behind import Behind
from campus.queries.demand_trend import trend, trend_needs, trend_quarters, trend_sessions

TODAY = date(2027, 2, 10)
PAST, NEXT = Quarter(2026, 3), Quarter(2027, 2)
ALL = slice(0, 50)


@pytest.fixture
def trade(make):
    """A trade with needs and sessions a while ago and soon, and another's beside."""
    made = make.occupation("Conducteur / Conductrice de ligne")
    for state, day, posts in (
        (NeedState.COVERED, date(2026, 8, 1), 3),
        (NeedState.EXPIRED, date(2026, 9, 30), 2),
        (NeedState.WITHDRAWN, date(2026, 9, 1), 50),
        (NeedState.PUBLISHED, date(2027, 5, 1), 4),
        (NeedState.PUBLISHED, date(2029, 1, 1), 60),
    ):
        make.need(occupation=made, state=state, earliest=None, latest=day, posts=posts)
    course = make.course(occupations=[made])
    make.course_session(course, starts_on=date(2026, 7, 1), state=CourseSessionState.CLOSED)
    make.course_session(course, starts_on=date(2026, 7, 1), state=CourseSessionState.CANCELLED)
    make.need(occupation=make.occupation(), earliest=None, latest=date(2026, 8, 1), posts=7)
    return made


def test_past_quarters_count_what_was_filled_and_what_expired_but_not_what_was_withdrawn(trade):
    found = {point.quarter: (point.posts, point.seats) for point in trend(Behind(By.OCCUPATION, trade.id), today=TODAY)}
    assert list(found) == list(trend_quarters(TODAY))
    assert (found[PAST], found[NEXT]) == ((5, 12), (4, 0))
    everything = {point.quarter: point.posts for point in trend(Behind(By.SKILL, 0), today=TODAY)}
    assert everything[PAST] == 12


def test_each_point_equals_the_rows_that_it_opens(trade):
    figure = Behind(By.FAMILY, trade.parent_code)
    for point in trend(figure, today=TODAY):
        needs, asked = trend_needs(figure, point.quarter, page=ALL)
        sessions, planned = trend_sessions(figure, point.quarter, page=ALL)
        assert (sum(each.posts for each in needs), sum(each.seats_max for each in sessions)) == point[1:]
        assert (len(needs), len(sessions)) == (asked, planned)


def test_the_chart_says_the_same_as_its_table_and_opens_its_rows(make, sign_in, stop_clock, trade):
    stop_clock(datetime(2027, 2, 10, 9, tzinfo=UTC))
    as_staff = sign_in(make.staff())
    page = as_staff.get(f"/campus/demande/evolution/?par=metier&cle={trade.id}").text
    assert page.count('class="trend__posts"') == 8
    assert ">T3 2026<" in page.replace("\u00a0", " ")
    rows = as_staff.get(f"/campus/demande/evolution/lignes?par=metier&cle={trade.id}&trimestre=2026-T3").text
    assert "2 besoins" in rows.replace("\u00a0", " ")
    assert as_staff.get("/campus/demande/evolution/lignes?trimestre=hier").status_code == 404
    lines = as_staff.get("/campus/demande/evolution/export.csv").text.splitlines()
    assert len(lines) == 9
