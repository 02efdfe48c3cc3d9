"""Days, and a whole year, lived by the clock: needs asked about, sessions lived to their end, peace in August."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from campus import clock
from campus import db as campus_db
from campus.mail_rules import is_august
from campus.models import (
    Account,
    AuditEvent,
    CourseSession,
    CourseSessionState,
    Enrolment,
    EnrolmentState,
    Job,
    JobState,
    Mail,
    Need,
    NeedState,
    ScheduleRun,
    SeatReservation,
    Slot,
)
from campus.schedules import SCHEDULES
from campus.services.attendance import mark_all_present
from campus.services.reservations import Wish, reserve
from campus.services.results import HALF_A_YEAR, record_results
from campus.tasks import clockwork
from campus.tasks.jobs import run_due
from tests.harness.databases import untouched

BEGINS = datetime(2027, 1, 4, 8, 50, tzinfo=UTC)
DAYS = [5, pytest.param(365, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
DAY, PEOPLE, A_WEEK = timedelta(days=1), 2, 7
BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
# What the clock alone tells somebody whose seat is sure, once each.
TOLD = ("session_confirmed", "enrolment_called_up", "session_finished")


class Campus:
    """A campus that lives: needs that end, sessions that begin, the seats that nobody takes."""

    def __init__(self, make, db):
        self.make, self.db = make, db
        self.trainer_id = make.trainer().id

    def plan(self, starts_on: date) -> None:
        """Open a session of two days, decided the day before: two sure people, an offer and a reserved seat."""
        make, days = self.make, {"starts_on": starts_on, "ends_on": starts_on + DAY, "decides_on": starts_on - DAY}
        session = make.course_session(seats_min=PEOPLE, **days)
        for _each in range(PEOPLE):
            make.enrolment(session, make.trainee(), state=EnrolmentState.CONFIRMED)
        make.enrolment(session, make.trainee(), state=EnrolmentState.OFFERED)
        firm = make.employer()
        reserve(firm, make.organisation_of(firm), session, wish=Wish(1, clock.today()))
        make.slot(session, trainer=self.db.session.get_one(Account, self.trainer_id))

    def live(self) -> int:
        """Live a day: the clock's work, then the trainer's. Count the jobs that failed."""
        clockwork.tick()
        failed = run_due().failed
        with self.db.transaction():
            trainer, today = self.db.session.get_one(Account, self.trainer_id), clock.today()
            for slot in self.db.session.scalars(select(Slot).where(Slot.day == today)):
                mark_all_present(trainer, slot)
            for each in self.db.session.scalars(
                select(Enrolment)
                .join(Enrolment.course_session)
                .where(CourseSession.ends_on == today, Enrolment.state == EnrolmentState.ATTENDED)
            ):
                record_results(trainer, each, {one.skill_id: 3 for one in each.course_session.course.outcomes})
        return failed


@pytest.fixture(params=BOTH)
def db(request, databases, days, tmp_path):
    """The database; PostgreSQL cannot clean up behind a year of jobs in one transaction, so that year is committed."""
    kind = request.param
    committed = kind == "postgresql" and days > A_WEEK
    with databases.copy(kind, tmp_path / "year") if committed else untouched(databases.engine(kind)):
        yield campus_db


@pytest.fixture
def campus(make, db):
    return Campus(make, db)


@pytest.fixture
def lived(days, campus, make, stop_clock):
    """A campus after so many days; no job failed on the way."""
    stop_clock(BEGINS)
    for at in range(3, days - 1, 15):
        make.need(earliest=None, latest=None, expires_at=BEGINS + timedelta(days=at))
    for at in range(2, days - 2, 45):
        campus.plan(BEGINS.date() + timedelta(days=at))
    failed = []
    for day in range(days):
        stop_clock(BEGINS + timedelta(days=day))
        failed.append(campus.live())
    assert sum(failed) == 0


def _check_jobs(db) -> None:
    assert set(db.session.scalars(select(Job.state))) == {JobState.DONE}
    assert set(db.session.scalars(select(ScheduleRun.name))) == {schedule.name for schedule in SCHEDULES}


def _check_needs(db) -> None:
    """Each need was asked about, once or twice a term, was told its end, and nobody was asked in August."""
    needs = db.session.scalars(select(Need)).all()
    spared = Counter(db.session.scalars(select(AuditEvent.subject_id).where(AuditEvent.action.endswith("spared"))))
    terms = {need.author_id: 1 + spared[str(need.id)] for need in needs}
    mails = db.session.scalars(select(Mail).where(Mail.kind.in_(["need_expiring", "need_expired"]))).all()
    asked = Counter(mail.account_id for mail in mails if mail.kind == "need_expiring")
    assert {need.state for need in needs} == {NeedState.EXPIRED}
    assert Counter(mail.account_id for mail in mails if mail.kind == "need_expired") == Counter(terms.keys())
    assert not [author for author, count in terms.items() if not 1 <= asked[author] <= 2 * count]
    assert not [mail for mail in mails if mail.kind == "need_expiring" and is_august(mail.created_at)]


def _check_sessions(db) -> None:
    """Each session went its way without the team, and each of its people was told of each step once."""
    sessions = db.session.scalars(select(CourseSession)).all()
    ends = {EnrolmentState.COMPLETED: PEOPLE * len(sessions), EnrolmentState.EXPIRED: len(sessions)}
    assert {each.state for each in sessions} == {CourseSessionState.FINISHED}
    assert Counter(db.session.scalars(select(Enrolment.state))) == ends
    assert {each.seats_taken for each in sessions} == {PEOPLE}
    assert set(db.session.scalars(select(SeatReservation.unnamed))) == {0}
    done = db.session.scalars(select(Enrolment.account_id).where(Enrolment.state == EnrolmentState.COMPLETED)).all()
    told = Counter((mail.account_id, mail.kind) for mail in db.session.scalars(select(Mail)))
    assert [(each, kind) for each in done for kind in TOLD if told[each, kind] != 1] == []
    asked = [each for each in sessions if each.ends_on + HALF_A_YEAR <= clock.today()]
    assert [told[each, "six_months"] for each in done if told[each, "six_months"]] == [1] * PEOPLE * len(asked)


@pytest.mark.parametrize("days", DAYS)
def test_days_are_lived_by_the_clock(lived, db):
    _check_jobs(db)
    _check_needs(db)
    _check_sessions(db)
