"""An admission round from its preparation to its chains, on real databases."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.models import AuditEvent, CourseSession, Criterion, Enrolment, EnrolmentState, Mail, RoundEntry, RoundState
from campus.planning.rounds import Chains, Round, admit
from campus.queries.rounds import entry_of, sessions_of, taking_part
from campus.services import enrolments, offers, round_wishes, rounds
from tests import make as builders

START = datetime(2027, 1, 4, 9, tzinfo=clock.PARIS)
S = EnrolmentState


@pytest.fixture(autouse=True)
def monday(stop_clock):
    stop_clock(START)


def details(**given):
    today = clock.today()
    days = {"opens_on": today, "closes_on": today + timedelta(days=7), "decides_on": today + timedelta(days=10)}
    return rounds.RoundDetails(**{"name": "Rentrée", **days, **given})


def prepared(seats=(1, 1), **given):
    """Prepare a round of sessions with so many seats."""
    dates = {"starts_on": clock.today() + timedelta(days=90), "seats_min": 1}
    sessions = [builders.course_session(seats_max=count, **dates) for count in seats]
    staff = builders.staff()
    return rounds.create_round(staff, details(**given), [each.id for each in sessions]), sessions, staff


def opened(seats=(1, 1), **given):
    made, sessions, staff = prepared(seats, **given)
    return rounds.open_round(staff, made), sessions, staff


def announced(within, staff):
    clock.freeze(START + timedelta(days=10))
    rounds.close_round(staff, within)
    rounds.decide(staff, within)
    return rounds.announce(staff, within)


def wishes(within, *wanted):
    """Let people wish, each a list of sessions; give the people."""
    people = [builders.trainee() for _each in wanted]
    for person, sessions in zip(people, wanted, strict=True):
        round_wishes.rank_wishes(person, within, [each.id for each in sessions])
    return people


def place_of(person):
    found = db.session.scalars(
        select(Enrolment).where(Enrolment.account_id == person.id).order_by(Enrolment.created_at.desc())
    ).first()
    return (found.course_session, found.state) if found else None


def mails_to(person):
    return sorted(db.session.scalars(select(Mail.kind).where(Mail.recipient == person.email)))


def test_each_gets_the_best_wish_that_their_rank_allows_and_is_asked_until_a_deadline(make):
    within, (a, b), staff = opened()
    people = wishes(within, [a, b], [a, b], [a])
    announced(within, staff)
    got = [place_of(each) for each in people]
    assert [each for each in got if each] == [(each[0], S.OFFERED) for each in got if each]
    assert {each[0].id for each in got if each} == {a.id, b.id}
    assert all(each.seats_taken == each.seats_max == 1 for each in (a, b))


def test_who_gets_nothing_is_told_the_last_rank_and_their_own(make):
    within, (a, _b), staff = opened()
    people = wishes(within, [a], [a])
    announced(within, staff)
    (out,) = [each for each in people if place_of(each) is None]
    assert mails_to(out) == ["round_entered", "round_unmet"]
    text = db.session.scalars(select(Mail.text).where(Mail.kind == "round_unmet")).one()
    assert "dernier rang admis 1, votre rang 2" in text.replace("\u00a0", " ")


def test_the_first_criterion_goes_before_the_lottery(make):
    within, (a, _b), staff = opened(criteria=(Criterion.NO_SEAT_YET,))
    been, new = wishes(within, [a], [a])
    make.enrolment(make.course_session(), been, state=S.COMPLETED)
    announced(within, staff)
    assert (place_of(new), entry_of(been, within).met) == ((a, S.OFFERED), None)


def test_deciding_twice_changes_nothing(make):
    within, (a, b), staff = opened()
    people = wishes(within, [a, b], [b, a], [a])
    announced(within, staff)
    before = [place_of(each) for each in people]
    assert rounds.announce(staff, rounds.decide(staff, within)).state is RoundState.ANNOUNCED
    assert [place_of(each) for each in people] == before


def test_a_seat_given_up_goes_down_its_chain_and_nobody_gets_worse(make):
    within, (a, b), staff = opened()
    people = wishes(within, [a, b], [a, b], [b])
    announced(within, staff)
    first = next(each for each in people if (place_of(each) or [None])[0] is a)
    second = next(each for each in people[:2] if each is not first)
    before = place_of(second)
    offers.decline(first, db.session.scalars(select(Enrolment).where(Enrolment.account_id == first.id)).one())
    if before is not None:
        assert "enrolment_improved" in mails_to(second)
    assert place_of(second) == (a, S.OFFERED)
    assert [each.seats_taken for each in (a, b)] == [1, 1]


def test_who_has_confirmed_keeps_the_seat(make):
    within, (a, b), staff = opened()
    people = wishes(within, [a, b], [a, b])
    announced(within, staff)
    first, second = sorted(people, key=lambda each: place_of(each)[0] is not a)
    offers.accept(second, entry_of(second, within).enrolment)
    round_wishes.leave(first, within)
    assert place_of(second) == (b, S.CONFIRMED)
    assert (a.seats_taken, place_of(first)[1]) == (0, S.WITHDRAWN)


def test_an_offer_that_runs_out_goes_down_the_chain_too(make):
    within, (a, _b), staff = opened()
    people = wishes(within, [a], [a])
    announced(within, staff)
    clock.freeze(clock.now() + timedelta(days=6))
    offers.expire_offers(clock.now())
    assert sorted(place_of(each)[1] for each in people) == [S.EXPIRED, S.OFFERED]


def test_a_session_in_a_round_takes_no_direct_application(make):
    _within, (a, _b), _staff = prepared()
    with pytest.raises(enrolments.SessionIsInRound):
        enrolments.apply(make.trainee(), a)


def test_after_the_round_its_sessions_take_applications_again(make):
    within, (a, _b), staff = opened()
    announced(within, staff)
    rounds.finish_round(staff, within)
    assert enrolments.apply(make.trainee(), a).state is S.APPLIED


def test_a_session_where_people_wait_does_not_come_into_a_round(make):
    full = make.course_session(seats_min=1, seats_max=1)
    make.enrolment(full, make.account())
    enrolments.apply(make.trainee(), full)
    with pytest.raises(rounds.SessionNotForRound):
        rounds.create_round(make.staff(), details(), [full.id, make.course_session().id])


@pytest.mark.parametrize("wanted", [0, 2, 7])
def test_one_ranks_one_to_six_different_sessions_of_the_round(make, wanted):
    within, sessions, _staff = opened((1,) * 7)
    ids = [sessions[0].id] * 2 if wanted == 2 else [each.id for each in sessions[:wanted]]
    with pytest.raises(round_wishes.BadWishes):
        round_wishes.rank_wishes(make.trainee(), within, ids)


def test_wishes_are_taken_until_the_closing_day_and_the_round_closes_after_it(make):
    within, (a, _b), staff = opened()
    clock.freeze(START + timedelta(days=7))
    wishes(within, [a])
    with pytest.raises(rounds.StillOpen):
        rounds.close_round(staff, within)
    clock.freeze(START + timedelta(days=8))
    with pytest.raises(round_wishes.RoundIsNotOpen):
        round_wishes.rank_wishes(make.trainee(), within, [a.id])


def test_wishes_that_are_changed_take_the_place_of_the_first_ones(make):
    within, (a, b), _staff = opened()
    (person,) = wishes(within, [a, b])
    round_wishes.rank_wishes(person, within, [b.id])
    assert [each.course_session_id for each in entry_of(person, within).wishes] == [b.id]
    assert mails_to(person) == ["round_entered"]


def test_a_cancelled_round_tells_everybody_why(make):
    within, (a, _b), staff = opened()
    (person,) = wishes(within, [a])
    rounds.cancel_round(staff, within, "Atelier fermé.")
    assert "Atelier fermé." in db.session.scalars(select(Mail.text).where(Mail.kind == "round_cancelled")).one()
    assert enrolments.apply(person, a).state is S.APPLIED


def test_the_seed_is_announced_before_by_its_digest_and_shown_after(make):
    within, _sessions, staff = opened()
    announced(within, staff)
    told = db.session.scalars(select(AuditEvent).where(AuditEvent.action == "round.announced")).one()
    assert told.details["seed"] == within.seed
    assert within.seed not in str(
        [each.details for each in db.session.scalars(select(AuditEvent).where(AuditEvent.action == "round.opened"))]
    )


@pytest.mark.parametrize("seed", range(3))
def test_chains_end_where_the_pure_rule_says(make, seed):
    draw = random.Random(seed)  # noqa: S311 (wishes of invented people)
    within, sessions, staff = opened(tuple(draw.randint(1, 2) for _each in range(4)))
    people = wishes(within, *[draw.sample(sessions, draw.randint(1, 4)) for _each in range(9)])
    announced(within, staff)
    inside, entries = sessions_of(within), {each.account_id: each for each in taking_part(within)}
    number = {each.course_session_id: place for place, each in enumerate(inside)}
    mine = [entries[each.id].wishes for each in people]
    asked = Round(
        [[number[each.course_session_id] for each in wanted] for wanted in mine],
        [[each.rank for each in wanted] for wanted in mine],
        [each.course_session.seats_max for each in inside],
    )
    chains = Chains(asked, admit(asked))
    for gone in draw.sample(range(len(people)), 5):
        chains.withdraw(gone)
        round_wishes.leave(people[gone], within)
        expected = [asked.wishes[p][place] if place >= 0 else None for p, place in enumerate(chains.met)]
        assert db_places(people, number) == expected


def db_places(people, number):
    active = {
        row.account_id: number[row.course_session_id]
        for row in db.session.scalars(select(Enrolment).where(Enrolment.state == S.OFFERED))
    }
    return [active.get(each.id) for each in people]


def test_nobody_holds_two_places_of_a_round(make):
    within, sessions, staff = opened((1, 2, 1))
    people = wishes(within, *[sessions] * 5)
    announced(within, staff)
    held = [each.account_id for each in db.session.scalars(select(Enrolment))]
    assert len(held) == len(set(held)) == 4
    assert sum(each.seats_taken for each in db.session.scalars(select(CourseSession))) == 4
    assert db.session.query(RoundEntry).count() == len(people)


def test_the_clock_closes_a_round_the_day_after_its_last_and_tells_the_team_once(make):
    within, (first, second), staff = opened()
    wishes(within, [first, second])
    assert rounds.close_due(within.closes_on) == 0
    later = within.closes_on + timedelta(days=1)
    clock.freeze(START + timedelta(days=8))
    assert [rounds.close_due(later), rounds.close_due(later)] == [1, 0]
    assert within.state is RoundState.CLOSED
    assert mails_to(staff) == ["round_closed"]
