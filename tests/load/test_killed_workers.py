"""Workers killed with kill -9 while they send mails and carry out jobs: nothing lost, no effect twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field

import pytest
from sqlalchemy import func, insert, select, update

from campus import clock
from campus import db as campus_db
from campus.models import AuditEvent, Job, JobState, Mail, MailState, random_id
from tests import make as builders
from tests.harness.machine import ROOT
from tests.harness.post_office import PostOffice, post_office

LEASE_S = 1
LONGEST_S = 900
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("load"), pytest.mark.timeout(1000)]


@dataclass
class Told:
    """What the killing and sending came to."""

    kills: int = 0
    took_s: float = 0.0
    after_last_kill_s: float = 0.0
    mails: Counter = field(default_factory=Counter)
    effects: Counter = field(default_factory=Counter)


def write_work(count: int) -> set[str]:
    """Write so many mails and jobs; give the Message-IDs. The mails are of a kind that leaves at night too."""
    builders.trainee()
    mails = [
        {
            "id": random_id(),
            "kind": "reset_password",
            "recipient": f"personne{n}@exemple.fr",
            "subject": f"Message {n}",
            "text": "Bonjour.\n",
            "message_id": f"<{n}@campus.invalid>",
        }
        for n in range(count)
    ]
    campus_db.session.execute(insert(Mail), mails)
    jobs = [{"id": random_id(), "kind": "load.note", "payload": {"number": n}} for n in range(count)]
    campus_db.session.execute(insert(Job), jobs)
    campus_db.session.commit()
    campus_db.session.remove()
    return {each["message_id"] for each in mails}


def start_worker(url: str, office: PostOffice) -> subprocess.Popen:
    """Start a worker as the shell would."""
    settings = {"CAMPUS_DATABASE_URL": url, "CAMPUS_SMTP_URL": office.url, "CAMPUS_ENV": "development"}
    command = [sys.executable, "-m", "tests.load.worker_for_load", "worker", "--lease", str(LEASE_S), "--pause", "0.05"]
    environment = {**os.environ, **settings, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def work_left() -> int:
    """Count what is still to do, and let the time go by that failed work waits for."""
    with campus_db.transaction():
        for table, queued in ((Mail, MailState.QUEUED), (Job, JobState.QUEUED)):
            later = update(table).where(table.state == queued, table.due_at > clock.now(), table.attempts > 0)
            campus_db.session.execute(later.values(due_at=clock.now()))
        mails = campus_db.session.scalar(select(func.count(Mail.id)).where(Mail.state == MailState.QUEUED))
        jobs = campus_db.session.scalar(
            select(func.count(Job.id)).where(Job.state == JobState.QUEUED, Job.kind == "load.note")
        )
    return mails + jobs


def kill_and_finish(url: str, office: PostOffice, *, count: int, kills: int) -> Told:
    """Kill the worker so many times while the work goes on, then let the last one finish and stop it politely."""
    told, started = Told(), time.monotonic()
    chance = random.Random(28)  # noqa: S311 (no secret: it spreads the kills)
    total = 2 * count
    worker, last_kill = start_worker(url, office), started
    until = started + LONGEST_S
    try:
        while (left := work_left()) and time.monotonic() < until:
            if told.kills < kills and total - left > total * (told.kills + 1) / (kills + 2):
                time.sleep(chance.uniform(0, 0.05))  # so that the kill falls anywhere in the work
                worker.kill()
                worker.wait()
                told.kills, last_kill = told.kills + 1, time.monotonic()
                worker = start_worker(url, office)
            time.sleep(0.05)
        told.took_s, told.after_last_kill_s = time.monotonic() - started, time.monotonic() - last_kill
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    finally:
        worker.kill()
        worker.wait()
    told.mails = office.taken
    events = campus_db.session.scalars(select(AuditEvent.details).where(AuditEvent.action == "load.done"))
    told.effects = Counter(each["number"] for each in events)
    return told


@pytest.mark.parametrize(
    ("count", "kills", "kind"),
    [
        (15, 1, "sqlite"),
        pytest.param(1000, 20, "sqlite", marks=pytest.mark.long),
        pytest.param(1000, 20, "postgresql", marks=[pytest.mark.long, pytest.mark.postgresql]),
    ],
)
def test_a_killed_worker_loses_nothing_and_does_nothing_twice_but_mail(databases, tmp_path, count, kills, kind):
    with databases.copy(kind, tmp_path / "load.sqlite") as url, post_office(fails_every=10) as office:
        expected = write_work(count)
        told = kill_and_finish(url, office, count=count, kills=kills)
    again = sum(told.mails.values()) - len(told.mails)
    print(  # noqa: T201 (figures)
        f"\n{kind}: {count} mails and {count} jobs, {told.kills} kills, {office.failed} failures of the server: "
        f"{len(expected) - len(told.mails)} mails missing, {again} twice, {count - len(told.effects)} jobs lost, "
        f"{sum(told.effects.values()) - len(told.effects)} twice, {told.took_s:.1f} s, "
        f"done {told.after_last_kill_s:.1f} s after the last kill"
    )
    assert told.kills == kills
    assert set(told.mails) == expected
    assert again <= kills
    assert told.effects == Counter(range(count))
