"""A round of three sessions and everybody in it: what people do, and what must hold after each act."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from campus import clock, db
from campus.errors import Refused
from campus.models import HOLDS_SEAT, CourseSession, Enrolment, EnrolmentState, RoundEntry, RoundSession, RoundState
from campus.queries.rounds import taking_part
from campus.services import offers, round_wishes, rounds
from campus.services.course_sessions import SessionDetails, details_of, move_session
from tests import make

SESSIONS, PEOPLE = 3, 7
START = datetime(2027, 1, 4, 9, tzinfo=clock.PARIS)
VERBS = (rounds.close_round, rounds.decide, rounds.announce)
steps = Counter()


class RoundMachine(RuleBasedStateMachine):
    """What people, staff and the clock do to a round; half of the walks begin once it is announced."""

    def __init__(self):
        super().__init__()
        clock.freeze(START)
        db.session.remove()
        self.world = db.session.get_bind().begin_nested()
        day = START.date()
        dates = {"starts_on": day + timedelta(days=2_000), "seats_min": 1, "seats_max": 1}
        self.sessions = [make.course_session(**dates) for _each in range(SESSIONS)]
        self.staff, self.people = make.staff(), [make.trainee() for _each in range(PEOPLE)]
        days = {"opens_on": day, "closes_on": day + timedelta(days=5), "decides_on": day + timedelta(days=7)}
        details = rounds.RoundDetails("Tour", **days)
        self.round = rounds.create_round(self.staff, details, [each.id for each in self.sessions])
        rounds.open_round(self.staff, self.round)
        self.met = {}

    def teardown(self):
        db.session.remove()
        self.world.rollback()
        clock.freeze(None)

    def attempt(self, act):
        """Do it, or be refused; count it."""
        steps["steps"] += 1
        try:
            with db.session.begin_nested():
                act()
        except Refused:
            steps["refused"] += 1
            db.session.expire_all()

    @initialize(wanted=st.lists(st.permutations(range(SESSIONS)), min_size=PEOPLE, max_size=PEOPLE), told=st.booleans())
    def crowd(self, wanted, told):
        """Begin with wishes from everybody, and often with the result: what can go wrong comes after it."""
        for person, order in enumerate(wanted):
            self.wish(person, order, SESSIONS - person % 2)
        if told:
            clock.freeze(START + timedelta(days=7))
            self.go_on()

    @rule(person=st.integers(0, PEOPLE - 1), wanted=st.permutations(range(SESSIONS)), most=st.integers(1, SESSIONS))
    def wish(self, person, wanted, most):
        ids = [self.sessions[each].id for each in wanted[:most]]
        self.attempt(lambda: round_wishes.rank_wishes(self.people[person], self.round, ids))

    @rule(person=st.integers(0, PEOPLE - 1))
    def leave(self, person):
        self.attempt(lambda: round_wishes.leave(self.people[person], self.round))

    @rule(person=st.integers(0, PEOPLE - 1), act=st.sampled_from([offers.accept, offers.decline]))
    def answer(self, person, act):
        entry = db.session.query(RoundEntry).filter_by(account_id=self.people[person].id).one_or_none()
        if entry is not None and entry.enrolment is not None:
            self.attempt(lambda: act(self.people[person], entry.enrolment))

    @rule(days=st.integers(0, 5))
    def let_time_pass(self, days):
        clock.freeze(clock.now() + timedelta(days=days))
        self.attempt(lambda: offers.expire_offers(clock.now()))

    @rule()
    def go_on(self):
        """Let the campus take the steps that are due."""
        if clock.today() > self.round.closes_on:
            for verb in VERBS:
                self.attempt(lambda verb=verb: verb(self.staff, self.round))

    @rule(where=st.integers(0, SESSIONS - 1), by=st.sampled_from([-1, 1]))
    def raise_or_lower(self, where, by):
        session = self.sessions[where]
        said = {**vars(details_of(session)), "seats_max": min(3, max(1, session.seats_max + by))}
        self.attempt(lambda: move_session(self.staff, session, SessionDetails(**said), version=session.version))

    @invariant()
    def seats_are_counted_and_one_person_holds_one(self):
        fresh = {"populate_existing": True}
        asked = select(Enrolment).where(Enrolment.account_id.in_([each.id for each in self.people]))
        held = [row for row in db.session.scalars(asked, execution_options=fresh) if row.state in HOLDS_SEAT]
        assert len({row.account_id for row in held}) == len(held)
        sessions = db.session.scalars(
            select(CourseSession).where(CourseSession.id.in_([each.id for each in self.sessions])),
            execution_options=fresh,
        )
        for each in sessions:
            there = sum(row.course_session_id == each.id for row in held)
            assert each.seats_taken == there <= each.seats_max

    @invariant()
    def nobody_gets_less_than_they_had(self):
        for entry in taking_part(self.round):
            before = self.met.get(entry.id)
            if self.round.state is RoundState.ANNOUNCED:
                assert before is None or (entry.met is not None and entry.met <= before)
                self.met[entry.id] = entry.met

    @invariant()
    def nobody_prefers_a_seat_that_is_free_or_held_by_somebody_behind(self):
        if self.round.state is not RoundState.ANNOUNCED:
            return
        entries, left = taking_part(self.round), {each.id: each.seats_left for each in self.sessions}
        behind = dict.fromkeys(left, 0)
        for entry in entries:
            for wish in entry.wishes:
                if wish.position == entry.met and entry.enrolment.state in HOLDS_SEAT:
                    behind[wish.course_session_id] = max(behind[wish.course_session_id], wish.rank)
        for entry in entries:
            if entry.enrolment is None or entry.enrolment.state == EnrolmentState.OFFERED:
                better = [each for each in entry.wishes if entry.met is None or each.position < entry.met]
                assert all(left[each.course_session_id] == 0 for each in better)
                assert all(each.rank > behind[each.course_session_id] for each in better)

    @invariant()
    def the_last_rank_that_got_in_is_told(self):
        last = dict(db.session.execute(select(RoundSession.course_session_id, RoundSession.last_rank)).all())
        for entry in taking_part(self.round):
            for wish in entry.wishes:
                if entry.enrolment is not None and wish.position == entry.met:
                    assert wish.rank <= last[wish.course_session_id]
