"""Jobs: written as rows with the change that asks for them, carried out after it, once, by whoever runs them."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select

from campus import clock, db
from campus.models import Account, Job, JobState, ScheduleRun, random_id
from campus.queries.jobs import due
from campus.services import audit
from campus.services.retries import LEASE, MOST_ATTEMPTS, begin_again, count_try, park, put_off


def enqueue(kind: str, *, due_at: datetime | None = None, once_key: str | None = None, **payload: Any) -> bool:
    """Write a job down; with a key, the same work is never asked for twice. Tell whether it was written."""
    row = {
        "id": random_id(),
        "kind": kind,
        "payload": audit.plain(payload),
        "once_key": once_key,
        "state": JobState.QUEUED,
        "attempts": 0,
        "due_at": due_at or clock.now(),
        "last_error": "",
        "created_at": clock.now(),
    }
    written = db.insert_into(Job).values(**row).on_conflict_do_nothing().returning(Job.id)
    return db.session.scalar(written) is not None


def key_of(kind: str, about: uuid.UUID, *more: object) -> str:
    """Make the key of a job about something, by which it can be found again before its time."""
    return ":".join(str(each) for each in (kind, about, *more))


def take_back(found: Collection[Job]) -> int:
    """Take jobs back that no runner has taken up; count them."""
    mine = Job.id.in_([each.id for each in found])
    return db.session.execute(delete(Job).where(mine, Job.state == JobState.QUEUED, Job.attempts == 0)).rowcount


def lease_next(lease: timedelta = LEASE) -> Job | None:
    """Take the oldest job that is due for this runner alone, and count the try."""
    now = clock.now()
    job = db.session.scalar(
        select(Job)
        .where(*due(Job, JobState.QUEUED, now))
        .order_by(Job.due_at, Job.created_at, Job.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if job is not None:
        count_try(job, lease)
    return job


def hold(job_id: uuid.UUID, attempt: int) -> Job | None:
    """Lock a leased job while its work is done; None when its lease ran out and another runner took it."""
    return db.session.scalar(
        select(Job)
        .where(Job.id == job_id, Job.state == JobState.QUEUED, Job.attempts == attempt)
        .with_for_update(skip_locked=True)
    )


def note_done(job: Job) -> None:
    """Write down, in the transaction of its work, that a job is done."""
    job.state, job.done_at, job.lease_until, job.last_error = JobState.DONE, clock.now(), None, ""
    db.session.flush()


def note_failed(job_id: uuid.UUID, attempt: int, error: str) -> None:
    """Put a job off, longer each time; after five tries lay it before the staff."""
    job = hold(job_id, attempt)
    if job is not None:
        (park if job.attempts >= MOST_ATTEMPTS else put_off)(job, error)


def retry_job(actor: Account, job: Job) -> Job:
    """Let a parked job be tried again, at once and with fresh tries."""
    begin_again(job)
    audit.record(actor, "job_retried", job)
    return job


def drop_job(actor: Account, job: Job) -> None:
    """Give up a parked job; the audit log remembers it."""
    audit.record(actor, "job_dropped", job, kind=job.kind, payload=job.payload, error=job.last_error)
    db.session.delete(job)
    db.session.flush()


def see_to(name: str, due_at: datetime) -> bool:
    """Note that a moment of a schedule is seen to; False when another worker has done so."""
    row = {"name": name, "due_at": due_at, "seen_at": clock.now()}
    noted = db.insert_into(ScheduleRun).values(**row).on_conflict_do_nothing().returning(ScheduleRun.name)
    return db.session.scalar(noted) is not None


def forget_old_jobs(now: datetime, kept: timedelta = timedelta(days=14)) -> int:
    """Forget the jobs done long ago, and all but the last moment of each schedule; count the jobs."""
    newest = select(ScheduleRun.name).where(ScheduleRun.due_at >= now - kept)
    db.session.execute(delete(ScheduleRun).where(ScheduleRun.due_at < now - kept, ScheduleRun.name.in_(newest)))
    return db.session.execute(delete(Job).where(Job.state == JobState.DONE, Job.done_at < now - kept)).rowcount
