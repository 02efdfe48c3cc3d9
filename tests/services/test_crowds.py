"""Crowds at once, on both databases: people who leave while others come, and half-days booked from all sides."""

from __future__ import annotations

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from campus import clock
from campus import db as campus_db
from campus.errors import Refused
from campus.models import HOLDS_SEAT, WAITING, Account, CourseSession, Enrolment, Room, Slot
from campus.queries.live_index import get_ready
from campus.services.enrolments import apply, withdraw
from campus.services.slots import SlotPlan, plan_slots
from tests import make

HANDS, SEATS = 8, 20
CROWDS = [
    pytest.param((1, 24), id="24-and-24"),
    pytest.param((10, 200), id="200-and-200-ten-times", marks=[pytest.mark.long, pytest.mark.timeout(3600)]),
]
BOOKINGS = 1000
MONDAY = date(2027, 5, 3)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def real_db(request, databases, tmp_path):
    """A database of its own, in which everything is really committed."""
    with databases.copy(request.param, tmp_path / "crowds.sqlite"):
        get_ready()
        yield


def at_once(act, wanted):
    """Let many hands do these things at once; give how many were done and how many refused."""

    def one(each):
        try:
            with campus_db.transaction() as db:
                act(db, each)
        except Refused:
            return "refused"
        finally:
            campus_db.session.remove()
        return "done"

    with ThreadPoolExecutor(HANDS) as pool:
        return Counter(pool.map(one, wanted))


def come_or_leave(db, wish):
    verb, key, session_id = wish
    if verb == "come":
        apply(db.get_one(Account, key), db.get_one(CourseSession, session_id))
    else:
        found = db.get_one(Enrolment, key)
        withdraw(found.account, found)


def crowd(session, count):
    """Seat a crowd, the rest of it waiting, and say who is about to leave and who to come."""
    there = [apply(make.trainee(), session).id for _ in range(count)]
    campus_db.session.commit()
    coming = [make.trainee().id for _ in range(count)]
    return [("leave", each, session.id) for each in there] + [("come", each, session.id) for each in coming]


@pytest.mark.parametrize("size", CROWDS)
def test_people_who_leave_while_others_come_leave_no_seat_empty_and_none_twice(real_db, size):
    rounds, count = size
    for number in range(rounds):
        session = make.course_session(seats_min=1, seats_max=SEATS, starts_on=clock.today() + timedelta(days=60))
        wishes = crowd(session, count)
        random.Random(number).shuffle(wishes)  # noqa: S311 (a draw that can be had again)
        assert at_once(come_or_leave, wishes) == {"done": 2 * count}
        campus_db.session.remove()
        rows = campus_db.session.scalars(select(Enrolment).where(Enrolment.course_session_id == session.id)).all()
        held, waits = (sum(each.state in states for each in rows) for states in (HOLDS_SEAT, WAITING))
        assert (held, waits) == (min(SEATS, count), max(0, count - SEATS))
        assert campus_db.session.get_one(CourseSession, session.id).seats_taken == held
        ranks = [each.rank for each in rows if each.rank is not None]
        assert sorted(ranks) == list(range(1, len(ranks) + 1))


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_room_booked_from_all_sides_is_never_in_two_places(real_db):
    staff, rooms = make.staff().id, [make.room(capacity=40).id for _ in range(3)]
    days = [MONDAY + timedelta(days=7 * week) for week in range(BOOKINGS // 100)]
    sessions = [make.course_session(starts_on=MONDAY, ends_on=days[-1]).id for _ in range(8)]
    draw = random.Random(7)  # noqa: S311 (a draw that can be had again)

    def book(db, drawn):
        session, room, day = drawn
        plan = SlotPlan(day, day, room=db.get_one(Room, room))
        plan_slots(db.get_one(Account, staff), db.get_one(CourseSession, session), plan)

    drawn = [(draw.choice(sessions), draw.choice(rooms), draw.choice(days)) for _ in range(BOOKINGS)]
    said = at_once(book, drawn)
    assert sum(said.values()) == BOOKINGS
    assert said["done"] > 0 < said["refused"]
    slots = campus_db.session.scalars(select(Slot)).all()
    assert len({(each.room_id, each.day, each.half) for each in slots}) == len(slots) == 2 * said["done"]
