"""Whatever people do, in whatever order: seats are not oversold, and nobody passes anybody."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, multiple, rule, run_state_machine_as_test
from sqlalchemy import select

from campus import db
from campus.errors import Refused
from campus.models import ACTIVE, HOLDS_SEAT, CourseSession, Enrolment, EnrolmentState, Role
from campus.services.admissions import admit, move, refuse
from campus.services.enrolments import apply, withdraw
from campus.services.offers import offer_next
from tests import make

SEATS = 3


class Seats(RuleBasedStateMachine):
    """Two sessions of one course, and everybody who wants in."""

    enrolments = Bundle("enrolments")

    def __init__(self):
        super().__init__()
        course = make.course()
        self.sessions = [make.course_session(course, seats_min=1, seats_max=SEATS) for _ in range(2)]
        self.people = [make.account() for _ in range(8)]
        self.staff = make.account(Role.STAFF)
        self.best = {}

    @rule(target=enrolments, person=st.integers(0, 7), where=st.integers(0, 1))
    def somebody_applies(self, person, where):
        return apply(self.people[person], self.sessions[where])

    @rule(enrolment=enrolments)
    def somebody_withdraws(self, enrolment):
        self.attempt(lambda: withdraw(enrolment.account, enrolment))

    @rule(enrolment=enrolments)
    def staff_admit(self, enrolment):
        self.attempt(lambda: admit(self.staff, enrolment))

    @rule(enrolment=enrolments)
    def staff_refuse(self, enrolment):
        self.attempt(lambda: refuse(self.staff, enrolment, "Motif."))

    @rule(target=enrolments, enrolment=enrolments)
    def staff_move(self, enrolment):
        there = self.sessions[enrolment.course_session_id == self.sessions[0].id]
        return self.attempt(lambda: move(self.staff, enrolment, there, reason="Motif.")) or multiple()

    @rule(where=st.integers(0, 1))
    def staff_add_a_seat(self, where):
        self.sessions[where].seats_max += 1
        db.session.flush()
        offer_next(self.sessions[where])

    def attempt(self, act):
        try:
            return act()
        except Refused:
            return None

    def rows(self, course_session):
        asked = select(Enrolment).where(Enrolment.course_session_id == course_session.id)
        return list(db.session.scalars(asked.execution_options(populate_existing=True)))

    @invariant()
    def seats_are_counted_and_never_oversold(self):
        for course_session in self.sessions:
            db.session.refresh(course_session)
            holders = [row for row in self.rows(course_session) if row.state in HOLDS_SEAT]
            assert course_session.seats_taken == len(holders) <= course_session.seats_max

    @invariant()
    def ranks_have_no_gap_and_nobody_waits_beside_a_free_seat(self):
        for course_session in self.sessions:
            rows = self.rows(course_session)
            ranks = sorted(row.rank for row in rows if row.rank is not None)
            assert ranks == list(range(1, course_session.last_rank + 1))
            assert course_session.seats_left == 0 or all(row.state != EnrolmentState.WAITLISTED for row in rows)

    @invariant()
    def nobody_overtakes(self):
        for course_session in self.sessions:
            rows = sorted((row for row in self.rows(course_session) if row.rank), key=lambda row: row.rank)
            waiting = [row.rank for row in rows if row.state == EnrolmentState.WAITLISTED]
            seated = [row.rank for row in rows if row.state in HOLDS_SEAT]
            assert not waiting or not seated or max(seated) < min(waiting)

    @invariant()
    def a_place_in_the_list_never_gets_worse(self):
        for course_session in self.sessions:
            waiting = sorted(row.rank for row in self.rows(course_session) if row.state == EnrolmentState.WAITLISTED)
            for position, rank in enumerate(waiting, start=1):
                assert position <= self.best.get((course_session.id, rank), position)
                self.best[course_session.id, rank] = position

    @invariant()
    def one_person_has_one_application_a_session(self):
        for course_session in self.sessions:
            active = [row.account_id for row in self.rows(course_session) if row.state in ACTIVE]
            assert len(active) == len(set(active))


def test_seats_and_ranks_hold_whatever_people_do(db):
    phases = (Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink)
    checks = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    run_state_machine_as_test(
        Seats,
        settings=settings(
            max_examples=8, stateful_step_count=30, deadline=None, phases=phases, suppress_health_check=checks
        ),
    )
    assert db.session.scalar(select(CourseSession.id).limit(1))
