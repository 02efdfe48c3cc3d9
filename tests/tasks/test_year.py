"""Days, and a whole year, lived by the clock: each need asked about, peace in August, nothing failed."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from campus.mail_rules import is_august
from campus.models import Job, JobState, Mail, Need, NeedState, ScheduleRun
from campus.schedules import SCHEDULES
from campus.tasks import clockwork
from campus.tasks.jobs import run_due

BEGINS = datetime(2027, 1, 4, 8, 50, tzinfo=UTC)
DAYS = [5, pytest.param(365, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]


@pytest.mark.parametrize("db", ["sqlite"], indirect=True)
@pytest.mark.parametrize("days", DAYS)
def test_days_are_lived_by_the_clock(days, make, db, stop_clock):
    stop_clock(BEGINS)
    ends = [BEGINS + timedelta(days=at) for at in range(3, days - 1, 15)]
    needs = {make.need(earliest=None, latest=None, expires_at=each).id for each in ends}
    failed = 0
    for day in range(days):
        stop_clock(BEGINS + timedelta(days=day))
        clockwork.tick()
        failed += run_due().failed

    mails = list(db.session.scalars(select(Mail)))
    asked = [mail for mail in mails if mail.kind == "need_expiring"]
    assert failed == 0
    assert set(db.session.scalars(select(Job.state))) == {JobState.DONE}
    assert set(db.session.scalars(select(ScheduleRun.name))) == {schedule.name for schedule in SCHEDULES}
    assert set(db.session.scalars(select(Need.state).where(Need.id.in_(needs)))) == {NeedState.EXPIRED}
    assert len([mail for mail in mails if mail.kind == "need_expired"]) == len(needs)
    assert len(needs) <= len(asked) <= 2 * len(needs)
    assert not [mail for mail in asked if is_august(mail.created_at)]
