"""Jobs: done once, with their effect; tried again, laid before the staff in the end."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from campus.models import AuditEvent, Job, JobState
from campus.services import audit, jobs
from campus.tasks.jobs import run_due
from campus.tasks.kinds import KINDS

START = datetime(2027, 3, 1, 9, tzinfo=UTC)


@pytest.fixture
def effects(monkeypatch, make, db):
    """A kind of job that leaves a line in the audit log, and one that always fails after leaving it."""
    person = make.staff()

    def note(*, name: str) -> None:
        audit.record(None, name, person)

    def fail(*, name: str) -> None:
        note(name=name)
        raise LookupError("poison")

    monkeypatch.setitem(KINDS, "test.note", note)
    monkeypatch.setitem(KINDS, "test.fail", fail)
    return lambda: db.session.scalar(select(func.count(AuditEvent.id)))


def test_a_job_is_done_once(effects, db):
    jobs.enqueue("test.note", name="once")
    db.session.commit()
    assert [run_due().done, run_due().done, effects()] == [1, 0, 1]


def test_the_same_work_is_not_asked_for_twice(effects, db):
    wrote = [jobs.enqueue("test.note", once_key="fact:1", name="twice") for _turn in range(2)]
    db.session.commit()
    assert (wrote, run_due().done) == ([True, False], 1)


def test_a_job_of_a_change_that_was_undone_is_never_done(effects, db):
    jobs.enqueue("test.note", name="undone")
    db.session.rollback()
    assert run_due().done == 0


def test_a_job_that_fails_leaves_nothing_and_waits_longer_each_time_then_is_parked(effects, db, stop_clock):
    stop_clock(START)
    jobs.enqueue("test.fail", name="poison")
    db.session.commit()
    waits, now = [], START
    for _turn in range(jobs.MOST_ATTEMPTS):
        run_due()
        job = db.session.query(Job).one()
        waits.append(round((job.due_at - now).total_seconds() / 60))
        now = job.due_at
        stop_clock(now)
    assert (waits[:4], effects()) == ([1, 5, 25, 125], 0)
    assert (job.state, job.last_error) == (JobState.PARKED, "LookupError: poison")


def test_a_poisoned_job_does_not_stop_the_others(effects, db):
    for number in range(100):
        jobs.enqueue("test.fail" if number == 50 else "test.note", name="job")
    db.session.commit()
    ran = run_due()
    assert (ran.done, ran.failed, effects()) == (99, 1, 99)


def test_a_job_that_another_runner_holds_is_left_alone(effects, make, db, stop_clock):
    stop_clock(START)
    make.job("test.note", payload={"name": "held"}, lease_until=START + timedelta(seconds=1))
    assert run_due().done == 0


def test_a_job_whose_runner_died_is_done_when_its_lease_is_over(effects, make, db, stop_clock):
    stop_clock(START)
    make.job("test.note", payload={"name": "left"}, lease_until=START - timedelta(seconds=1), attempts=1)
    assert (run_due().done, effects()) == (1, 1)


def test_a_job_on_which_every_runner_died_is_parked_untried(effects, make, db):
    make.job("test.note", payload={"name": "killer"}, attempts=jobs.MOST_ATTEMPTS)
    run_due()
    assert (db.session.query(Job).one().state, effects()) == (JobState.PARKED, 0)


def test_a_runner_whose_lease_ran_out_does_not_do_the_work_of_the_next(effects, make, db):
    job = make.job("test.note", payload={"name": "late"}, attempts=2)
    assert jobs.hold(job.id, 1) is None


def test_jobs_done_long_ago_are_forgotten_and_the_last_moments_kept(make, db, stop_clock):
    stop_clock(START)
    make.job("test.note", state=JobState.DONE, done_at=START)
    for moment in (START, START + timedelta(days=1)):
        jobs.see_to("test", moment)
        jobs.see_to("old", START)
    assert jobs.forget_old_jobs(START + timedelta(days=14, seconds=1)) == 1
    assert [jobs.see_to("test", START), jobs.see_to("old", START)] == [True, False]
