"""Where and with whom the demo campus teaches, and a first plan in search."""

from __future__ import annotations

from sqlalchemy import select

from campus import clock, db
from campus.models import Account, Course, CourseState, Role, Room, RoomEquipment, TrainerSkill
from campus.services.plans import ask_plan

ROOMS = (
    ("Atelier usinage", 10, ("Tour", "Fraiseuse")),
    ("Salle blanche", 6, ("Sas", "Flux laminaire")),
)
TRAINERS = (
    ("lucie.ferrand", "Lucie Ferrand"),
    ("marc.vasseur", "Marc Vasseur"),
    ("ines.carpentier", "Inès Carpentier"),
)


def places_and_trainers(planner: Account, hashed: str) -> None:
    """Add rooms and trainers; each course has one who may teach it, and every third also another; ask for a plan."""
    for name, capacity, things in ROOMS:
        room = Room(name=name, capacity=capacity, place="Campus de Chartres")
        room.equipment = [RoomEquipment(name=thing) for thing in things]
        db.session.add(room)
    people = [_trainer(local, name, hashed) for local, name in TRAINERS]
    db.session.add_all(people)
    taught = select(Course).where(Course.state == CourseState.PUBLISHED).order_by(Course.title, Course.id)
    held = set()
    for number, course in enumerate(db.session.scalars(taught)):
        for who in {number % 3, number % 2}:
            held |= {(who, outcome.skill_id) for outcome in course.outcomes}
    db.session.add_all(TrainerSkill(account=people[who], skill_id=skill) for who, skill in sorted(held))
    db.session.flush()
    ask_plan(planner)


def _trainer(local: str, name: str, hashed: str) -> Account:
    return Account(
        email=f"{local}@demo.campus",
        display_name=name,
        role=Role.TRAINER,
        password_hash=hashed,
        confirmed_at=clock.now(),
    )
