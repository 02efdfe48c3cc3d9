"""What firms are told and asked by the clock: new coverage once, hires and stays, nothing in August."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from campus.mail_rules import MailCategory, Rhythm
from campus.models import CoverageKind, Mail, NeedPost, NeedState, PostState
from campus.services import ledger, need_lives
from campus.services.digests import tell_new_coverage
from campus.services.firm_questions import ask_hires, ask_stays
from campus.services.matches import match_need
from campus.services.preferences import choose_rhythm

JANUARY = datetime(2027, 1, 4, 9, tzinfo=UTC)
MONDAY = datetime(2027, 3, 1, 9, tzinfo=UTC)
AUGUST = datetime(2027, 8, 2, 9, tzinfo=UTC)


@pytest.fixture
def subjects(db):
    """The subjects of the mails written."""
    return lambda: [mail.subject for mail in db.session.scalars(select(Mail).order_by(Mail.created_at, Mail.id))]


@pytest.fixture
def covered(make, stop_clock):
    """A need of last week, and a course of today that answers it."""
    stop_clock(MONDAY - timedelta(days=7))
    need = make.need(author=make.employer())
    stop_clock(MONDAY)
    make.course_session(make.course([each.skill for each in need.skills]))
    match_need(need)
    return need


def test_new_coverage_is_told_once_at_the_rhythm_that_one_chose(covered, subjects):
    written = [tell_new_coverage(MONDAY, rhythm) for rhythm in (Rhythm.DAILY, Rhythm.WEEKLY, Rhythm.WEEKLY)]
    assert written == [0, 1, 0]
    assert subjects() == ["1 nouvelle formation répond à vos besoins"]


@pytest.mark.parametrize(("rhythm", "written"), [(Rhythm.DAILY, 1), (Rhythm.NEVER, 0)])
def test_one_may_choose_another_rhythm_or_none(covered, rhythm, written):
    choose_rhythm(covered.author, MailCategory.COVERAGE, rhythm)
    assert [tell_new_coverage(MONDAY, each) for each in (Rhythm.WEEKLY, Rhythm.DAILY)] == [0, written]


def test_what_was_there_when_the_need_was_published_is_no_news(make, stop_clock):
    stop_clock(MONDAY - timedelta(days=7))
    need = make.need(author=make.employer())
    make.course_session(make.course([each.skill for each in need.skills]))
    stop_clock(MONDAY - timedelta(days=6))
    need.published_at = MONDAY - timedelta(days=6)
    match_need(need)
    assert tell_new_coverage(MONDAY, Rhythm.WEEKLY) == 0


def trained_need(make, latest):
    need = make.need(author=make.employer(), posts=1, earliest=latest - timedelta(days=60), latest=latest)
    make.db.session.execute(NeedPost.__table__.update().values(state=PostState.COMPLETED))
    return need


def test_a_firm_is_asked_twice_whether_it_hired(make, subjects, stop_clock):
    need = trained_need(make, date(2027, 3, 1))
    for days in (0, 1, 2, 15, 16, 17, 60):
        stop_clock(MONDAY + timedelta(days=days))
        ask_hires(MONDAY + timedelta(days=days))
    assert (
        subjects() == [f"Besoin {need.reference}\N{NO-BREAK SPACE}: avez-vous embauché\N{NARROW NO-BREAK SPACE}?"] * 2
    )


def test_a_firm_is_asked_once_whether_the_person_stayed(make, subjects, stop_clock, db):
    stop_clock(JANUARY)
    need = make.need(author=make.employer(), posts=1)
    post = db.session.scalars(select(NeedPost).where(NeedPost.need_id == need.id)).one()
    ledger.append(make.staff(), post.id, CoverageKind.HIRED)
    for days in (179, 181, 182):
        ask_stays(JANUARY + timedelta(days=days))
    assert subjects() == [
        f"Besoin {need.reference}\N{NO-BREAK SPACE}: toujours en poste six mois après\N{NARROW NO-BREAK SPACE}?"
    ]


def test_firms_are_left_in_peace_in_august(make, subjects, stop_clock):
    stop_clock(AUGUST)
    trained_need(make, date(2027, 7, 31))
    make.need(author=make.employer(), expires_at=AUGUST + timedelta(days=1))
    for ask in (ask_hires, ask_stays, need_lives.ask_renewals):
        ask(AUGUST)
    assert subjects() == []


def test_a_need_that_would_end_in_august_lives_until_its_firm_can_be_asked(make, subjects, stop_clock):
    stop_clock(AUGUST)
    need = make.need(author=make.employer(), expires_at=AUGUST + timedelta(days=1))
    need_lives.expire_needs(AUGUST + timedelta(days=20))
    assert need.state is NeedState.PUBLISHED
    stop_clock(datetime(2027, 9, 1, 9, tzinfo=UTC))
    need_lives.ask_renewals(datetime(2027, 9, 1, 9, tzinfo=UTC))
    assert len(subjects()) == 1
