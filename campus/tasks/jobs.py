"""Carrying out jobs: leased in one transaction, done and acknowledged together in another."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog

from campus import clock, db
from campus.models import Job
from campus.queries.jobs import is_work_due
from campus.services import jobs
from campus.tasks.kinds import KINDS

log = structlog.get_logger(__name__)
Stopping = Callable[[], bool]


@dataclass(frozen=True)
class Ran:
    """How many jobs were done, and how many must be tried again or looked at."""

    done: int = 0
    failed: int = 0


@dataclass(frozen=True)
class Ticket:
    """A job that this runner holds: which try of which job."""

    job_id: uuid.UUID
    attempt: int
    kind: str


class RunnerStopped(Exception):
    """Every runner that took this job died on it."""


def never() -> bool:
    """Go on until nothing is due."""
    return False


def run_due(*, limit: int = 500, lease: timedelta = jobs.LEASE, stopping: Stopping = never) -> Ran:
    """Carry out the jobs that are due, one by one."""
    done = failed = 0
    for _turn in range(limit):
        if stopping():
            break
        ticket = _take(lease)
        if ticket is None:
            break
        if _carry_out(ticket):
            done += 1
        else:
            failed += 1
    return Ran(done, failed)


def _take(lease: timedelta) -> Ticket | None:
    """Lease the next job; look first, so that an idle worker never asks for SQLite's write lock."""
    try:
        if not is_work_due(clock.now()):
            return None
    finally:
        db.close()
    with db.transaction():
        job = jobs.lease_next(lease)
        return Ticket(job.id, job.attempts, job.kind) if job else None


def _carry_out(ticket: Ticket) -> bool:
    """Do the work and acknowledge it in one transaction: either both are there or neither."""
    try:
        with db.transaction():
            job = jobs.hold(ticket.job_id, ticket.attempt)
            if job is not None:
                _work(job)
                jobs.note_done(job)
    except Exception as error:  # noqa: BLE001 (whatever a job dies of is kept with it, and the others go on)
        log.warning("job failed", kind=ticket.kind, attempt=ticket.attempt, error=repr(error))
        with db.transaction():
            jobs.note_failed(ticket.job_id, ticket.attempt, f"{type(error).__name__}: {error}")
        return False
    return True


def _work(job: Job) -> None:
    if job.attempts > jobs.MOST_ATTEMPTS:
        raise RunnerStopped("the runner stopped while working")
    KINDS[job.kind](**job.payload)
