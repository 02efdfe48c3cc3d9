"""The coverage ledger: written at each step, never changed, told again for any past day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from campus import clock, db
from campus.lifecycles import Impossible
from campus.models import CoverageEvent, CoverageKind, CoverageSource, Mail, NeedPost, NeedState, PostState, Role
from campus.queries.coverage import coverage_of, coverage_of_need, covered_posts, events_of_post, figures_at
from campus.services import admissions, attending, ledger, need_lives, offers
from campus.services.enrolments import apply, withdraw
from campus.services.need_lives import WithdrawalReason

K = CoverageKind
MONDAY = datetime(2027, 3, 1, 10, tzinfo=UTC)


@pytest.fixture
def staff(make):
    return make.staff()


@pytest.fixture
def firm(make):
    return make.employer()


@pytest.fixture
def need(make, firm):
    return make.need(make.organisation_of(firm), firm, posts=1)


@pytest.fixture
def post(need):
    return db.session.scalars(select(NeedPost).where(NeedPost.need_id == need.id)).one()


@pytest.fixture
def tied(make, staff, post):
    """Somebody who applied and is expected on the post."""
    made = apply(make.trainee(), make.course_session())
    return admissions.tie_to_post(staff, made, post, reason="Attendue sur ce poste.")


def kinds(post):
    return [event.kind.value for event in events_of_post(post.id)]


def train(staff, enrolment):
    """Bring somebody from the application to the end of the course."""
    offers.accept(enrolment.account, admissions.admit(staff, enrolment))
    attending.note_present(staff, enrolment)
    return attending.complete(staff, enrolment)


def test_each_step_of_an_enrolment_is_a_line_of_its_post(staff, post, tied):
    train(staff, tied)
    assert kinds(post) == ["proposed", "enrolled", "started", "completed"]
    assert post.state is PostState.COMPLETED


def test_somebody_who_is_tied_to_no_post_writes_no_line(make, staff):
    train(staff, apply(make.trainee(), make.course_session()))
    assert not db.session.scalars(select(CoverageEvent)).all()


def test_who_leaves_is_lost_and_the_post_is_open_again(staff, post, tied):
    offers.accept(tied.account, admissions.admit(staff, tied))
    withdraw(tied.account, tied)
    assert kinds(post) == ["proposed", "enrolled", "lost", "reopened"]
    assert (post.state, events_of_post(post.id)[2].reason) == (PostState.OPEN, "withdrawn")


@pytest.mark.parametrize(
    "attack",
    [
        "UPDATE coverage_events SET reason = 'x'",
        "DELETE FROM coverage_events",
        "UPDATE coverage_events SET number = 9",
    ],
)
def test_the_database_refuses_to_change_or_delete_a_line(post, tied, attack):
    with pytest.raises(DBAPIError, match="never changed or deleted"), db.session.begin_nested():
        db.session.execute(text(attack))
    assert kinds(post) == ["proposed"]


def test_the_ledger_cannot_be_emptied_at_once(post, tied):
    if not db.is_sqlite():
        with pytest.raises(DBAPIError, match="never changed or deleted"), db.session.begin_nested():
            db.session.execute(text("TRUNCATE coverage_events"))
    assert kinds(post) == ["proposed"]


def test_replaying_to_a_past_day_gives_the_figures_of_that_day(staff, tied, stop_clock):
    published = {}
    steps = [
        lambda: offers.accept(tied.account, admissions.admit(staff, tied)),
        lambda: attending.note_present(staff, tied),
        lambda: attending.complete(staff, tied),
    ]
    start = clock.now()
    for day, step in enumerate(steps, start=1):
        stop_clock(start + timedelta(hours=day))
        step()
        published[clock.now()] = figures_at(clock.now())

    stop_clock(start + timedelta(days=300))
    assert [figures_at(day) for day in published] == list(published.values())
    assert [figures["completed"] for figures in published.values()] == [0, 0, 1]


def test_a_hire_that_both_tell_covers_the_need(firm, staff, need, post, tied):
    train(staff, tied)
    for person in (firm, tied.account):
        ledger.say_hired(person, post, tied, hired=True, contract="permanent")
    assert (post.state, need.state, coverage_of_need(need)) == (PostState.HIRED, NeedState.COVERED, "observed")


def test_the_same_answer_twice_is_one_line(firm, staff, post, tied):
    train(staff, tied)
    first = ledger.say_hired(firm, post, tied, hired=True)
    assert ledger.say_hired(firm, post, tied, hired=True) is first


def test_two_sources_that_disagree_are_both_shown_and_do_not_count(firm, staff, need, post, tied):
    train(staff, tied)
    ledger.say_hired(firm, post, tied, hired=True)
    ledger.say_hired(tied.account, post, tied, hired=False)

    (found,) = covered_posts(need)
    shown = [(event.source, event.kind) for event in found.events if str(event.id) in found.coverage.disputed]
    assert shown == [(CoverageSource.FIRM, K.HIRED), (CoverageSource.TRAINEE, K.LOST)]
    assert (post.state, need.state) == (PostState.COMPLETED, NeedState.PUBLISHED)


def test_a_need_that_was_covered_lives_again_when_the_hire_is_denied(firm, staff, need, post, tied):
    train(staff, tied)
    ledger.say_hired(firm, post, tied, hired=True)
    assert need.state is NeedState.COVERED
    ledger.say_hired(tied.account, post, tied, hired=False)
    assert need.state is NeedState.PUBLISHED


def test_a_firm_contests_a_line_with_a_reason_and_may_come_back_on_it(firm, staff, post, tied):
    train(staff, tied)
    line = events_of_post(post.id)[-1]
    with pytest.raises(ledger.LineNeedsReason):
        ledger.contest(firm, line, " ")
    ledger.contest(firm, line, "Elle n'a pas fini.")
    assert post.state is PostState.STARTED
    ledger.confirm(firm, line)
    assert (post.state, kinds(post)[-2:]) == (PostState.COMPLETED, ["contested", "confirmed"])


def test_six_months_are_told_only_of_somebody_and_by_somebody_who_may(staff, post, tied, make):
    with pytest.raises(Impossible):
        ledger.append(make.account(Role.OBSERVER), post.id, K.STAYED, enrolment=tied)


def test_a_step_is_not_taken_back_by_an_earlier_one(staff, post, tied):
    train(staff, tied)
    with pytest.raises(Impossible):
        ledger.append(staff, post.id, K.ENROLLED, enrolment=tied)


def test_a_need_that_is_withdrawn_loses_its_posts_and_finds_them_again(firm, staff, need, post, tied):
    train(staff, tied)
    need_lives.withdraw_need(firm, need, WithdrawalReason.CANCELLED)
    assert (post.state, events_of_post(post.id)[-1].reason) == (PostState.LOST, "cancelled")
    need_lives.restore_need(firm, need)
    assert post.state is PostState.COMPLETED


def test_the_state_kept_beside_a_post_is_the_one_that_its_lines_tell(firm, staff, post, tied):
    train(staff, tied)
    ledger.append(firm, post.id, K.PRESENTED, enrolment=tied)
    ledger.say_hired(firm, post, None, hired=True)
    assert post.state.value == coverage_of(events_of_post(post.id)).state == "hired"


def test_when_a_post_is_filled_its_other_candidates_are_told_and_keep_their_seat(make, staff, firm, post, tied):
    other = apply(make.trainee(), make.course_session())
    admissions.tie_to_post(staff, other, post, reason="Attendu aussi.")
    train(staff, tied)
    ledger.say_hired(firm, post, tied, hired=True)
    known = coverage_of(events_of_post(post.id))
    assert (known.state, known.candidates) == ("hired", {str(tied.id): "hired", str(other.id): ledger.LOST})
    assert (other.state.value, other.need_post_id) == ("applied", None)
    assert db.session.scalars(select(Mail.recipient).where(Mail.kind == "enrolment_obsolete")).all() == [
        other.account.email
    ]


def test_a_trainee_who_says_hired_takes_the_post_from_nobody(make, staff, post, tied):
    other = apply(make.trainee(), make.course_session())
    admissions.tie_to_post(staff, other, post, reason="Attendu aussi.")
    train(staff, tied)
    ledger.say_hired(tied.account, post, tied, hired=True)
    assert other.need_post_id == post.id


def test_what_the_campus_writes_to_a_person_stays_out_of_the_ledger(staff, post, tied):
    admissions.refuse(staff, tied, "Son état de santé ne le permet pas.")
    lost = next(each for each in events_of_post(post.id) if each.kind is K.LOST)
    assert (lost.reason, tied.reason) == ("refused", "Son état de santé ne le permet pas.")
