"""The clock's work: what campus/schedules.py makes due becomes a job, once whoever looks and however often."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta

from campus import clock, db
from campus.config import read_settings
from campus.opening_hours import OpeningHours, read_hours
from campus.queries.jobs import last_runs
from campus.schedules import SCHEDULES, Schedule
from campus.services import jobs
from campus.tasks.jobs import Ran, run_due

Moment = tuple[datetime, Schedule]
STEP, TINY = timedelta(hours=1), timedelta(microseconds=1)


def tick() -> int:
    """Write a job for each schedule whose moment has come since the last look, the oldest first; count them.

    A schedule that was never seen begins with its next moment: what came before it was nobody's to do.
    """
    now, hours = clock.now(), read_hours(read_settings().opening_hours)
    try:
        seen = last_runs()
    finally:
        db.close()
    written = 0
    for moment, schedule in _come(now, hours, seen):
        with db.transaction():
            mine = jobs.see_to(schedule.name, moment)
            if mine and schedule.name in seen and schedule.still_counts(moment, now):
                written += jobs.enqueue(schedule.name, due_at=moment, once_key=f"{schedule.name}@{moment.isoformat()}")
    return written


def _come(now: datetime, hours: OpeningHours, seen: dict[str, datetime]) -> list[Moment]:
    """List the last moment of each schedule that nobody has seen to, in the order of time."""
    found = [(schedule.when.last(now, hours), schedule) for schedule in SCHEDULES]
    come = [
        (moment, schedule)
        for moment, schedule in found
        if moment is not None and (schedule.name not in seen or moment > seen[schedule.name])
    ]
    return sorted(come, key=lambda pair: pair[0])


def replay(day: date) -> Ran:
    """Live a day again, from midnight to midnight in Chartres: the clock stands at each moment while its work is done.

    What was done that day stays done once; what was missed is done as if it were that day.
    """
    hours = read_hours(read_settings().opening_hours)
    done = failed = 0
    for moment, due in _moments_of(day, hours):
        with _standing_at(moment):
            with db.transaction():
                for schedule in due:
                    jobs.see_to(schedule.name, moment)
                    jobs.enqueue(schedule.name, due_at=moment)
            ran = run_due()
        done, failed = done + ran.done, failed + ran.failed
    return Ran(done, failed)


def _moments_of(day: date, hours: OpeningHours) -> Iterator[tuple[datetime, list[Schedule]]]:
    """List the moments of a day at which something is due, and what; what is due every few minutes, once an hour."""
    moment = datetime.combine(day, time(), clock.PARIS).astimezone(UTC)
    ends = datetime.combine(day + timedelta(days=1), time(), clock.PARIS).astimezone(UTC)
    found: dict[datetime, list[Schedule]] = {}
    while moment < ends:
        for schedule in SCHEDULES:
            last = schedule.when.last(moment + STEP - TINY, hours)
            if last is not None and last >= moment:
                found.setdefault(last, []).append(schedule)
        moment += STEP
    yield from sorted(found.items())


@contextmanager
def _standing_at(moment: datetime) -> Iterator[None]:
    clock.freeze(moment)
    try:
        yield
    finally:
        clock.freeze(None)
