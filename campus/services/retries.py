"""What mails and jobs have in common: leased to one runner, put off after a failure, parked after too many."""

from __future__ import annotations

from datetime import timedelta

from campus import clock, db
from campus.models import Job, JobState, Mail, MailState

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 5
LONGEST_ERROR = 500


def count_try(row: Job | Mail, lease: timedelta) -> None:
    """Give a row to one runner for a while, and count the try."""
    row.attempts += 1
    row.lease_until = clock.now() + lease
    db.session.flush()


def put_off(row: Job | Mail, error: str) -> None:
    """Put a row off, longer each time: 1, 5, 25, 125 minutes."""
    row.last_error, row.lease_until = error[:LONGEST_ERROR], None
    row.due_at = clock.now() + timedelta(minutes=5 ** (row.attempts - 1))
    db.session.flush()


def park(row: Job | Mail, error: str) -> None:
    """Lay a row before the staff without another try."""
    row.last_error, row.lease_until = error[:LONGEST_ERROR], None
    row.state = JobState.PARKED if isinstance(row, Job) else MailState.PARKED
    db.session.flush()


def begin_again(row: Job | Mail) -> None:
    """Let a parked row be tried again, at once and with fresh tries."""
    row.state = JobState.QUEUED if isinstance(row, Job) else MailState.QUEUED
    row.attempts, row.due_at, row.lease_until = 0, clock.now(), None
    db.session.flush()
