"""The clock's mails about accounts that nobody uses, habilitations that end and people who wait for access."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from campus.models import (
    Account,
    Enrolment,
    EnrolmentState,
    Mail,
    Membership,
    MembershipState,
    TrainerSkill,
)
from campus.services.inactivity import erase_unused, months_before, tell_unused
from campus.services.sessions import open_session_for
from campus.services.staff_reminders import tell_certifications, tell_habilitations, tell_memberships
from campus.tasks import clockwork
from campus.tasks.jobs import run_due

START = datetime(2027, 1, 4, 8, 50, tzinfo=UTC)


@pytest.fixture
def start(stop_clock):
    stop_clock(START)


@pytest.fixture
def live(db, stop_clock):
    """Let the clock look once a day from a day on, and carry out what is due; give the kinds of mails by address."""

    def days(first, count=1):
        db.session.commit()
        for day in range(first, first + count):
            stop_clock(START + timedelta(days=day))
            clockwork.tick()
            assert run_due().failed == 0
        rows = db.session.execute(select(Mail.recipient, Mail.kind).order_by(Mail.created_at))
        found = {}
        for address, kind in rows:
            found.setdefault(address, []).append(kind)
        return found

    return days


def test_an_unused_account_is_told_at_23_months_and_erased_at_24(start, make, db, live):
    trainee, firm, staff = make.trainee(locale="en"), make.employer(), make.staff()
    waiting = make.enrolment(make.course_session(), trainee, state=EnrolmentState.WAITLISTED, rank=1)
    addresses = [trainee.email, firm.email, staff.email]
    live(0)
    assert live(699) == {}
    told = live(700, 2)
    assert [told.get(each) for each in addresses] == [["account_unused"], ["account_unused"], None]
    assert "4 January 2029" in db.session.scalar(select(Mail.text).where(Mail.recipient == trainee.email))
    assert set(live(730)) == {trainee.email, firm.email}
    said = live(731)
    assert [said.get(each) for each in addresses] == [["account_erased"], ["account_erased"], None]
    names = set(db.session.scalars(select(Account.display_name).where(Account.id.in_([trainee.id, firm.id]))))
    assert names == {"Compte effacé"}
    assert db.session.get_one(Enrolment, waiting.id).state is EnrolmentState.WITHDRAWN
    assert set(db.session.scalars(select(Membership.state))) == {MembershipState.REVOKED}


def test_whoever_comes_back_keeps_their_account(start, make, stop_clock):
    person = make.trainee()
    stop_clock(START + timedelta(days=705))
    assert tell_unused(START + timedelta(days=705)) == 1
    open_session_for(person)
    assert erase_unused(START + timedelta(days=800)) == 0
    assert tell_unused(START + timedelta(days=705 + 705)) == 1


def test_nobody_is_erased_without_thirty_days_of_notice(start, make, stop_clock):
    make.trainee()
    late = START + timedelta(days=900)
    stop_clock(late)
    assert [erase_unused(late), tell_unused(late), erase_unused(late + timedelta(days=29))] == [0, 1, 0]
    assert erase_unused(late + timedelta(days=30)) == 1


def test_who_sits_in_a_course_is_not_erased(start, make):
    person = make.trainee(inactive_told_at=START + timedelta(days=1))
    make.enrolment(make.course_session(), person, state=EnrolmentState.ATTENDED)
    assert erase_unused(START + timedelta(days=900)) == 0


@pytest.mark.parametrize(("day", "before"), [((2027, 3, 31), (2027, 2, 28)), ((2028, 1, 15), (2027, 12, 15))])
def test_months_are_counted_on_the_calendar(day, before):
    found = months_before(datetime(*day, 12, tzinfo=UTC), 1)
    assert (found.year, found.month, found.day) == before


@pytest.mark.parametrize(
    ("locale", "subject"), [("fr", "Habilitation qui se termine"), ("en", "Habilitation that ends")]
)
def test_the_team_hears_once_of_habilitations_a_month_before_they_end(start, make, db, locale, subject):
    make.staff(locale=locale)
    trainer, ends_on = make.trainer(display_name="Anne"), START.date() + timedelta(days=40)
    for skill in (make.skill("Souder"), make.skill("Percer")):
        make.save(TrainerSkill(account=trainer, skill=skill, valid_until=ends_on))
    assert [tell_habilitations(ends_on - timedelta(days=ahead)) for ahead in (31, 30, 29)] == [0, 1, 0]
    mail = db.session.scalars(select(Mail)).one()
    assert mail.subject.startswith(subject)
    assert mail.text.count("\n- ") == 2


def test_the_team_hears_twice_of_a_certification_that_ends(start, make, db):
    make.staff()
    ends_on = START.date() + timedelta(days=300)
    make.course(certification_ends_on=ends_on)
    told = [tell_certifications(ends_on - timedelta(days=ahead)) for ahead in (181, 180, 179, 61, 60, 59)]
    assert told == [0, 1, 0, 0, 1, 0]
    assert set(db.session.scalars(select(Mail.kind))) == {"certification_ending"}


def test_who_waits_for_access_is_recalled_to_those_who_decide_on_some_days(start, make, live):
    manager, staff = make.employer(), make.staff()
    live(0)
    for site in (make.organisation_of(manager), make.organisation()):
        make.membership(make.trainee(), site, state=MembershipState.PENDING)
    assert live(1) == {}
    told = {manager.email: ["memberships_waiting"], staff.email: ["memberships_waiting"]}
    assert [live(2), live(3)] == [told, told]


def test_firms_are_left_in_peace_in_august(make, stop_clock):
    august = datetime(2027, 8, 4, 9, tzinfo=UTC)
    stop_clock(august - timedelta(days=3))
    site = make.organisation_of(make.employer())
    make.membership(make.trainee(), site, state=MembershipState.PENDING)
    assert [tell_memberships(august), tell_memberships(august.replace(month=9))] == [0, 1]
