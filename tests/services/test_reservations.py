"""Seats that firms reserve: held at once, named later, given back in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.models import (
    Account,
    Enrolment,
    EnrolmentState,
    Mail,
    NeedPost,
    OrganisationState,
    PostState,
    ReservationState,
)
from campus.queries.coverage import events_of_post
from campus.services import offers
from campus.services.course_sessions import SeatsBelowTaken, details_of, move_session
from campus.services.enrolments import apply, withdraw
from campus.services.reservations import (
    AccessNotGranted,
    HasSeatAlready,
    NamingDateIsWrong,
    NamingIsOver,
    NotEnoughSeats,
    Wish,
    give_back,
    name_person,
    reserve,
    return_unused,
    warn_unused,
)

S = EnrolmentState
MONDAY = datetime(2027, 3, 1, 10, 0, tzinfo=clock.PARIS)


@pytest.fixture(autouse=True)
def monday(stop_clock):
    stop_clock(MONDAY)
    return stop_clock


@pytest.fixture
def firm(make):
    return make.employer()


@pytest.fixture
def course_session(make):
    return make.course_session(seats_min=1, seats_max=3)


@pytest.fixture
def kept(make, firm, course_session):
    """Two seats of three, to be named within five days."""
    return reserve(firm, make.organisation_of(firm), course_session, wish=wish())


def wish(seats=2, days=5, need=None):
    return Wish(seats, MONDAY.date() + timedelta(days=days), need)


def name(firm, kept, email="naima@exemple.fr"):
    return name_person(firm, kept, email=email, name="Naïma Lefèvre")


def test_reserved_seats_are_held_at_once(make, kept, course_session):
    others = [apply(make.trainee(), course_session) for _ in range(2)]
    assert course_session.seats_taken == 3
    assert [each.state for each in others] == [S.APPLIED, S.WAITLISTED]


def test_no_more_seats_are_reserved_than_are_free(make, firm, kept, course_session):
    with pytest.raises(NotEnoughSeats) as refused:
        reserve(firm, make.organisation_of(firm), course_session, wish=wish())
    assert refused.value.values["free"] == 1


def test_a_firm_does_not_pass_those_who_wait(make, firm, course_session):
    holders = [apply(make.trainee(), course_session) for _ in range(4)]
    course_session.seats_max = 9
    db.session.flush()
    assert holders[-1].state == S.WAITLISTED
    with pytest.raises(NotEnoughSeats):
        reserve(firm, make.organisation_of(firm), course_session, wish=wish(1))


def test_only_those_let_in_by_a_verified_site_reserve(make, firm, course_session):
    unverified = make.organisation(state=OrganisationState.TO_VERIFY)
    for site in (make.organisation(), unverified):
        with pytest.raises(AccessNotGranted):
            reserve(firm, site, course_session, wish=wish())


@pytest.mark.parametrize("days", [-1, 30])
def test_people_are_named_between_today_and_the_eve(make, firm, course_session, days):
    with pytest.raises(NamingDateIsWrong):
        reserve(firm, make.organisation_of(firm), course_session, wish=wish(days=days))


def test_a_person_named_is_offered_the_seat_and_needs_no_account(firm, kept, course_session):
    made = name(firm, kept)
    mail = db.session.scalars(select(Mail).where(Mail.recipient == "naima@exemple.fr")).one()
    assert (made.state, kept.unnamed, course_session.seats_taken) == (S.OFFERED, 1, 2)
    assert mail.kind == "enrolment_reserved"
    assert offers.accept(made.account, made).state == S.CONFIRMED


def test_the_last_name_uses_the_reservation_up(firm, kept):
    name(firm, kept)
    name(firm, kept, "bo@exemple.fr")
    assert kept.state is ReservationState.USED
    with pytest.raises(NamingIsOver):
        name(firm, kept, "cleo@exemple.fr")


def test_nobody_is_named_twice(firm, kept):
    name(firm, kept)
    with pytest.raises(HasSeatAlready):
        name(firm, kept)
    assert kept.unnamed == 1


def test_somebody_who_waits_may_be_named_and_keeps_one_application(make, firm, kept, course_session):
    apply(make.trainee(), course_session)
    waiting = apply(make.trainee(), course_session)
    assert name(firm, kept, waiting.account.email) is waiting
    assert (waiting.state, course_session.seats_taken) == (S.OFFERED, 3)


def test_a_named_person_who_leaves_in_time_gives_the_seat_back_to_the_firm(make, firm, kept, course_session):
    made = name(firm, kept)
    withdraw(made.account, made)
    assert (kept.unnamed, kept.state, course_session.seats_taken) == (2, ReservationState.OPEN, 2)


def test_after_the_naming_date_the_seat_goes_to_the_next(make, firm, kept, course_session, monday):
    made = name(firm, kept)
    offers.accept(made.account, made)
    apply(make.trainee(), course_session)
    waiting = apply(make.trainee(), course_session)
    monday(MONDAY + timedelta(days=6))
    return_unused(clock.today())
    assert waiting.state == S.OFFERED
    other = apply(make.trainee(), course_session)
    withdraw(made.account, made)
    assert (other.state, kept.unnamed) == (S.OFFERED, 0)


def name_of(person):
    return db.session.scalars(select(Enrolment).where(Enrolment.account_id == person.id)).one()


def test_seats_without_a_name_go_back_after_the_date_with_notice(make, firm, kept, course_session, monday):
    apply(make.trainee(), course_session)
    waiting = apply(make.trainee(), course_session)
    for days, returned in ((5, 0), (6, 1), (7, 0)):
        monday(MONDAY + timedelta(days=days))
        assert return_unused(clock.today()) == returned
    assert (waiting.state, kept.state, course_session.seats_taken) == (S.OFFERED, ReservationState.RETURNED, 2)
    kinds = list(db.session.scalars(select(Mail.kind).where(Mail.recipient == firm.email).order_by(Mail.id)))
    assert kinds == ["seats_reserved", "seats_returned"]


def test_giving_back_twice_frees_the_seats_once(firm, kept, course_session):
    give_back(firm, kept)
    give_back(firm, kept)
    assert course_session.seats_taken == 0


def test_seats_for_a_need_are_lines_of_its_posts(make, firm, course_session):
    site = make.organisation_of(firm)
    need = make.need(site, firm, posts=2)
    kept = reserve(firm, site, course_session, wish=wish(need=need))
    posts = list(db.session.scalars(select(NeedPost).where(NeedPost.need_id == need.id).order_by(NeedPost.number)))
    assert [post.state for post in posts] == [PostState.RESERVED] * 2

    made = name(firm, kept)
    offers.accept(made.account, made)
    give_back(firm, kept)

    assert made.need_post_id == posts[0].id
    assert [post.state for post in posts] == [PostState.ENROLLED, PostState.OPEN]
    assert [event.kind.value for event in events_of_post(posts[1].id)] == ["reserved", "lost", "reopened"]


def test_an_account_is_made_once_for_an_address(firm, kept):
    name(firm, kept)
    person = db.session.scalars(select(Account).where(Account.email == "naima@exemple.fr")).one()
    withdraw(person, name_of(person))
    name(firm, kept)
    assert len(db.session.scalars(select(Account).where(Account.email == "naima@exemple.fr")).all()) == 1


def mails_to(person, kind):
    query = select(Mail).where(Mail.recipient == person.email, Mail.kind == kind)
    return list(db.session.scalars(query.order_by(Mail.id)))


def test_the_firm_hears_that_the_person_it_named_does_not_come(firm, kept, monday):
    made = name(firm, kept)
    offers.decline(made.account, made)
    (told,) = mails_to(firm, "seat_freed")
    assert made.account.email in told.text
    assert "jusqu'au" in told.text.replace("\u2019", "'")
    again = name(firm, kept)
    offers.accept(again.account, again)
    monday(MONDAY + timedelta(days=6))
    withdraw(again.account, again)
    assert "revient aux personnes qui attendent" in mails_to(firm, "seat_freed")[-1].text


def test_the_firm_is_warned_once_three_days_before_its_seats_go_back(firm, kept, monday):
    for days, warned in ((0, 0), (1, 0), (2, 1), (3, 0), (6, 0)):
        monday(MONDAY + timedelta(days=days))
        assert warn_unused(clock.today()) == warned
    (told,) = mails_to(firm, "seats_unnamed")
    assert "2 places" in told.text


def test_fewer_seats_than_a_firm_reserved_is_refused_with_its_name(make, firm, kept, course_session):
    fewer = replace(details_of(course_session), seats_max=1)
    with pytest.raises(SeatsBelowTaken) as refused:
        move_session(make.staff(), course_session, fewer, version=course_session.version)
    assert refused.value.values["people"] == f"{make.organisation_of(firm).name} (2)"
