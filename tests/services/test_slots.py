"""Half-days: planned from dates, and neither a room nor a trainer in two places, whoever comes at the same time."""

import threading
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from campus import db as campus_db
from campus.errors import Refused
from campus.models import Account, CourseSession, Half, Room, Unavailability
from campus.opening_hours import is_holiday
from campus.queries.slots import slots_of
from campus.services.slots import (
    NothingToPlan,
    RoomIsTooSmall,
    SlotPlan,
    SlotsClash,
    cancel_slots,
    plan_slots,
)
from tests import make as builders

MONDAY = date(2027, 5, 3)
FRIDAY = date(2027, 5, 14)


@pytest.fixture
def session(make):
    """A session over two weeks of May, with the Ascension in them."""
    return make.course_session(starts_on=MONDAY, ends_on=FRIDAY)


@pytest.fixture
def staff(make):
    return make.staff()


@given(st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.integers(0, 40), st.sets(st.sampled_from(Half)))
def test_a_plan_has_no_weekend_no_holiday_and_nothing_outside_its_days(first, days, halves):
    last = date.fromordinal(first.toordinal() + days)
    found = SlotPlan(first, last, frozenset(halves)).half_days()
    assert all(first <= day <= last and day.weekday() < 5 and not is_holiday(day) for day, _half in found)
    assert len(found) == len(set(found))
    assert {half for _day, half in found} <= halves


def test_two_weeks_with_a_holiday_are_eighteen_half_days(session, staff):
    assert len(plan_slots(staff, session, SlotPlan(MONDAY, FRIDAY))) == 18


def test_a_plan_made_twice_adds_nothing(session, staff):
    plan_slots(staff, session, SlotPlan(MONDAY, FRIDAY))
    with pytest.raises(NothingToPlan):
        plan_slots(staff, session, SlotPlan(MONDAY, FRIDAY))


@pytest.mark.parametrize("what", ["room", "trainer"])
def test_a_room_or_a_trainer_taken_is_refused_and_another_named(make, session, staff, what):
    taken, free = (make.room(), make.room()) if what == "room" else (make.trainer(), make.trainer())
    other = make.course_session(starts_on=MONDAY, ends_on=FRIDAY)
    make.slot(other, day=date(2027, 5, 4), **{what: taken})
    with pytest.raises(SlotsClash) as refusal:
        plan_slots(staff, session, SlotPlan(MONDAY, FRIDAY, **{what: taken}))
    assert [(each.day, each.half) for each in refusal.value.clashes] == [(date(2027, 5, 4), Half.MORNING)]
    offered = refusal.value.rooms if what == "room" else refusal.value.trainers
    assert free in offered
    assert taken not in offered


def test_a_room_that_is_closed_is_refused_with_the_reason(make, session, staff):
    room = make.room()
    make.save(Unavailability(room=room, starts_on=MONDAY, ends_on=MONDAY, reason="Travaux"))
    with pytest.raises(SlotsClash) as refusal:
        plan_slots(staff, session, SlotPlan(MONDAY, FRIDAY, room=room))
    assert [each.reason for each in refusal.value.clashes] == ["Travaux"]


def test_a_room_smaller_than_the_session_is_refused(make, session, staff):
    with pytest.raises(RoomIsTooSmall):
        plan_slots(staff, session, SlotPlan(MONDAY, FRIDAY, room=make.room(capacity=3)))


def test_a_cancelled_half_day_frees_its_room(make, session, staff):
    room = make.room()
    other = make.course_session(starts_on=MONDAY, ends_on=FRIDAY)
    kept = make.slot(other, room=room)
    cancel_slots(staff, other, [kept])
    assert plan_slots(staff, session, SlotPlan(MONDAY, MONDAY, room=room))


@pytest.mark.parametrize("what", ["room", "trainer"])
def test_the_database_itself_refuses_two_places_at_once(make, what):
    one = make.room() if what == "room" else make.trainer()
    first, second = (make.course_session(starts_on=MONDAY) for _ in range(2))
    make.slot(first, **{what: one})
    with pytest.raises(IntegrityError):
        make.slot(second, **{what: one})


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def real_db(request, databases, tmp_path):
    """A database of its own, in which everything is really committed."""
    with databases.copy(request.param, tmp_path / "races.sqlite"):
        yield


@pytest.mark.parametrize("what", ["room", "trainer"])
def test_of_two_who_take_a_room_or_a_trainer_at_once_one_is_refused(real_db, what):
    one = (builders.room() if what == "room" else builders.trainer()).id
    staff = builders.staff().id
    sessions = [builders.course_session(starts_on=MONDAY, ends_on=FRIDAY).id for _ in range(2)]
    start, said = threading.Barrier(2), []

    def plan(session_id):
        start.wait()
        try:
            with campus_db.transaction() as db:
                kind = Room if what == "room" else Account
                wanted = SlotPlan(MONDAY, FRIDAY, **{what: db.get(kind, one)})
                plan_slots(db.get(Account, staff), db.get(CourseSession, session_id), wanted)
            said.append("done")
        except Refused as refusal:
            said.append(type(refusal).__name__)

    threads = [threading.Thread(target=plan, args=(each,)) for each in sessions]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(said) == ["SlotsClash", "done"]
    assert sorted(len(slots_of(campus_db.session.get(CourseSession, each))) for each in sessions) == [0, 18]
