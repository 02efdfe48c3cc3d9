"""Deadlines fall while the campus is open, whatever the hour, the Sunday, the holiday or the change of clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.config import Settings
from campus.opening_hours import PARIS, BadOpeningHours, answer_by, easter, is_holiday, read_hours
from campus.web import make_app

HOURS = read_hours(Settings.opening_hours)
TWO_DAYS = timedelta(hours=48)
BEGINNING = datetime(2025, 1, 1, tzinfo=UTC)
instants = st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: BEGINNING + timedelta(minutes=minutes))


def paris(*when):
    return datetime(*when, tzinfo=PARIS)


def by(*when, **more):
    found = answer_by(paris(*when).astimezone(UTC), TWO_DAYS, HOURS, **more)
    return found.astimezone(PARIS) if found else None


def test_an_offer_of_monday_morning_runs_until_wednesday_morning():
    assert by(2027, 3, 1, 10, 15) == paris(2027, 3, 3, 10, 15)


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        ((2027, 3, 1, 12, 45), (2027, 3, 3, 17, 30)),  # the lunch break: until the evening
        ((2027, 3, 2, 22, 0), (2027, 3, 5, 12, 30)),  # late: the next morning
        ((2027, 3, 5, 10, 0), (2027, 3, 8, 12, 30)),  # Friday: two days on is Sunday
        ((2026, 12, 23, 10, 0), (2026, 12, 28, 12, 30)),  # Christmas is a Friday
        ((2027, 3, 27, 10, 0), (2027, 3, 30, 12, 30)),  # Easter Monday, and the clocks go forward
        ((2027, 5, 4, 15, 0), (2027, 5, 7, 12, 30)),  # Ascension Day
    ],
)
def test_a_deadline_that_would_fall_while_the_campus_is_closed_is_put_off(asked, until):
    assert by(*asked) == paris(*until)


def test_a_deadline_never_passes_the_first_day():
    assert by(2027, 3, 1, 10, 0, before=paris(2027, 3, 3)) == paris(2027, 3, 2, 17, 30)
    assert by(2027, 3, 1, 18, 0, before=paris(2027, 3, 2)) is None


def test_forty_eight_hours_are_hours_when_the_clocks_change():
    assert by(2027, 10, 29, 16, 0) == paris(2027, 11, 2, 12, 30)
    asked = paris(2026, 10, 24, 11, 30).astimezone(UTC)
    assert answer_by(asked, TWO_DAYS, read_hours("lun-dim 0:00-23:59")) == asked + TWO_DAYS


def test_the_site_does_not_start_with_hours_that_cannot_be_read():
    with pytest.raises(BadOpeningHours):
        make_app(Settings(database_url="sqlite://", secret_key="x" * 40, opening_hours="toujours"))


@given(instants)
def test_there_is_always_time_to_answer_and_the_campus_is_open_at_the_end(asked):
    until = answer_by(asked, TWO_DAYS, HOURS)
    assert HOURS.is_open(until)
    assert TWO_DAYS <= until - asked <= timedelta(days=7)


@given(instants, st.timedeltas(timedelta(minutes=1), timedelta(days=6)))
def test_a_deadline_before_an_instant_is_open_and_before_it(asked, ahead):
    until = answer_by(asked, TWO_DAYS, HOURS, before=asked + ahead)
    if until is not None:
        assert HOURS.is_open(until)
        assert asked < until < asked + ahead


@pytest.mark.parametrize(
    ("year", "day"), [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))]
)
def test_easter_is_known(year, day):
    assert easter(year) == date(year, *day)


def test_there_are_eleven_holidays_a_year_and_good_friday_is_none():
    days = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    assert sum(map(is_holiday, days)) == 11
    assert not is_holiday(date(2027, 3, 26))


@pytest.mark.parametrize(
    "wrong", ["", "lun", "mon-fri 9:00-12:00", "lun 9:00-25:00", "lun 12:00-9:00", "ven-lun 9:00-12:00"]
)
def test_hours_that_cannot_be_read_are_refused_with_an_example(wrong):
    with pytest.raises(BadOpeningHours, match=r"Écrivez par exemple : lun-ven 9:00-12:30"):
        read_hours(wrong)
