"""Pools: joined and left by firms, anonymous until both agree, decided at the deadline under the rule announced."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.models import CourseState, Mail, NeedPost, PoolState, PostState, SeatReservation
from campus.queries.pools import fellows_of, members_of, pool_of, pools_for, weight_of
from campus.queries.queue import work_queue
from campus.services import pool_sessions, pools
from campus.services.need_lives import WithdrawalReason, withdraw_need
from campus.services.pools import PoolPlan
from campus.services.seats import SessionIsClosed
from campus.services.session_lives import open_session


@pytest.fixture
def staff(make):
    return make.staff()


@pytest.fixture
def firms(make):
    return [make.employer() for _each in range(3)]


@pytest.fixture
def needs(make, firms):
    return [make.need(make.organisation_of(each), each, posts=4) for each in firms]


def plan(**given):
    today = clock.today()
    values = {
        "minimum": 6,
        "seats_max": 10,
        "deadline": today + timedelta(days=20),
        "starts_on": today + timedelta(days=40),
        "ends_on": today + timedelta(days=50),
        "cost": Decimal(9000),
    }
    return PoolPlan(**{**values, **given})


@pytest.fixture
def pool(make, staff, needs):
    return pools.compose(staff, make.course(), plan(), needs=needs)


def place(pool, firm):
    return members_of(firm, pool)[0]


def mails(kind):
    return db.session.scalars(select(Mail).where(Mail.kind == kind)).all()


def test_each_need_is_invited_and_its_firm_is_told(pool, needs):
    assert {each.need for each in pool.members} == set(needs)
    assert len(mails("pool_invited")) == 3
    assert pools_for(needs[0]) == [pool]


def test_the_minimum_is_reached_and_lost_again(pool, firms):
    pools.join(firms[0], place(pool, firms[0]), 4)
    pools.join(firms[1], place(pool, firms[1]), 2)
    assert (pool.state, len(mails("pool_reached"))) == (PoolState.REACHED, 3)
    pools.leave(firms[1], place(pool, firms[1]))
    assert (pool.state, weight_of(pool).missing) == (PoolState.OPEN, 2)


def test_the_cost_of_a_seat_is_shared_by_the_posts_that_joined(pool, firms):
    assert weight_of(pool).cost_per_seat is None
    pools.join(firms[0], place(pool, firms[0]), 4)
    assert weight_of(pool).cost_per_seat == Decimal("2250.00")
    pools.join(firms[1], place(pool, firms[1]), 3)
    assert weight_of(pool).cost_per_seat == Decimal("1285.72")
    assert len(mails("pool_changed")) == 0


@pytest.mark.parametrize("posts", [0, 5])
def test_a_firm_joins_with_its_own_posts_only(pool, firms, posts):
    with pytest.raises(pools.NeedCannotJoin):
        pools.join(firms[0], place(pool, firms[0]), posts)


def test_a_post_that_has_a_seat_already_joins_no_pool(pool, firms, needs):
    taken = db.session.scalars(select(NeedPost).where(NeedPost.need_id == needs[0].id)).first()
    taken.state = PostState.RESERVED
    db.session.flush()
    with pytest.raises(pools.NeedCannotJoin) as refused:
        pools.join(firms[0], place(pool, firms[0]), 4)
    assert refused.value.values == {"posts": 3}
    assert pools.join(firms[0], place(pool, firms[0]), 3).posts == 3


def test_a_pool_never_holds_more_posts_than_seats(make, staff, firms, needs):
    pool = pools.compose(staff, make.course(), plan(seats_max=6), needs=needs)
    pools.join(firms[0], place(pool, firms[0]), 4)
    with pytest.raises(pools.PoolIsFull):
        pools.join(firms[1], place(pool, firms[1]), 3)


def test_nobody_answers_for_another_firm(pool, firms):
    with pytest.raises(pools.NotYourPlace):
        pools.join(firms[1], place(pool, firms[0]), 1)


def test_a_firm_that_was_not_invited_finds_no_pool(make, pool):
    assert pool_of(make.employer(), pool.id) is None


@pytest.mark.parametrize(("first", "second"), [(False, False), (True, False), (False, True), (True, True)])
def test_names_and_posts_are_read_only_once_both_agreed(pool, firms, first, second):
    for firm, agreed in zip(firms, (first, second), strict=False):
        pools.join(firm, place(pool, firm), 2)
        pools.agree_to_be_named(firm, place(pool, firm), agreed=agreed)
    other = fellows_of(pool, members_of(firms[0], pool))[0]
    both = first and second
    assert (other.name, other.posts) == ((place(pool, firms[1]).organisation.name, 2) if both else ("", None))


def test_a_need_that_ends_leaves_its_pools(pool, firms, needs):
    pools.join(firms[0], place(pool, firms[0]), 4)
    withdraw_need(firms[0], needs[0], WithdrawalReason.CANCELLED)
    assert weight_of(pool).posts == 0


def test_a_pool_that_reached_its_minimum_opens_a_session_with_each_firms_seats(pool, firms, stop_clock):
    for firm in firms[:2]:
        pools.join(firm, place(pool, firm), 3)
    stop_clock(clock.now() + timedelta(days=21))
    assert pool_sessions.decide_due(clock.today()) == 1
    session = pool.course_session
    assert (pool.state, session.starts_on, session.seats_taken) == (PoolState.PLANNED, pool.starts_on, 6)
    reserved = db.session.scalars(select(SeatReservation)).all()
    assert {(each.organisation_id, each.seats) for each in reserved} == {
        (place(pool, firm).organisation_id, 3) for firm in firms[:2]
    }
    assert len(mails("pool_planned")) == 3


def test_a_firm_whose_seats_could_not_be_reserved_is_told_so_and_waits_for_staff_until_its_seats_are(
    pool, firms, staff, stop_clock
):
    for firm in firms[:2]:
        pools.join(firm, place(pool, firm), 3)
    pool.course.state = CourseState.DRAFT
    stop_clock(clock.now() + timedelta(days=21))
    pool_sessions.decide_due(clock.today())
    told = {each.recipient: each.text for each in mails("pool_planned")}
    refused = "Vos places n’ont pas pu être réservées\xa0: la formation n’est pas publiée"
    assert [(refused in told[firm.email], "Vos places sont réservées" in told[firm.email]) for firm in firms] == [
        (True, False),
        (True, False),
        (False, False),
    ]
    (to_author,) = mails("pool_decided")
    assert to_author.recipient == staff.email
    waiting = [place(pool, firm) for firm in firms[:2]]
    assert all(each.organisation.name in to_author.text for each in waiting)
    assert {each.subject for each in work_queue() if each.kind == "unreserved"} == set(waiting)
    with pytest.raises(SessionIsClosed):
        pool_sessions.reserve_again(staff, waiting[0])
    pool.course.state = CourseState.PUBLISHED
    open_session(staff, pool.course_session)
    pool_sessions.reserve_again(staff, waiting[0])
    pool_sessions.note_seen_to(staff, waiting[1])
    assert [each for each in work_queue() if each.kind == "unreserved"] == []
    assert pool.course_session.seats_taken == 3
    with pytest.raises(pool_sessions.SeatsAreSettled):
        pool_sessions.reserve_again(staff, waiting[0])


def test_a_pool_with_too_few_is_put_off_once_then_closed_and_all_are_told(pool, stop_clock):
    first, begins = pool.deadline, pool.starts_on
    stop_clock(clock.now() + timedelta(days=21))
    pool_sessions.decide_due(clock.today())
    assert (pool.deadline - first, pool.starts_on - begins) == (timedelta(days=30), timedelta(days=30))
    stop_clock(clock.now() + timedelta(days=31))
    pool_sessions.decide_due(clock.today())
    assert (pool.state, pool.reason) == (PoolState.CLOSED, pool_sessions.TOO_FEW)
    assert (len(mails("pool_put_off")), len(mails("pool_closed"))) == (3, 3)
    heard = [(each.recipient, each.subject.split("\xa0:")[0]) for each in mails("pool_decided")]
    said = ("il est reporté", "il se ferme")
    assert heard == [(pool.author.email, f"Groupement décidé, {each}") for each in said]
    assert pool_sessions.decide_due(clock.today()) == 0


def test_a_pool_is_put_off_once_only(pool, staff):
    pools.put_off(staff, pool)
    with pytest.raises(pools.PutOffAlready):
        pools.put_off(staff, pool)


def test_the_deadline_is_recalled_once(pool, stop_clock):
    stop_clock(clock.now() + timedelta(days=12))
    assert [pools.remind_due(clock.today()), pools.remind_due(clock.today())] == [3, 0]


@pytest.mark.parametrize(
    "wrong", [{"minimum": 11}, {"deadline": clock.today()}, {"starts_on": clock.today() + timedelta(days=27)}]
)
def test_a_plan_that_cannot_be_is_refused(make, staff, wrong):
    with pytest.raises(pools.PoolPlanIsWrong):
        pools.compose(staff, make.course(), plan(**wrong), needs=[])
