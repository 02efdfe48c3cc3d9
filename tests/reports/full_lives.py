"""Lives with all that dossiers tell of: courses with their cost and equipment, half-days, marks, amounts, targets."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

from campus import clock
from campus.models import (
    Attendance,
    AttendanceMode,
    AttendanceState,
    CertificationKind,
    Contract,
    CourseEquipment,
    CourseOccupation,
    CourseSessionState,
    CourseState,
    CourseTeaching,
    EnrolmentState,
    Half,
    IndicatorTarget,
    NeedPost,
    NeedState,
    TraineeKind,
    YearlyAmount,
)
from campus.services import attending
from tests import make
from tests.reports.lives import START, Lives

THINGS = ("Four", "Ligne de conditionnement", "Salle blanche")
CERTIFIED = ((CertificationKind.NONE, None), (CertificationKind.RS, None), (CertificationKind.RNCP, 4))
CERTIFIED += ((CertificationKind.RNCP, 3), (CertificationKind.RNCP, None))
STATES = (CourseState.PUBLISHED,) * 4 + (CourseState.SUSPENDED,)
NOT_RUNNING = tuple(each for each in CourseSessionState if each is not CourseSessionState.RUNNING)
NOT_PUBLISHED = (NeedState.EXPIRED, NeedState.WITHDRAWN, NeedState.COVERED)
SPECIALITIES = ("222", "222u", "225", "326", "312t", "250", "201", "343")
LINES = ("firms", "apprenticeship", "region", "others", "charges", "purchases", "wages", "entrusted")
FIGURES = ("declared", "hired", "fill", "satisfaction")


class FullLives(Lives):
    """A campus of which every figure of every report is something."""

    trades_known = 6

    def __init__(self, seed, *, courses=6, **size):
        super().__init__(seed, **size)
        for each in self.trades[4:]:
            each.parent_code = self.trades[3].code
        self.trainers = [make.trainer(display_name=each) for each in ("Camille", "Camille", "Dominique")]
        self.courses = [self._course(each) for each in range(courses)]
        self.planned = [self._planned(place) for place in range(2 * courses)]
        self.sessions += [self._session_of(each) for each in self.courses[:2]]
        self.slots = [each for session in self.sessions for each in self._slots(session)]
        for need in self.needs:
            need.contract = self.luck.choice((Contract.APPRENTICESHIP, Contract.PERMANENT, Contract.NOT_KNOWN))
            need.state = self.luck.choice((NeedState.PUBLISHED,) * 4 + NOT_PUBLISHED)
        self._type()
        self.chance = random.Random(seed)  # noqa: S311 (made-up lives)
        self._specialise(self.chance)
        self.followed = [self.newcomer(each) for each in self.sessions for _each in range(3)]
        for each in self.followed[::2]:
            attending.note_present(self.staff, each)

    @classmethod
    def lived(cls, seed):
        """Make a campus that has lived for two years or so."""
        made = cls(seed, needs=20, firms=5)
        made.live(150)
        return made

    def acts(self):
        """Let more people follow courses, and sign on half-days."""
        return (*super().acts(), *[self._attend] * 16, *[self._mark] * 3, *[self._say] * 3)

    def newcomer(self, session):
        """Make somebody of a session, perhaps sent by a firm, perhaps for a post."""
        given = {"trainee_kind": self.chance.choice((None, None, *TraineeKind))}
        if self.luck.random() < 0.3:
            given["reservation_id"] = make.reservation(session, self.luck.choice(self.authors)).id
        if self.luck.random() < 0.4:
            need = self.luck.choice(self.needs)
            given["need_post_id"] = make.db.session.query(NeedPost.id).filter_by(need_id=need.id, number=1).scalar()
        return make.enrolment(session, make.trainee(), state=EnrolmentState.CONFIRMED, **given)

    def _course(self, place):
        kind, level = self.luck.choice(CERTIFIED)
        certified = {"certification_kind": kind, "certification_level": level}
        hours, state = self.luck.choice((None, 35, 70)), self.luck.choice(STATES)
        made = make.course([], title=f"Conduite {place}", hours=hours, state=state, **certified)
        for trade in {self.trades[1 + place % 5], self.luck.choice(self.trades[1:])} - {self.trades[5]}:
            make.save(CourseOccupation(course_id=made.id, occupation_id=trade.id))
        for name in self.luck.sample(THINGS, self.luck.randint(0, 2)):
            make.save(CourseEquipment(course_id=made.id, name=name))
        if self.luck.random() < 0.8:
            seats, cost = self.luck.choice((None, 2, 3)), self.luck.choice((None, *range(3)))
            amount = None if cost is None else Decimal(self.luck.randrange(50_000, 500_000)) / 100
            typed = {"seats_min": seats and 1, "seats_max": seats, "cost": amount}
            make.save(CourseTeaching(course_id=made.id, **typed))
        return made

    def _planned(self, place):
        """Make a session that does not take place now: to come, over, put off, without dates."""
        state = NOT_RUNNING[place % len(NOT_RUNNING)]
        session = make.course_session(
            self.courses[place // 2],
            state=state,
            starts_on=START.date() + timedelta(days=self.luck.randrange(400)),
            seats_min=1,
            seats_max=self.luck.randint(1, 3),
        )
        if state is CourseSessionState.PREPARATION:
            session.starts_on = session.ends_on = None
        return session

    def _session_of(self, course):
        first = START.date() + timedelta(days=self.luck.randrange(400))
        dates = {"starts_on": first, "ends_on": first + timedelta(days=60), "seats_max": 12}
        return make.course_session(course, state=CourseSessionState.RUNNING, **dates)

    def _slots(self, session):
        """Make some half-days, far enough apart: held, cancelled, without a trainer."""
        place = self.sessions.index(session)
        for each in range(4):
            trainer = self.luck.choice((*self.trainers, None))
            day = session.starts_on + timedelta(days=7 * len(self.sessions) * each + place)
            cancelled = clock.now() if self.luck.random() < 0.2 else None
            half = self.luck.choice(tuple(Half))
            yield make.slot(session, day=day, half=half, trainer=trainer, cancelled_at=cancelled)

    def _mark(self, _need):
        """Sign for somebody on a half-day of their session that has come."""
        if not self.followed:
            return
        enrolment = self.luck.choice(self.followed)
        mine = [each for each in self.slots if each.course_session_id == enrolment.course_session_id]
        come = [each for each in mine if each.day <= clock.today() and not each.cancelled_at]
        slot = self.luck.choice(come or [None])
        there = {"enrolment_id": enrolment.id, "slot_id": slot and slot.id}
        if slot is None or make.db.session.query(Attendance).filter_by(**there).count():
            return
        minutes = self.luck.choice((0, 37, 115, 210))
        state = AttendanceState.PRESENT if minutes else AttendanceState.ABSENT
        how = {"mode": AttendanceMode.PAPER, "recorded_by_id": self.staff.id}
        make.save(Attendance(**there, minutes=minutes, state=state, **how))

    def _specialise(self, luck):
        """Give courses a speciality, and half-days of one session, now and years ahead, to two trainers of one name."""
        for course in (self.course, *self.courses, *(each.course for each in self.sessions)):
            course.nsf_code = luck.choice(("", *SPECIALITIES))
            if course.certification_kind is CertificationKind.RS:
                course.certification_level = luck.choice((None, 3))
        for each, trainer in zip(Half, self.trainers, strict=False):
            for day in (self.sessions[0].starts_on + timedelta(days=1), date(START.year + 4, 12, 28)):
                make.slot(self.sessions[0], day=day, half=each, trainer=trainer)

    def _type(self):
        """Type amounts of a year, and where indicators start and should be."""
        for line in self.luck.sample(LINES, 5):
            amount = Decimal(self.luck.randrange(10_000_000)) / 100
            make.save(YearlyAmount(year=START.year, line=line, amount=amount, author_id=self.staff.id))
        for figure in FIGURES:
            typed = {"baseline": Decimal(self.luck.randrange(1000)) / 10, "baseline_on": START.date()}
            if self.luck.random() < 0.7:
                typed |= {"target": Decimal(90), "target_on": START.date() + timedelta(days=700), "source": "Comité"}
            make.save(IndicatorTarget(figure=figure, author_id=self.staff.id, **typed))
