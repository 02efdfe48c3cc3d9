"""Whatever people do, in whatever order: seats are not oversold, nobody passes anybody, the ledger tells the same."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.services import round_machine, seat_machine
from tests.services.round_machine import RoundMachine
from tests.services.seat_machine import SeatMachine

PHASES = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
CHECKS = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large]
MACHINES = [
    pytest.param((SeatMachine, seat_machine.steps, 10_000), id="seats"),
    pytest.param((RoundMachine, round_machine.steps, 2_000), id="rounds"),
]


def walk(machine, steps, *, examples, length):
    """Let a machine walk; give how many steps it took."""
    steps.clear()
    wanted = settings(
        max_examples=examples,
        stateful_step_count=length,
        deadline=None,
        phases=PHASES,
        suppress_health_check=CHECKS,
        database=None,
    )
    run_state_machine_as_test(machine, settings=wanted)
    return steps["steps"]


def test_seats_ranks_and_ledger_hold_whatever_people_do(db, stop_clock):
    assert walk(SeatMachine, seat_machine.steps, examples=5, length=40) > 100


def test_a_round_stays_stable_whatever_people_do(db, stop_clock):
    assert walk(RoundMachine, round_machine.steps, examples=3, length=40) > 60


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("walked", MACHINES)
def test_ten_thousand_steps(db, stop_clock, walked):
    machine, steps, wanted = walked
    began, taken, refused = time.monotonic(), 0, 0
    while taken < wanted:
        taken += walk(machine, steps, examples=20, length=60)
        refused += steps["refused"]
    kind, took = db.engine().dialect.name, time.monotonic() - began
    said = f"{machine.__name__} on {kind}: {taken} steps in {took:.0f} s, {refused} refused, no rule broken"
    print(f"\n{said}")  # noqa: T201 (figures)
