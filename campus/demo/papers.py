"""The documents of the demo's trainee: a course behind her, with hours and levels, and one ahead."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from campus import clock, db
from campus.demo.content import COURSES
from campus.models import (
    HOURS,
    Account,
    Attendance,
    AttendanceMode,
    AttendanceState,
    Course,
    CourseSession,
    CourseSessionState,
    Enrolment,
    EnrolmentState,
    Half,
    SkillResult,
    Slot,
    TraineeKind,
)
from campus.services import issuing
from campus.wording import french_typography

HOURS_A_WEEK = 35
DIRECTIONS = french_typography(
    "Bus 4, arrêt Technopole, puis 5 minutes à pied.\n"
    "- Entrée par le portail bleu, parking à gauche.\n"
    "- Rez-de-chaussée accessible en fauteuil."
)


def issue_papers(people: dict[str, Account]) -> None:
    """Give the demo's trainee a certificate, an attestation and a call-up, and a course its programme."""
    trainee, staff = people["stagiaire@demo.campus"], people["equipe@demo.campus"]
    behind = _enrolment(trainee, _past_session(_course(0)), EnrolmentState.COMPLETED)
    _attend(behind, staff)
    issuing.issue_certificate(staff, behind)
    issuing.issue_attestation(staff, behind)
    ahead = _next_session(_course(3))
    if ahead is not None:
        ahead.directions = DIRECTIONS
        _half_days(ahead, 2)
        issuing.issue_call_up(staff, _enrolment(trainee, ahead, EnrolmentState.CONFIRMED))
    issuing.issue_programme(staff, _course(0))


def _course(place: int) -> Course:
    title = french_typography(COURSES[place].title)
    return db.session.scalars(select(Course).where(Course.title == title)).one()


def _past_session(course: Course) -> CourseSession:
    today = clock.today()
    ends = today - timedelta(days=today.weekday() + 24)  # a Friday, some three weeks ago
    weeks = math.ceil((course.hours or HOURS_A_WEEK) / HOURS_A_WEEK)
    made = CourseSession(
        course=course,
        starts_on=ends - timedelta(days=7 * weeks - 3),
        ends_on=ends,
        commune_code="28085",
        place=french_typography("Campus industriel de Chartres"),
        seats_max=12,
        state=CourseSessionState.CLOSED,
    )
    db.session.add(made)
    db.session.flush()
    return made


def _next_session(course: Course) -> CourseSession | None:
    return db.session.scalars(
        select(CourseSession)
        .where(CourseSession.course_id == course.id, CourseSession.state == CourseSessionState.OPEN)
        .order_by(CourseSession.starts_on)
    ).first()


def _enrolment(trainee: Account, session: CourseSession, state: EnrolmentState) -> Enrolment:
    asked = datetime.combine(min(session.starts_on or clock.today(), clock.today()), time(10), clock.PARIS)
    made = Enrolment(course_session=session, account=trainee, state=state, created_at=asked - timedelta(days=25))
    made.trainee_kind = TraineeKind.JOBSEEKER
    session.seats_taken += 1
    db.session.add(made)
    db.session.flush()
    return made


def _half_days(session: CourseSession, days: int) -> list[Slot]:
    """Plan both halves of the first working days of a session."""
    found = _working_days(session)[:days]
    made = [
        Slot(course_session=session, day=day, half=half, begins=HOURS[half][0], ends=HOURS[half][1])
        for day in found
        for half in Half
    ]
    db.session.add_all(made)
    db.session.flush()
    return made


def _working_days(session: CourseSession) -> list[date]:
    if session.starts_on is None or session.ends_on is None:
        return []
    length = (session.ends_on - session.starts_on).days + 1
    days = [session.starts_on + timedelta(days=ahead) for ahead in range(length)]
    return [day for day in days if day.weekday() < 5]


def _attend(enrolment: Enrolment, staff: Account) -> None:
    """Let the person be there all along, and reach what the course aims at, but for the last skill."""
    session = enrolment.course_session
    for slot in _half_days(session, len(_working_days(session))):
        signed = {"state": AttendanceState.PRESENT, "minutes": slot.minutes, "mode": AttendanceMode.PAPER}
        attended = Attendance(enrolment_id=enrolment.id, slot_id=slot.id, signed_at=slot.ends_at, **signed)
        attended.recorded_by_id, attended.settled_at = staff.id, slot.ends_at
        db.session.add(attended)
    for each in session.course.outcomes[:-1]:
        reached = SkillResult(enrolment_id=enrolment.id, skill_id=each.skill_id, level=each.exit_level)
        reached.assessor_id, reached.assessed_on = staff.id, session.ends_on or clock.today()
        db.session.add(reached)
    db.session.flush()
