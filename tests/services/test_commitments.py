"""The ladder of commitment: lines with their evidence, never changed, told again for any past day."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from campus import clock, db
from campus.models import Commitment, NeedPost, NeedState
from campus.queries.commitments import ladder_of, line_of, posts_by_step, record_of, sums_at
from campus.services import commitments, ledger, need_lives, needs
from campus.services.commitments import Agreement, AgreementKind, Heard
from campus.services.need_lives import WithdrawalReason


@pytest.fixture
def firm(make):
    return make.employer()


@pytest.fixture
def need(make, firm):
    """A need of three posts that was read and published."""
    made = make.need(make.organisation_of(firm), firm, posts=3, state=NeedState.IN_MODERATION)
    return needs.publish_need(make.staff(), made)


def signed(posts=2, **given):
    values = {"kind": AgreementKind.POEI, "reference": "POEI 28-12", "posts": posts, "signed_on": clock.today()}
    return Agreement(**{**values, **given})


def reached(need):
    return {step: posts for step, posts in ladder_of(need).reached.items() if posts}


def test_a_published_need_is_declared_by_its_author(need, firm):
    line = ladder_of(need).standing["declared"]
    assert (line.actor, line.posts, line.evidence) == (firm, 3, {"reference": need.reference})


def test_answering_the_renewal_confirms_the_need(need, firm):
    need_lives.renew_need(firm, need)
    assert reached(need) == {"declared": 3, "confirmed": 3}


def test_an_agreement_commits_its_posts_and_confirms_them(need, firm):
    commitments.engage(firm, need, signed(2))
    assert reached(need) == {"declared": 3, "confirmed": 2, "letter": 2, "contract": 2}


@pytest.mark.parametrize(
    ("agreement", "refusal"),
    [
        ({"posts": 4}, commitments.TooManyPosts),
        ({"signed_on": clock.today() + timedelta(days=2)}, commitments.DayIsAhead),
    ],
)
def test_an_agreement_that_cannot_be_is_refused(need, firm, agreement, refusal):
    with pytest.raises(refusal):
        commitments.engage(firm, need, signed(**agreement))


def test_nobody_of_another_firm_commits_a_need(make, need):
    with pytest.raises(commitments.NotYourFirm):
        commitments.engage(make.employer(), need, signed())


def test_hires_follow_from_the_coverage_ledger(make, need, firm):
    post = db.session.scalars(select(NeedPost).where(NeedPost.need_id == need.id)).first()
    ledger.say_hired(firm, post, None, hired=True)
    assert reached(need) == {"declared": 3, "confirmed": 1, "letter": 1, "contract": 1, "seats": 1, "hire": 1}


def test_a_commitment_taken_back_says_why_and_counts_no_more(need, firm):
    line = commitments.engage(firm, need, signed())
    with pytest.raises(commitments.WithdrawalNeedsReason):
        commitments.take_back(firm, need, line, reason=" ")
    commitments.take_back(firm, need, line, reason="Le marché est perdu.")
    assert reached(need) == {"declared": 3}
    assert line_of(need, line.id) is None


def test_the_declaration_goes_only_with_the_need(need, firm):
    with pytest.raises(commitments.CommitmentStands):
        commitments.take_back(firm, need, ladder_of(need).standing["declared"], reason="Non.")


def test_a_withdrawn_need_takes_its_ladder_along_and_brings_it_back(need, firm):
    commitments.engage(firm, need, signed())
    before = reached(need)
    need_lives.withdraw_need(firm, need, WithdrawalReason.CANCELLED)
    assert reached(need) == {}
    need_lives.restore_need(firm, need)
    assert reached(need) == before


def test_fewer_posts_leave_fewer_behind_each_step(make, need, firm):
    commitments.engage(firm, need, signed(3))
    need.posts = 2
    commitments.declare_again(firm, need)
    assert reached(need)["contract"] == 2


def test_a_past_day_is_told_as_it_stood(need, firm, stop_clock):
    told, start = {}, clock.now()
    steps = (
        lambda: need_lives.renew_need(firm, need),
        lambda: commitments.engage(firm, need, signed()),
        lambda: need_lives.withdraw_need(firm, need, WithdrawalReason.CANCELLED),
    )
    for hour, step in enumerate(steps, start=1):
        stop_clock(start + timedelta(hours=hour))
        step()
        told[clock.now()] = sums_at()
    stop_clock(start + timedelta(days=300))
    assert {at: sums_at(at) for at in told} == told
    assert posts_by_step(start + timedelta(hours=2))[need.id]["contract"] == 2


def test_the_record_of_a_firm_says_what_became_of_its_posts(make, need, firm):
    line = commitments.engage(firm, need, signed(2))
    post = db.session.scalars(select(NeedPost).where(NeedPost.need_id == need.id)).first()
    ledger.say_hired(firm, post, None, hired=True)
    commitments.take_back(firm, need, line, reason="Le marché est perdu.")
    contract = record_of(need.organisation_id)[-1]
    assert (contract.needs, contract.posts, contract.hired, contract.standing, contract.withdrawn) == (1, 2, 1, 0, 1)


def test_a_signal_is_heard_by_somebody_and_makes_no_need(make):
    staff, site = make.staff(), make.organisation()
    signal = commitments.note_signal(staff, site, Heard("Deux lignes de plus en mai.", 6, clock.today()))
    assert (signal.actor, signal.need_id, sums_at()["declared"]) == (staff, None, 0)


@pytest.mark.parametrize("attack", ["UPDATE commitments SET posts = 9", "DELETE FROM commitments"])
def test_the_database_refuses_to_change_or_delete_a_line(need, attack):
    with pytest.raises(DBAPIError, match="never changed or deleted"), db.session.begin_nested():
        db.session.execute(text(attack))
    assert db.session.scalars(select(Commitment.posts)).all() == [3]
