"""A long search of a plan in one worker: mails and jobs leave meanwhile as if nothing were searched."""

from __future__ import annotations

import random
import signal
import time
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from campus import clock
from campus import db as campus_db
from campus.models import Job, JobState, Mail, MailState, NeedState, PlanState, SessionPlan, TrainerSkill, random_id
from campus.services import plans
from campus.services.matches import match_all
from tests import make as builders
from tests.harness.post_office import post_office
from tests.load.test_killed_workers import start_worker

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
FAMILIES, COURSES, NEEDS, ROOMS, TRAINERS = 8, 160, 400, 5, 16
LONGEST_WAIT_S, LEAST_SENT, LONGEST_S = 5.0, 15, 120.0
pytestmark = [pytest.mark.long, pytest.mark.xdist_group("load"), pytest.mark.timeout(400)]


def large_campus() -> None:
    """Write a campus on which the search takes all the time it is given."""
    luck = random.Random(5)  # noqa: S311 (made up)
    skills = [[builders.skill() for _each in range(5)] for _family in range(FAMILIES)]
    for number in range(COURSES):
        outcomes = luck.sample(skills[number % FAMILIES], 4)
        builders.course(outcomes, hours=35 * luck.choice((1, 2, 4, 6)), title=f"Formation {number}")
    for number in range(TRAINERS):
        who = builders.trainer()
        for each in skills[number % FAMILIES]:
            builders.save(TrainerSkill(account=who, skill=each))
    for number in range(ROOMS):
        builders.room(name=f"Salle {number}")
    campus_db.session.commit()
    needs = []
    for number in range(NEEDS):
        asked = luck.sample(skills[number % FAMILIES], 3)
        latest = clock.today() + timedelta(days=luck.randrange(60, 350))
        needs.append(builders.need(skills=asked, posts=luck.randint(1, 4), latest=latest, state=NeedState.PUBLISHED).id)
    campus_db.session.commit()
    match_all(needs)


def write_one(number: int) -> None:
    """Write one mail and one job, due now."""
    mail = {"id": random_id(), "kind": "reset_password", "recipient": f"p{number}@exemple.fr", "text": "Bonjour.\n"}
    mail |= {"subject": f"Message {number}", "message_id": f"<{number}@campus.invalid>"}
    campus_db.session.rollback()
    with campus_db.transaction():
        campus_db.session.execute(insert(Mail).values(**mail))
        campus_db.session.execute(insert(Job).values(id=random_id(), kind="load.note", payload={"number": number}))


def state_of_search() -> PlanState:
    """Tell where the one search stands."""
    campus_db.session.rollback()
    return campus_db.session.scalars(select(SessionPlan.state)).one()


def left() -> tuple[int, int]:
    """Count the mails and jobs that still wait."""
    campus_db.session.rollback()
    mails = campus_db.session.scalars(
        select(Mail.id).where(Mail.state == MailState.QUEUED, Mail.kind == "reset_password")
    )
    jobs = campus_db.session.scalars(select(Job.id).where(Job.state == JobState.QUEUED, Job.kind == "load.note"))
    return len(mails.all()), len(jobs.all())


def wait_while(state: PlanState, until: float) -> None:
    """Wait for as long as the search stands there."""
    while state_of_search() is state and time.monotonic() < until:
        time.sleep(0.05)


def waits_meanwhile(until: float) -> list[float]:
    """Write a mail and a job, again and again while the search lasts; give the seconds until both had left."""
    waits: list[float] = []
    while state_of_search() is PlanState.SEARCHING and time.monotonic() < until:
        written = time.monotonic()
        write_one(len(waits))
        while left() != (0, 0) and time.monotonic() < until:
            time.sleep(0.02)
        if state_of_search() is PlanState.SEARCHING:
            waits.append(time.monotonic() - written)
        time.sleep(0.5)
    return waits


@pytest.mark.parametrize("kind", BOTH)
def test_mails_and_jobs_leave_while_a_plan_is_searched(databases, tmp_path, kind):
    with databases.copy(kind, tmp_path / "load.sqlite") as url, post_office(fails_every=1_000_000) as office:
        large_campus()
        plans.ask_plan(builders.staff())
        campus_db.session.commit()
        until = time.monotonic() + LONGEST_S
        worker = start_worker(url, office)
        try:
            wait_while(PlanState.QUEUED, until)
            began = time.monotonic()
            waits = waits_meanwhile(until)
            took = time.monotonic() - began
            assert state_of_search() is PlanState.DRAFT
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
        finally:
            worker.kill()
            worker.wait()
    assert len(waits) >= LEAST_SENT
    assert max(waits) < LONGEST_WAIT_S
    assert len(office.taken) >= len(waits)
    print(  # noqa: T201 (figures)
        f"\n{kind}: search {took:.1f} s, {len(waits)} mails and jobs meanwhile, "
        f"median {1000 * sorted(waits)[len(waits) // 2]:.0f} ms, longest {1000 * max(waits):.0f} ms"
    )
