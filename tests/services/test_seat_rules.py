"""Whatever people do, in whatever order: seats are not oversold, nobody passes anybody, the ledger tells the same."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import select

from campus.models import CourseSession
from tests.services.seat_machine import SeatMachine, steps

PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
CHECKS = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]


def walk(examples, length):
    """Let the machine walk; give how many steps it took."""
    steps.clear()
    wanted = settings(
        max_examples=examples,
        stateful_step_count=length,
        deadline=None,
        phases=PHASES,
        suppress_health_check=CHECKS,
        database=None,
    )
    run_state_machine_as_test(SeatMachine, settings=wanted)
    return steps["steps"]


def test_seats_ranks_and_ledger_hold_whatever_people_do(db, stop_clock):
    assert walk(5, 40) > 100
    assert db.session.scalar(select(CourseSession.id).limit(1))


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_ten_thousand_steps(db, stop_clock):
    began, taken, refused = time.monotonic(), 0, 0
    while taken < 10_000:
        taken += walk(20, 60)
        refused += steps["refused"]
    kind = db.engine().dialect.name
    took = time.monotonic() - began
    print(f"\n{kind}: {taken} steps in {took:.0f} s, {refused} refused, no rule broken")  # noqa: T201 (figures)
