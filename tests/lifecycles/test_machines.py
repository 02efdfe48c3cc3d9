"""The tables of states are those of the models, all that they name is carried out, and the page is drawn from them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.lifecycles import COURSE_SESSION, ENROLMENT, MACHINES, NEED, SEAT_OFFER, Impossible
from campus.lifecycles.drawing import diagram, page
from campus.lifecycles.enrolment import HOLDING, LEARNT, OVER, WAITING
from campus.lifecycles.machine import NEW, SAME
from campus.models import CourseSessionState, EnrolmentState, NeedState
from campus.services import (  # noqa: F401 (they register guards)
    admissions,
    attending,
    enrolments,
    offers,
    restoring,
    session_lives,
    session_steps,
    steps,
)
from tests.architecture.code import ROOT

NAMES = [machine.name for machine in MACHINES]
CARRIED_OUT = ("person", "staff", "trainer", "firm", "service")


@pytest.mark.parametrize("machine", MACHINES, ids=NAMES)
def test_each_row_goes_from_a_state_to_a_state(machine):
    known = {NEW, SAME, *machine.states}
    assert not [row.verb for row in machine.rows if {*row.starts, row.ends} - known]
    assert not [row.verb for row in machine.rows if not row.who or set(row.who) - set(CARRIED_OUT)]


@pytest.mark.parametrize("machine", MACHINES, ids=NAMES)
def test_a_verb_has_one_row_from_a_state(machine):
    told = [(start, row.verb) for row in machine.rows for start in row.starts]
    assert len(told) == len(set(told)) or machine is SEAT_OFFER


@pytest.mark.parametrize("machine", MACHINES, ids=NAMES)
def test_each_state_can_be_reached(machine):
    reached = {row.ends for row in machine.rows} | {row.ends for row in machine.rows if NEW in row.starts}
    begun = {"interested", "waiting"} if machine is SEAT_OFFER else set()
    assert set(machine.states) - reached - begun == set()


@pytest.mark.parametrize(
    ("machine", "kind"), [(ENROLMENT, EnrolmentState), (COURSE_SESSION, CourseSessionState), (NEED, NeedState)]
)
def test_the_states_are_those_that_the_database_stores(machine, kind):
    assert set(machine.states) == {each.value for each in kind}


def test_every_guard_and_effect_of_an_enrolment_is_carried_out():
    assert {row.guard for row in ENROLMENT.rows} <= set(steps.GUARDS)
    assert {name for row in ENROLMENT.rows for name in row.effects} <= set(steps.EFFECTS)


def test_every_guard_and_effect_of_a_session_is_carried_out():
    assert {row.guard for row in COURSE_SESSION.rows} <= set(session_steps.GUARDS)
    assert {name for row in COURSE_SESSION.rows for name in row.effects} <= set(session_steps.EFFECTS)


@pytest.mark.parametrize(("machine", "kind"), [(ENROLMENT, "enrolment"), (COURSE_SESSION, "session")])
def test_every_mail_has_its_text(machine, kind):
    named = {row.mail for row in machine.rows if row.mail}
    assert not [each for each in named if not (ROOT / f"templates/mail/{kind}_{each}.txt").is_file()]


def test_the_states_of_an_enrolment_are_sorted_once():
    groups = (*WAITING, *HOLDING, *LEARNT, *OVER)
    assert sorted(groups) == sorted(ENROLMENT.states)
    assert ENROLMENT.ends == {*LEARNT, *OVER} - {"withdrawn"}


@given(st.sampled_from([*ENROLMENT.states, NEW]), st.sampled_from([row.verb for row in ENROLMENT.rows]))
def test_a_seat_is_freed_exactly_when_somebody_who_holds_it_leaves(state, verb):
    row = ENROLMENT.find(verb, state)
    if row is not None:
        leaves = state in HOLDING and row.ends in OVER
        assert leaves <= ("free_seat" in row.effects and "offer_next" in row.effects)
        assert (row.ends in HOLDING and state not in HOLDING) <= ("seat" in row.guard)


@given(st.sampled_from(ENROLMENT.states), st.text(max_size=8), st.sampled_from([*CARRIED_OUT, "nobody"]))
def test_what_the_table_does_not_know_is_refused(state, verb, who):
    row = ENROLMENT.find(verb, state)
    if row is None or who not in row.who:
        with pytest.raises(Impossible):
            ENROLMENT.step(verb, state, who)


def test_nobody_but_staff_refuses():
    for who in {*CARRIED_OUT} - {"staff"}:
        with pytest.raises(Impossible):
            ENROLMENT.step("refuse", "applied", who)


def test_the_page_of_the_lifecycles_is_what_the_tables_say():
    assert (ROOT / "docs/lifecycles.md").read_text(encoding="utf-8") == page(), "run: campus docs lifecycles"


def test_a_diagram_has_an_arrow_for_each_start_of_each_row():
    arrows = [line for line in diagram(ENROLMENT) if " : " in line]
    assert len(arrows) == sum(len(row.starts) for row in ENROLMENT.rows)
    assert "    [*] --> applied : apply" in arrows
