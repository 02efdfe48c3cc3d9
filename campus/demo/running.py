"""What runs in the demo: rooms, a trainer, half-days on the sessions to come, and one session under way."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from campus import clock, db
from campus.models import (
    Account,
    AttendanceMode,
    AttendanceState,
    ChecklistKind,
    Course,
    CourseOutcome,
    CourseSession,
    CourseSessionState,
    Enrolment,
    EnrolmentState,
    Half,
    Role,
    Room,
    RoomEquipment,
    Slot,
    TraineeKind,
    TrainerSkill,
)
from campus.opening_hours import is_holiday
from campus.queries.checklists import checklist_of
from campus.queries.slots import slots_of
from campus.services import attendance
from campus.services.attendance import Mark
from campus.services.checklists import make_checklist
from campus.services.slots import SlotPlan, plan_slots

TRAINER, STAFF = "formateur@demo.campus", "equipe@demo.campus"
RUNNING, PLANNED = "Cariste et préparation de commandes", "Conduire une ligne de conditionnement"
ROOMS = (
    ("Atelier conditionnement", 14, ("Remplisseuse 4 becs", "Étuyeuse", "Convoyeur")),
    ("Quai logistique", 12, ("Chariot catégorie 3", "Terminal de préparation")),
    ("Salle Eure", 16, ("Vidéoprojecteur", "Tableau blanc")),
)
SEEN = frozenset({ChecklistKind.ROOM, ChecklistKind.CALL_UP})
NAMES = ("Inès Lambert", "Yanis Roche", "Manon Girard", "Lucas Perrin", "Fatou Ndiaye")
TRAINEE_KINDS = (TraineeKind.JOBSEEKER, TraineeKind.PRIVATE, TraineeKind.JOBSEEKER, TraineeKind.INDIVIDUAL, None)


def begin_running(people: dict[str, Account]) -> None:
    """Write rooms, habilitations, half-days and a session that began two working days ago."""
    rooms = {name: _room(name, capacity, things) for name, capacity, things in ROOMS}
    trainer, staff = people[TRAINER], people[STAFF]
    for title in (RUNNING, PLANNED):
        _habilitate(trainer, _course(title))
    db.session.flush()
    session = _running_session(_course(RUNNING))
    first, last = session.starts_on or clock.today(), session.ends_on or clock.today()
    weekend = frozenset(range(7)) if clock.today().weekday() > 4 else frozenset(range(5))
    plan = SlotPlan(first, last, frozenset(Half), weekend, rooms["Quai logistique"], trainer)
    plan_slots(staff, session, plan)
    _tick_past(staff, session)
    _attend(trainer, session, [_taught(session, number, name) for number, name in enumerate(NAMES, start=1)])
    _plan_next(staff, trainer, rooms["Atelier conditionnement"])


def _room(name: str, capacity: int, things: tuple[str, ...]) -> Room:
    made = Room(name=name, capacity=capacity, place="Campus industriel de Chartres", commune_code="28085")
    made.equipment = [RoomEquipment(name=each) for each in things]
    db.session.add(made)
    return made


def _course(title: str) -> Course:
    return db.session.scalars(select(Course).where(Course.title == title)).one()


def _habilitate(trainer: Account, course: Course) -> None:
    known = set(db.session.scalars(select(TrainerSkill.skill_id).where(TrainerSkill.account_id == trainer.id)))
    until = clock.today() + timedelta(days=700)
    for outcome in db.session.scalars(select(CourseOutcome).where(CourseOutcome.course_id == course.id)):
        if outcome.skill_id not in known:
            db.session.add(TrainerSkill(account_id=trainer.id, skill_id=outcome.skill_id, valid_until=until))
    db.session.flush()


def _working_day(back: int) -> date:
    day = clock.today()
    while back:
        day -= timedelta(days=1)
        back -= day.weekday() < 5 and not is_holiday(day)
    return day


def _running_session(course: Course) -> CourseSession:
    made = CourseSession(
        course=course,
        starts_on=_working_day(2),
        ends_on=clock.today() + timedelta(days=3),
        commune_code="28085",
        place="Campus industriel de Chartres",
        seats_min=4,
        seats_max=8,
        state=CourseSessionState.RUNNING,
    )
    db.session.add(made)
    db.session.flush()
    make_checklist(made)
    return made


def _tick_past(staff: Account, session: CourseSession) -> None:
    """Tick off what was due before today, on its day, but what the service sees done by itself."""
    for each in checklist_of(session):
        if each.kind not in SEEN and each.due_on is not None and each.due_on < clock.today():
            each.done_at, each.done_by = datetime.combine(each.due_on, time(9), clock.PARIS), staff
    db.session.flush()


def _taught(session: CourseSession, number: int, name: str) -> Enrolment:
    person = Account(
        email=f"stagiaire{number}@demo.campus", display_name=name, role=Role.TRAINEE, confirmed_at=clock.now()
    )
    made = Enrolment(course_session=session, account=person, state=EnrolmentState.CALLED_UP)
    made.trainee_kind = TRAINEE_KINDS[number - 1]
    session.seats_taken += 1
    db.session.add_all([person, made])
    db.session.flush()
    return made


def _attend(trainer: Account, session: CourseSession, taught: list[Enrolment]) -> None:
    """Mark the half-days of the days before today: all there, but one late and one away on the first morning."""
    for number, slot in enumerate(each for each in slots_of(session) if each.day < clock.today()):
        sheet = {each: _mark(person if number == 0 else -1) for person, each in enumerate(taught)}
        attendance.type_in_sheet(trainer, slot, sheet)
    attendance.settle_session(session)


def _mark(person: int) -> Mark:
    states = {3: AttendanceState.LATE, 4: AttendanceState.ABSENT}
    state = states.get(person, AttendanceState.PRESENT)
    return Mark(state, AttendanceMode.PHONE, 180 if state is AttendanceState.LATE else None)


def _plan_next(staff: Account, trainer: Account, room: Room) -> list[Slot]:
    """Plan the first week of the next session of another course."""
    found = select(CourseSession).where(CourseSession.course_id == _course(PLANNED).id)
    session = db.session.scalars(found.order_by(CourseSession.starts_on)).first()
    if session is None or session.starts_on is None:
        return []
    make_checklist(session)
    _tick_past(staff, session)
    week = SlotPlan(session.starts_on, session.starts_on + timedelta(days=4), room=room, trainer=trainer)
    return plan_slots(staff, session, week)
