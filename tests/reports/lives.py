"""The lives of some needs and sessions, by lot: what firms say, what becomes of posts, who follows what."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from campus import clock, db
from campus.errors import Refused
from campus.lifecycles import Impossible
from campus.lifecycles.post import CHAIN
from campus.models import (
    Commitment,
    CommitmentStep,
    CourseOccupation,
    CourseSessionState,
    CoverageEvent,
    CoverageKind,
    CoverageSource,
    EnrolmentState,
    NeedPost,
)
from campus.services import attending, ledger
from campus.services.course_sessions import write_changes
from campus.services.results import say_satisfaction
from tests import make

START = datetime(2027, 1, 4, 9, tzinfo=UTC)
SOURCES = (CoverageSource.CAMPUS, CoverageSource.CAMPUS, CoverageSource.FIRM, CoverageSource.TRAINEE)
ASIDE = ("lost", "reopened", "confirmed", "contested")
SAID = (CommitmentStep.DECLARED, CommitmentStep.CONFIRMED, CommitmentStep.LETTER, CommitmentStep.CONTRACT)


class Lives:
    """A small campus that lives for some years; the same for the same seed."""

    trades_known = 3

    def __init__(self, seed, *, firms=3, needs=8):
        self.luck = random.Random(seed)  # noqa: S311 (made-up lives)
        clock.freeze(START)
        self.staff = make.staff()
        self.trades = [make.occupation(f"Métier {each}") for each in range(self.trades_known)]
        self.firms = [make.organisation() for _each in range(firms)]
        self.authors = [make.employer(each) for each in self.firms]
        self.course = make.course()
        self.sessions = [self._session(each) for each in range(4)]
        self.followed = []
        self.needs = [self._need() for _each in range(needs)]

    def live(self, acts):
        """Let so many things happen, a few days apart; what the rules refuse does not happen."""
        for _each in range(acts):
            clock.freeze(clock.now() + timedelta(days=self.luck.randrange(1, 12)))
            try:
                self.luck.choice(self.acts())(self.luck.choice(self.needs))
            except (Refused, Impossible):
                continue
        db.session.commit()

    def acts(self):
        """List what may happen, the likelier more often."""
        return (self._say, *[self._cover] * 4, self._attend, self._attend)

    def newcomer(self, session):
        """Make somebody of a session."""
        return make.enrolment(session, make.trainee(), state=EnrolmentState.CONFIRMED)

    def _session(self, place):
        courses = (self.course, make.course([], title=f"Cours {place}"))
        if place == 1:
            make.save(CourseOccupation(course_id=courses[1].id, occupation_id=self.trades[0].id))
        first = START.date() + timedelta(days=120 * place)
        dates = {"starts_on": first, "ends_on": first + timedelta(days=200), "seats_max": 20}
        return make.course_session(courses[place % 2], state=CourseSessionState.RUNNING, **dates)

    def _attend(self, _need):
        session = self.luck.choice(self.sessions)
        verb = self.luck.randrange(8)
        if verb < 3 or not self.followed:
            self.followed += [self.newcomer(session)] if session.seats_left else []
            return
        enrolment = self.luck.choice(self.followed)
        if verb == 3:
            write_changes(self.staff, session, "session_moved", seats_max=[session.seats_max, session.seats_max + 1])
        elif verb == 4 and enrolment.state is EnrolmentState.ATTENDED:
            attending.drop_out(self.staff, enrolment, self.luck.choice(("Santé", "Emploi trouvé")))
        elif verb == 5 and enrolment.state is EnrolmentState.ATTENDED:
            attending.complete(self.staff, enrolment, wholly=self.luck.random() < 0.7)
        elif verb == 6:
            say_satisfaction(enrolment.account, enrolment, score=self.luck.randint(1, 5), comment="")
        else:
            attending.note_present(self.staff, enrolment)

    def _need(self):
        clock.freeze(clock.now() + timedelta(days=self.luck.randrange(40)))
        place = self.luck.randrange(len(self.firms))
        made = make.need(
            self.firms[place],
            self.authors[place],
            skills=[],
            posts=self.luck.randint(1, 5),
            occupation=self.luck.choice([*self.trades, None]),
        )
        if self.luck.random() < 0.9:
            self._line(made, CommitmentStep.DECLARED, made.posts)
        return made

    def _line(self, need, step, posts, **given):
        values = {"organisation_id": need.organisation_id, "need_id": need.id, "actor_id": need.author_id}
        return make.save(Commitment(step=step, posts=posts, evidence={}, **values, **given))

    def _say(self, need):
        query = select(Commitment).where(Commitment.need_id == need.id, Commitment.withdraws_id.is_(None))
        lines = list(db.session.scalars(query.order_by(Commitment.at, Commitment.id)))
        if lines and self.luck.random() < 0.3:
            line = self.luck.choice(lines)
            self._line(need, line.step, line.posts, withdraws_id=line.id, reason="Projet reporté.")
        else:
            self._line(need, self.luck.choice(SAID), self.luck.randint(1, need.posts + 1))

    def _cover(self, need):
        posts = list(db.session.scalars(select(NeedPost).where(NeedPost.need_id == need.id).order_by(NeedPost.number)))
        post = self.luck.choice(posts)
        lines = list(db.session.scalars(select(CoverageEvent).where(CoverageEvent.need_post_id == post.id)))
        kind = self.luck.choice((*CHAIN, *CHAIN[-4:], *ASIDE))
        if kind in ASIDE[2:]:
            if lines:
                about = self.luck.choice(lines)
                (ledger.confirm if kind == "confirmed" else ledger.contest)(
                    self.authors[self.firms.index(need.organisation)],
                    about,
                    *(() if kind == "confirmed" else ("Non.",)),
                )
            return
        candidate = None if self.luck.random() < 0.2 else self._candidate(lines)
        source = self.luck.choice(SOURCES)
        ledger.append(
            self.staff, post.id, CoverageKind(kind), enrolment=candidate, source=source, reason="Tiré au sort."
        )

    def _candidate(self, lines):
        known = [line.enrolment for line in lines if line.enrolment]
        if known and self.luck.random() < 0.7:
            return self.luck.choice(known)
        return make.enrolment(make.course_session(self.course), make.trainee(), state=EnrolmentState.CONFIRMED)
