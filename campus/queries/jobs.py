"""Questions about jobs and the clock's moments."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select

from campus import db
from campus.models import Job, JobState, Mail, MailState, ScheduleRun

MOST = 50


def is_work_due(now: datetime) -> bool:
    """Tell whether a job may be taken up."""
    ready = select(Job.id).where(*due(Job, JobState.QUEUED, now))
    return bool(db.session.scalar(select(ready.exists())))


def due(table: type[Job | Mail], queued: JobState | MailState, now: datetime) -> tuple[object, ...]:
    """Say which rows are due, and in nobody's hands."""
    free = or_(table.lease_until.is_(None), table.lease_until < now)
    return (table.state == queued, table.due_at <= now, free)


def last_runs() -> dict[str, datetime]:
    """Give the last moment of each schedule that has been seen to."""
    rows = db.session.execute(select(ScheduleRun.name, func.max(ScheduleRun.due_at)).group_by(ScheduleRun.name))
    return dict(rows.all())


def jobs_to_come(kind: str, about: uuid.UUID) -> Sequence[Job]:
    """List the jobs of a kind about something that no runner has taken up yet, the next first."""
    waits = (Job.state == JobState.QUEUED, Job.attempts == 0, Job.kind == kind)
    query = select(Job).where(*waits, Job.once_key.startswith(f"{kind}:{about}:", autoescape=True))
    return db.session.scalars(query.order_by(Job.due_at, Job.id)).all()


def parked_jobs() -> Sequence[Job]:
    """List the jobs that failed too often and wait for a decision, the oldest first."""
    query = select(Job).where(Job.state == JobState.PARKED).order_by(Job.due_at, Job.id)
    return db.session.scalars(query.limit(MOST)).all()


def parked_job(job_id: uuid.UUID) -> Job | None:
    """Find a job that failed too often and waits for a decision."""
    return db.session.scalar(select(Job).where(Job.id == job_id, Job.state == JobState.PARKED))


def jobs_by_state() -> dict[JobState, int]:
    """Count the jobs of each state."""
    return dict(db.session.execute(select(Job.state, func.count()).group_by(Job.state)).all())
