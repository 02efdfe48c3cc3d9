"""Two sessions of one course and everybody who wants in: what people do, and what must hold after each act."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from sqlalchemy import func, select

from campus import clock, db
from campus.errors import Refused
from campus.models import (
    ACTIVE,
    HOLDS_SEAT,
    WAITING,
    AuditEvent,
    CourseSession,
    Enrolment,
    EnrolmentState,
    NeedPost,
    ReservationState,
    Role,
    SeatReservation,
)
from campus.queries.coverage import coverage_of, events_of_post
from campus.services import attending, ledger, offers
from campus.services.admissions import admit, ask_positioning, let_first, move, refuse, tie_to_post
from campus.services.course_sessions import SessionDetails, details_of, move_session
from campus.services.enrolments import apply, withdraw
from campus.services.reservations import Wish, give_back, name_person, reserve, return_unused
from campus.services.session_lives import cancel_session
from tests import make

SEATS, PEOPLE = 2, 6
START = datetime(2027, 1, 4, 9, tzinfo=clock.PARIS)
FAR = START.date() + timedelta(days=2_000)
S = EnrolmentState
# How far the ledger says a candidate has come, for each state of an application that is tied to a post.
TOLD = {
    S.CONFIRMED: {"enrolled"},
    S.CALLED_UP: {"enrolled"},
    S.ATTENDED: {"started"},
    S.COMPLETED: {"completed"},
    S.COMPLETED_PART: {"completed"},
}
BEFORE = {"proposed", "reserved"}
steps = Counter()


class SeatMachine(RuleBasedStateMachine):
    """What trainees, staff, firms and the clock do to the seats."""

    enrolments = Bundle("enrolments")

    def __init__(self):
        super().__init__()
        clock.freeze(START)
        db.session.remove()
        self.world = db.session.get_bind().begin_nested()
        self.seen = None
        course = make.course()
        dates = {"starts_on": FAR, "seats_min": 1, "seats_max": SEATS}
        self.sessions = [make.course_session(course, **dates) for _ in range(2)]
        self.people = [make.account() for _ in range(PEOPLE)]
        self.staff, self.firm = make.account(Role.STAFF), make.employer()
        self.site = make.organisation_of(self.firm)
        self.need = make.need(self.site, self.firm, posts=2, skills=[make.skill()])
        self.posts = list(db.session.scalars(select(NeedPost).where(NeedPost.need_id == self.need.id)))
        self.kept = []
        self.lines = {each.id: self.line(each) for each in self.sessions}
        self.exceptions = self.count_exceptions()

    def teardown(self):
        """Undo the walk: what one leaves behind would make the clock's work longer for each that follows."""
        db.session.remove()
        self.world.rollback()
        clock.freeze(None)

    def attempt(self, act):
        """Do it, or be refused; count it. A refusal leaves nothing behind, as at the edge of a request."""
        steps["steps"] += 1
        self.seen = None
        try:
            with db.session.begin_nested():
                return act()
        except Refused:
            steps["refused"] += 1
            db.session.expire_all()
            return None

    # What people do.

    @initialize(target=enrolments, where=st.integers(0, 1))
    def crowd(self, where):
        """Begin with more people than seats: most of what can go wrong happens on a waiting list."""
        made = [self.attempt(lambda each=each: apply(each, self.sessions[where])) for each in self.people]
        return multiple(*made)

    @rule(target=enrolments, person=st.integers(0, PEOPLE - 1), where=st.integers(0, 1))
    def apply(self, person, where):
        return self.attempt(lambda: apply(self.people[person], self.sessions[where])) or multiple()

    @rule(enrolment=enrolments)
    def withdraw(self, enrolment):
        self.attempt(lambda: withdraw(enrolment.account, enrolment))

    @rule(enrolment=enrolments)
    def accept(self, enrolment):
        self.attempt(lambda: offers.accept(enrolment.account, enrolment))

    @rule(enrolment=enrolments)
    def decline(self, enrolment):
        self.attempt(lambda: offers.decline(enrolment.account, enrolment))

    # What staff do.

    @rule(enrolment=enrolments, first=st.booleans())
    def admit(self, enrolment, first):
        self.attempt(lambda: (ask_positioning if first else admit)(self.staff, enrolment))

    @rule(enrolment=enrolments)
    def refuse(self, enrolment):
        self.attempt(lambda: refuse(self.staff, enrolment, "Motif."))

    @rule(target=enrolments, enrolment=enrolments)
    def move(self, enrolment):
        there = self.sessions[enrolment.course_session_id == self.sessions[0].id]
        return self.attempt(lambda: move(self.staff, enrolment, there, reason="Motif.")) or multiple()

    @rule(enrolment=enrolments, post=st.integers(0, 1))
    def tie(self, enrolment, post):
        self.attempt(lambda: tie_to_post(self.staff, enrolment, self.posts[post], reason="Motif."))

    @rule(enrolment=enrolments)
    def let_first(self, enrolment):
        self.attempt(lambda: let_first(self.staff, enrolment, reason="Motif."))

    @rule(where=st.integers(0, 1), by=st.sampled_from([-2, -1, 1]))
    def raise_or_lower(self, where, by):
        self.attempt(lambda: self.resize(self.sessions[where], by))

    @rule(where=st.integers(0, 1), really=st.integers(0, 9))
    def cancel(self, where, really):
        if not really:
            self.attempt(lambda: cancel_session(self.staff, self.sessions[where], reason="Motif."))

    @rule(
        enrolment=enrolments,
        verb=st.sampled_from([attending.call_up, attending.note_present, attending.note_absent, attending.complete]),
    )
    def attend(self, enrolment, verb):
        self.attempt(lambda: verb(self.staff, enrolment))

    # What firms and the clock do.

    @rule(where=st.integers(0, 1), tied=st.booleans(), days=st.integers(0, 20))
    def reserve(self, where, tied, days):
        wish = Wish(1, clock.today() + timedelta(days=days), self.need if tied else None)
        made = self.attempt(lambda: reserve(self.firm, self.site, self.sessions[where], wish=wish))
        self.kept += [made] if made else []

    @rule(target=enrolments, which=st.integers(0, 20), person=st.integers(0, PEOPLE - 1))
    def name(self, which, person):
        if not self.kept:
            return multiple()
        kept, email = self.kept[which % len(self.kept)], self.people[person].email
        return self.attempt(lambda: name_person(self.firm, kept, email=email, name="Une Personne")) or multiple()

    @rule(which=st.integers(0, 20))
    def give_back(self, which):
        if self.kept:
            self.attempt(lambda: give_back(self.firm, self.kept[which % len(self.kept)]))

    @rule(hours=st.integers(1, 80), watched=st.booleans())
    def let_time_pass(self, hours, watched):
        clock.freeze(clock.now() + timedelta(hours=hours))
        if watched:
            self.attempt(lambda: return_unused(clock.today()))
            self.attempt(lambda: offers.expire_offers(clock.now()))
            self.attempt(lambda: offers.remind_offers(clock.now()))

    def resize(self, course_session, by):
        said = vars(details_of(course_session))
        wanted = SessionDetails(**{**said, "seats_max": max(1, course_session.seats_max + by)})
        return move_session(self.staff, course_session, wanted, version=course_session.version)

    # What must hold.

    def rows(self, course_session):
        """Give the applications to a session, read once after each step."""
        if self.seen is None:
            fresh = {"populate_existing": True}
            ids = [each.id for each in self.sessions]
            db.session.scalars(select(CourseSession).where(CourseSession.id.in_(ids)), execution_options=fresh).all()
            found = select(Enrolment).where(Enrolment.course_session_id.in_(ids)).order_by(Enrolment.id)
            self.seen = list(db.session.scalars(found, execution_options=fresh))
        return [row for row in self.seen if row.course_session_id == course_session.id]

    def line(self, course_session):
        """Give who waits, in the order of the rule."""
        waiting = [row for row in self.rows(course_session) if row.state in WAITING]
        return [row.id for row in sorted(waiting, key=lambda row: (row.priority, row.rank))]

    def count_exceptions(self):
        asked = select(AuditEvent.subject_id, func.count()).where(AuditEvent.action == "rank_exception")
        return dict(db.session.execute(asked.group_by(AuditEvent.subject_id)).all())

    @invariant()
    def seats_are_counted_and_never_oversold(self):
        for course_session in self.sessions:
            holders = [row for row in self.rows(course_session) if row.state in HOLDS_SEAT]
            unnamed = db.session.scalar(
                select(func.coalesce(func.sum(SeatReservation.unnamed), 0)).where(
                    SeatReservation.course_session_id == course_session.id,
                    SeatReservation.state == ReservationState.OPEN,
                )
            )
            assert course_session.seats_taken == len(holders) + unnamed <= course_session.seats_max

    @invariant()
    def nobody_waits_beside_a_free_seat_and_ranks_have_no_gap(self):
        for course_session in self.sessions:
            rows = self.rows(course_session)
            ranks = sorted(row.rank for row in rows if row.rank is not None)
            assert ranks == list(range(1, course_session.last_rank + 1))
            assert course_session.seats_left == 0 or not [row for row in rows if row.state in WAITING]

    @invariant()
    def nobody_overtakes_and_no_place_gets_worse_without_a_signed_exception(self):
        written = self.count_exceptions()
        for course_session in self.sessions:
            key, now, then = str(course_session.id), self.line(course_session), self.lines[course_session.id]
            signed = written.get(key, 0) - self.exceptions.get(key, 0)
            stayed = [each for each in then if each in now]
            assert signed <= 1
            if not signed:
                assert [each for each in now if each in stayed] == stayed
                assert self.who_got_a_seat_came_first(then, now)
            for place, each in enumerate(now):
                assert each not in then or place <= then.index(each) + signed
            self.lines[course_session.id] = now
        self.exceptions = written

    def who_got_a_seat_came_first(self, then, now):
        """Tell whether nobody was left waiting before one who was offered a seat; a named one took the firm's own."""
        for place, each in enumerate(then):
            row = db.session.get_one(Enrolment, each)
            from_the_pool = row.state in HOLDS_SEAT and row.reservation_id is None
            if from_the_pool and [other for other in then[:place] if other in now]:
                return False
        return True

    @invariant()
    def one_person_has_one_application_a_session(self):
        for course_session in self.sessions:
            active = [row.account_id for row in self.rows(course_session) if row.state in ACTIVE]
            assert len(active) == len(set(active))

    @invariant()
    def the_ledger_and_the_states_agree(self):
        for post in self.posts:
            db.session.refresh(post)
            known = coverage_of(events_of_post(post.id))
            assert post.state.value == known.state
            tied = db.session.scalars(select(Enrolment).where(Enrolment.need_post_id == post.id))
            for row in tied.all():
                said = known.candidates.get(str(row.id))
                expected = TOLD.get(row.state) or (BEFORE if row.state in ACTIVE else {ledger.LOST})
                assert said in expected, (row.state, said)

    @invariant()
    def an_offer_has_a_deadline(self):
        rows = [row for each in self.sessions for row in self.rows(each)]
        assert all(row.offer_until is not None for row in rows if row.state == S.OFFERED)
