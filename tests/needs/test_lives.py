"""How needs are moderated, end and come back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from campus import clock
from campus.models import Importance, Mail, Need, NeedPost, NeedState, PostState
from campus.queries.needs import duplicates_of, history_of, need_of, needs_of
from campus.services import need_lives, needs
from campus.services.need_lives import WithdrawalReason
from campus.services.need_states import NeedHasMovedOn
from campus.services.needs import AskedSkill, NeedDetails


@pytest.fixture
def site(make):
    return make.organisation()


@pytest.fixture
def firm(make, site):
    return make.employer(site)


def details(make, site, **given):
    skills = tuple(AskedSkill(make.skill().id, 3) for _ in range(3))
    return NeedDetails(**{"organisation_id": site.id, "title": "Soudeuse", "posts": 2, "skills": skills, **given})


def kinds(db):
    return [mail.kind for mail in db.session.scalars(select(Mail).order_by(Mail.created_at, Mail.id))]


def test_references_follow_each_other(make, site, firm):
    first = needs.post_need(firm, details(make, site)).reference
    second = needs.post_need(firm, details(make, site)).reference
    assert first.startswith(f"{clock.today().year}-")
    assert int(second[-4:]) == int(first[-4:]) + 1


def test_a_posted_need_has_its_posts_and_its_history(make, db, site, firm):
    need = needs.post_need(firm, details(make, site, posts=3))
    assert len(db.session.scalars(select(NeedPost).where(NeedPost.need_id == need.id)).all()) == 3
    assert [event.action for event in history_of(need)] == ["post"]


def test_a_need_without_an_essential_skill_is_refused(make, site, firm):
    skills = tuple(AskedSkill(make.skill().id, 3, Importance.DESIRED) for _ in range(3))
    with pytest.raises(needs.NeedIsIncomplete):
        needs.post_need(firm, details(make, site, skills=skills))


def test_a_need_for_another_firm_is_refused(make, firm):
    with pytest.raises(needs.AccessIsPending):
        needs.post_need(firm, details(make, make.organisation()))


def test_a_published_need_lives_ninety_days_and_its_firm_is_told(make, db, site, firm):
    need = needs.post_need(firm, details(make, site))
    needs.publish_need(make.staff(), need)
    assert need.state is NeedState.PUBLISHED
    assert need.expires_at - clock.now() > timedelta(days=89)
    assert kinds(db) == ["need_published"]


def test_a_question_sends_the_need_back_and_its_answer_brings_it_again(make, db, site, firm):
    need = needs.post_need(firm, details(make, site))
    needs.ask_precision(make.staff(), need, "Quel niveau en soudage ?")
    assert (need.state, need.reason) == (NeedState.TO_CLARIFY, "Quel niveau en soudage ?")
    needs.revise_need(firm, need, details(make, site, title="Soudeuse TIG"))
    assert need.state is NeedState.IN_MODERATION
    assert kinds(db) == ["need_to_clarify"]


def test_a_refusal_needs_a_reason(make, site, firm):
    need = needs.post_need(firm, details(make, site))
    with pytest.raises(needs.ReasonIsMissing):
        needs.refuse_need(make.staff(), need, "  ")


def test_a_refused_need_is_not_published(make, site, firm):
    need = needs.refuse_need(make.staff(), needs.post_need(firm, details(make, site)), "Hors du territoire")
    with pytest.raises(NeedHasMovedOn):
        needs.publish_need(make.staff(), need)


def test_a_revision_keeps_a_need_published_and_tells_what_changed(make, site, firm):
    need = make.need(site, firm)
    needs.revise_need(firm, need, details(make, site, posts=5))
    assert (need.state, need.posts) == (NeedState.PUBLISHED, 5)
    assert history_of(need)[-1].details["changed"]["posts"] == [2, 5]


def test_a_covered_post_cannot_be_taken_away(make, db, site, firm):
    need = make.need(site, firm, posts=3)
    db.session.scalars(
        select(NeedPost).where(NeedPost.need_id == need.id, NeedPost.number == 3)
    ).one().state = PostState.HIRED
    with pytest.raises(needs.PostsAreTaken):
        needs.revise_need(firm, need, details(make, site, posts=1))


def test_a_withdrawal_is_undone_within_ten_minutes(make, site, firm, stop_clock):
    need = make.need(site, firm)
    start = clock.now()
    need_lives.withdraw_need(firm, need, WithdrawalReason.FILLED)
    stop_clock(start + timedelta(minutes=9))
    assert need_lives.restore_need(firm, need).state is NeedState.PUBLISHED


def test_a_withdrawal_is_not_undone_later(make, site, firm, stop_clock):
    need = make.need(site, firm)
    need_lives.withdraw_need(firm, need, WithdrawalReason.OTHER, comment="Projet arrêté")
    stop_clock(clock.now() + timedelta(minutes=11))
    with pytest.raises(need_lives.TooLateToUndo):
        need_lives.restore_need(firm, need)


def test_a_need_is_asked_about_twice_then_expires(make, db, site, firm):
    need, now = make.need(site, firm), clock.now()
    ends = need.expires_at
    for instant in (now, ends - timedelta(days=6), ends - timedelta(days=6), ends - timedelta(hours=5), ends):
        need_lives.expire_needs(instant)
        need_lives.ask_renewals(instant)
    assert kinds(db) == ["need_expiring", "need_expiring", "need_expired"]
    assert need.state is NeedState.EXPIRED


def test_an_expired_need_is_renewed(make, site, firm):
    need = make.need(site, firm, state=NeedState.EXPIRED, expires_at=clock.now() - timedelta(days=1))
    need_lives.renew_need(firm, need)
    assert need.state is NeedState.PUBLISHED
    assert need.expires_at > clock.now() + timedelta(days=89)


def test_a_firm_sees_its_own_needs_only(make, site, firm):
    mine, theirs = make.need(site, firm), make.need()
    assert [each.id for each in needs_of(firm)] == [mine.id]
    assert need_of(firm, theirs.id) is None


def test_the_staff_see_every_need(make):
    assert need_of(make.staff(), make.need().id) is not None


def test_an_open_need_of_the_same_site_trade_and_window_is_a_duplicate(make, site, firm):
    trade = make.occupation()
    window = {"earliest": clock.today(), "latest": clock.today() + timedelta(days=30)}
    twin = make.need(site, firm, occupation=trade, **window)
    make.need(site, firm, occupation=trade, earliest=clock.today() + timedelta(days=60))
    assert [each.id for each in duplicates_of(site.id, trade.id, **window)] == [twin.id]


def test_every_state_can_be_left_only_as_the_table_says(make, site, firm):
    staff = make.staff()
    for state in NeedState:
        need = make.need(site, firm, state=state)
        if state in {NeedState.IN_MODERATION, NeedState.TO_CLARIFY}:
            assert needs.publish_need(staff, need).state is NeedState.PUBLISHED
        else:
            with pytest.raises(NeedHasMovedOn):
                needs.publish_need(staff, need)


def test_a_refused_change_leaves_no_trace(make, db, site, firm):
    need = make.need(site, firm, state=NeedState.REFUSED)
    with pytest.raises(NeedHasMovedOn):
        needs.publish_need(make.staff(), need)
    db.session.rollback()
    assert db.session.get(Need, need.id).state is NeedState.REFUSED
