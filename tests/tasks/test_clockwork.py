"""The clock's work: once for each moment, whoever looks; what was missed is caught up once, in order."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from campus.config import ROOT
from campus.models import Job, Need, NeedState
from campus.opening_hours import PARIS, read_hours
from campus.schedules import MONDAY, SCHEDULES, At, Every
from campus.tasks import clockwork
from campus.tasks.kinds import KINDS

START = datetime(2027, 3, 1, 9, tzinfo=UTC)
HOURS = read_hours("lun-ven 9:00-12:30 13:30-17:30")
INSTANTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 (bounds)
RULES = st.builds(Every, st.sampled_from([5, 15])) | st.builds(
    At, st.times().filter(lambda hour: hour >= time(3, 1)), st.frozensets(st.integers(0, 6), min_size=1), st.booleans()
)


def names(db):
    return list(db.session.scalars(select(Job.kind).order_by(Job.due_at, Job.created_at, Job.id)))


def test_each_schedule_has_its_work():
    assert {schedule.name for schedule in SCHEDULES} <= KINDS.keys()
    assert len({schedule.name for schedule in SCHEDULES}) == len(SCHEDULES)


def test_each_schedule_is_described_for_whoever_runs_the_service():
    described = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
    assert [schedule.name for schedule in SCHEDULES if f"`{schedule.name}`" not in described] == []


@given(RULES, INSTANTS)
def test_the_last_moment_is_not_ahead_and_there_is_none_between(rule, now):
    last = rule.last(now, HOURS)
    if last is not None:
        assert last <= now
        assert rule.last(last, HOURS) == last


@pytest.mark.parametrize("day", ["2027-03-27", "2027-03-28", "2027-10-30", "2027-10-31"])
def test_an_hour_stays_the_same_on_the_wall_when_the_clocks_change(day):
    evening = datetime.fromisoformat(f"{day}T22:00:00+00:00")
    last = At(time(6, 30)).last(evening, HOURS)
    assert last.astimezone(PARIS).isoformat()[:16] == f"{day}T06:30"


def test_a_working_day_passes_over_sundays_and_holidays():
    easter_monday = datetime(2027, 3, 29, 12, tzinfo=UTC)
    assert At(time(9), when_open=True).last(easter_monday, HOURS) == datetime(2027, 3, 26, 8, tzinfo=UTC)
    assert At(time(9), frozenset({MONDAY})).last(easter_monday, HOURS) == datetime(2027, 3, 29, 7, tzinfo=UTC)


def test_the_first_look_only_notes_where_the_clock_stands(db, stop_clock):
    stop_clock(START)
    assert clockwork.tick() == 0


def test_a_moment_is_seen_to_once_however_often_one_looks(db, stop_clock):
    stop_clock(START)
    clockwork.tick()
    stop_clock(START + timedelta(minutes=5))
    often = [each.name for each in SCHEDULES if each.when == Every(5)]
    assert [clockwork.tick(), clockwork.tick()] == [len(often), 0]
    assert sorted(names(db)) == sorted(often)


def test_what_was_missed_is_caught_up_once_and_in_order(db, stop_clock):
    stop_clock(START)
    clockwork.tick()
    stop_clock(START + timedelta(days=9, hours=1))
    clockwork.tick()
    caught_up = names(db)
    assert len(caught_up) == len(set(caught_up))
    assert caught_up.index("needs.expire") < caught_up.index("needs.ask_renewals") < caught_up.index("offers.expire")


def test_what_is_too_late_to_matter_waits_for_the_next_time(db, stop_clock):
    stop_clock(START)
    clockwork.tick()
    stop_clock(START + timedelta(days=1, hours=12))
    clockwork.tick()
    assert "needs.expire" in names(db)
    assert "needs.forget_drafts" not in names(db)


def test_a_day_is_lived_again_at_its_own_hours(make, db):
    ends = datetime(2027, 3, 8, 3, tzinfo=UTC)
    need = make.need(expires_at=ends)
    ran = clockwork.replay(ends.date())
    assert (db.session.get_one(Need, need.id).state, ran.failed) == (NeedState.EXPIRED, 0)
    assert ran.done >= 3 * 24 + 4
