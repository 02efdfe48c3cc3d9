"""Seats offered until a deadline: accepted, declined, run out, and always passed on."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from campus import clock, db
from campus.lifecycles import Impossible
from campus.models import AuditEvent, EnrolmentState, Mail, OneTimeLink, Priority
from campus.queries.enrolments import position_of
from campus.queries.offers import exceptions_to_the_rule, last_list
from campus.services import admissions, attending, offers, seats
from campus.services.course_sessions import SeatsBelowTaken, details_of, move_session
from campus.services.enrolments import apply, withdraw
from campus.services.steps import EnrolmentIsOver, ReasonIsMissing

S = EnrolmentState
MONDAY = datetime(2027, 3, 1, 10, 0, tzinfo=clock.PARIS)


@pytest.fixture
def monday(stop_clock):
    stop_clock(MONDAY)
    return stop_clock


@pytest.fixture
def staff(make):
    return make.staff()


def one_seat(make, **given):
    return make.course_session(seats_min=1, seats_max=1, **given)


def line(make, course_session, count):
    return [apply(make.trainee(), course_session) for _ in range(count)]


def mails_of(enrolment):
    query = select(Mail.kind).where(Mail.recipient == enrolment.account.email).order_by(Mail.id)
    return [kind.removeprefix("enrolment_") for kind in db.session.scalars(query)]


def offered(make, staff, course_session):
    return admissions.admit(staff, apply(make.trainee(), course_session))


def changed(course_session, **changes):
    return type(details_of(course_session))(**{**vars(details_of(course_session)), **changes})


def test_an_offer_carries_its_deadline_and_a_link_that_lives_as_long(make, monday, staff):
    made = offered(make, staff, one_seat(make))

    link = db.session.scalars(select(OneTimeLink)).one()
    text = db.session.scalars(select(Mail).where(Mail.kind == "enrolment_offered")).one().text

    assert made.offer_until == link.expires_at == MONDAY + timedelta(hours=48)
    assert "mercredi 3 mars 2027 à 10" in text
    assert "/place/" in text


def test_whoever_accepts_has_the_seat_and_accepting_twice_is_once(make, monday, staff):
    made = offered(make, staff, one_seat(make))

    for _twice in range(2):
        offers.accept(made.account, made)

    assert (made.state, made.course_session.seats_taken) == (S.CONFIRMED, 1)
    assert mails_of(made) == ["received", "offered", "confirmed"]


def test_a_declined_seat_is_offered_at_once_to_the_next(make, monday, staff):
    course_session = one_seat(make)
    made, (waiting,) = offered(make, staff, course_session), line(make, course_session, 1)

    offers.decline(made.account, made)

    assert (made.state, waiting.state, course_session.seats_taken) == (S.DECLINED, S.OFFERED, 1)


def test_an_offer_that_nobody_answers_runs_out_and_goes_on_down_the_list(make, monday, staff):
    course_session = one_seat(make)
    made, (first, second) = offered(make, staff, course_session), line(make, course_session, 2)

    monday(MONDAY + timedelta(hours=48))
    assert offers.expire_offers(clock.now()) == 0
    monday(MONDAY + timedelta(hours=48, seconds=1))
    assert offers.expire_offers(clock.now()) == 1

    assert (made.state, first.state, second.state) == (S.EXPIRED, S.OFFERED, S.WAITLISTED)
    assert (mails_of(made)[-1], mails_of(first)) == ("expired", ["waitlisted", "offered"])


def test_an_offer_cannot_be_accepted_after_its_time(make, monday, staff):
    made = offered(make, staff, one_seat(make))
    monday(MONDAY + timedelta(days=3))

    with pytest.raises(offers.OfferIsOver):
        offers.accept(made.account, made)


def test_the_next_act_on_a_session_lets_its_late_offers_run_out_even_if_the_clock_was_down(make, monday, staff):
    course_session = one_seat(make, starts_on=MONDAY.date() + timedelta(days=60))
    made, (waiting,) = offered(make, staff, course_session), line(make, course_session, 1)
    monday(MONDAY + timedelta(days=9))

    newcomer = apply(make.trainee(), course_session)

    assert (made.state, waiting.state, newcomer.rank) == (S.EXPIRED, S.OFFERED, 2)


def test_a_reminder_goes_out_once_at_half_time(make, monday, staff):
    made = offered(make, staff, one_seat(make))
    reminded = []
    for hours in (23, 24, 30):
        monday(MONDAY + timedelta(hours=hours))
        reminded.append(offers.remind_offers(clock.now()))

    assert reminded == [0, 1, 0]
    assert mails_of(made) == ["received", "offered", "reminded"]


def test_a_seat_freed_on_the_eve_is_offered_to_nobody_who_could_not_answer(make, monday, staff):
    course_session = one_seat(make, starts_on=MONDAY.date() + timedelta(days=1))
    holder, waiting = line(make, course_session, 2)
    monday(MONDAY.replace(hour=20))

    withdraw(holder.account, holder)

    assert (waiting.state, course_session.seats_taken) == (S.WAITLISTED, 0)


def test_the_link_of_the_mail_accepts_and_a_second_click_changes_nothing(make, monday, staff):
    made = offered(make, staff, one_seat(make))
    link = db.session.scalars(select(OneTimeLink)).one()

    offers.accept_by_link(link, made)
    offers.accept_by_link(link, made)

    assert made.state == S.CONFIRMED


def test_positioning_holds_the_seat_until_the_campus_answers(make, monday, staff):
    made = admissions.ask_positioning(staff, apply(make.trainee(), one_seat(make)))
    assert (made.state, made.course_session.seats_taken) == (S.POSITIONING, 1)
    assert admissions.admit(staff, made).state == S.OFFERED


def test_the_course_itself_from_the_call_to_the_end(make, monday, staff):
    made = offers.accept(staff, offered(make, staff, one_seat(make)))
    attending.call_up(staff, made)
    attending.note_present(staff, made)
    attending.complete(staff, made, wholly=False)
    assert (made.state, made.course_session.seats_taken) == (S.COMPLETED_PART, 1)


def test_dropping_out_has_its_reason(make, monday, staff):
    made = attending.note_present(staff, offers.accept(staff, offered(make, staff, one_seat(make))))
    with pytest.raises(ReasonIsMissing):
        attending.drop_out(staff, made, " ")
    assert attending.drop_out(staff, made, "Emploi trouvé.").state == S.DROPPED_OUT


def test_a_person_does_not_write_down_that_they_came(make, monday, staff):
    made = offers.accept(staff, offered(make, staff, one_seat(make)))
    with pytest.raises(Impossible):
        attending.note_present(made.account, made)


def test_what_is_over_does_not_begin_again(make, monday, staff):
    made = offers.decline(staff, offered(make, staff, one_seat(make)))
    with pytest.raises(EnrolmentIsOver):
        offers.accept(made.account, made)


def test_interest_without_dates_is_ranked_and_asked_in_order_when_they_are_set(make, monday, staff):
    course_session = one_seat(make, starts_on=MONDAY.date() + timedelta(days=60))
    course_session.starts_on = course_session.ends_on = None
    first, second = line(make, course_session, 2)
    assert [(each.state, each.rank) for each in (first, second)] == [(S.INTERESTED, 1), (S.INTERESTED, 2)]

    starts_on = MONDAY.date() + timedelta(days=30)
    move_session(staff, course_session, changed(course_session, starts_on=starts_on), version=course_session.version)

    assert (first.state, second.state, position_of(second)) == (S.OFFERED, S.WAITLISTED, 1)
    assert mails_of(second) == ["interested", "waitlisted"]


def test_fewer_seats_than_people_is_refused_with_their_names(make, monday, staff):
    course_session = make.course_session(seats_min=1, seats_max=2)
    line(make, course_session, 2)

    with pytest.raises(SeatsBelowTaken) as refused:
        move_session(staff, course_session, changed(course_session, seats_max=1), version=course_session.version)

    assert refused.value.values["people"].count("Personne") == 2


def test_more_seats_are_offered_at_once(make, monday, staff):
    course_session = one_seat(make)
    _holder, first, second = line(make, course_session, 3)

    move_session(staff, course_session, changed(course_session, seats_max=2), version=course_session.version)

    assert (first.state, second.state) == (S.OFFERED, S.WAITLISTED)


def test_somebody_expected_on_a_committed_post_goes_first_and_it_is_signed(make, monday, staff):
    course_session = one_seat(make)
    holder, first, second = line(make, course_session, 3)
    post = db.session.scalars(select(make.NeedPost).where(make.NeedPost.need_id == make.need().id)).first()

    admissions.tie_to_post(staff, second, post, reason="Attendue chez un façonnier.")

    (exception,) = exceptions_to_the_rule(course_session)
    assert (position_of(second), position_of(first), second.priority) == (1, 2, Priority.COMMITTED_POST)
    assert (exception.actor_id, exception.details["reason"]) == (staff.id, "Attendue chez un façonnier.")
    withdraw(holder.account, holder)
    assert (second.state, first.state) == (S.OFFERED, S.WAITLISTED)


def test_nobody_passes_without_a_reason(make, monday, staff):
    _holder, waiting = line(make, one_seat(make), 2)
    with pytest.raises(ReasonIsMissing):
        admissions.let_first(staff, waiting, reason=" ")
    assert not db.session.scalars(select(AuditEvent).where(AuditEvent.action == "rank_exception")).all()


def test_last_years_list_is_counted(make, monday):
    course_session = make.course_session()
    past = make.course_session(course_session.course, starts_on=MONDAY.date() - timedelta(days=300))
    for rank, state in enumerate((S.COMPLETED, S.DROPPED_OUT, S.EXPIRED, S.WAITLISTED), start=1):
        make.enrolment(past, make.trainee(), state=state, rank=rank)

    found = last_list(course_session, 2026)

    assert (found.waited, found.got_in) == (4, 2)
    assert last_list(course_session, 2025) is None


def test_a_refused_guard_leaves_the_seats_as_they_were(make, monday, staff):
    course_session = one_seat(make)
    made = offered(make, staff, course_session)
    monday(MONDAY + timedelta(days=3))
    with pytest.raises(offers.OfferIsOver):
        offers.accept(made.account, made)
    assert seats.lock(course_session.id).seats_taken == 1
