"""Made-up people, needs and courses, for the staff to read every kind of mail: each name a template may use."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from campus import clock
from campus.models import HOURS, Half
from campus.services.session_changes import HalfDay, HalfDayChange

KEY = UUID(int=7)
COURSE = SimpleNamespace(id=KEY, title="Maintenance de lignes de conditionnement")


def sample() -> dict[str, Any]:
    """Give a value to each name that the templates of mails use."""
    return {**_people(), **_firms(), **_seats(), **_pools()}


def _people() -> dict[str, Any]:
    person = SimpleNamespace(id=KEY, display_name="Camille Moreau", email="camille.moreau@exemple.fr", role="trainee")
    newcomer = SimpleNamespace(id=KEY, display_name="Dominique Petit", email="dominique.petit@exemple.fr")
    return {
        "person": person,
        "newcomer": newcomer,
        "inviter": newcomer,
        "name": person.display_name,
        "email": person.email,
        "role": "staff",
        "reason": "Vous ne travaillez plus dans cet établissement.",
        "bounced": [SimpleNamespace(email="inconnue@exemple.fr", reason="550 5.1.1 User unknown")],
        "token": "exemple",
        "last_seen": clock.now() - timedelta(days=700),
        "erased_on": clock.now() + timedelta(days=30),
        "trainer": newcomer,
        "skills": [SimpleNamespace(label="Régler une remplisseuse"), SimpleNamespace(label="Souder")],
    }


def _firms() -> dict[str, Any]:
    now = clock.now()
    organisation = SimpleNamespace(id=KEY, name="Laboratoires de l'Eure")
    need = SimpleNamespace(
        id=KEY,
        reference="B-0042",
        title="Technicien de maintenance",
        posts=2,
        reason="Le poste décrit n'est pas dans le territoire.",
        expires_at=now + timedelta(days=7),
        latest=clock.today() + timedelta(days=60),
        organisation=organisation,
    )
    return {
        "organisation": organisation,
        "need": need,
        "requests": [SimpleNamespace(account=_people()["newcomer"], organisation=organisation, updated_at=now)],
        "post": SimpleNamespace(id=KEY, number=1),
        "hired_at": now - timedelta(days=180),
        "found": [SimpleNamespace(need=need, course=COURSE, course_session=_course_session())],
    }


def _seats() -> dict[str, Any]:
    people, firms, course_session = _people(), _firms(), _course_session()
    until = clock.today() + timedelta(days=10)
    reservation = SimpleNamespace(id=KEY, seats=3, unnamed=2, names_until=until, organisation=firms["organisation"])
    enrolment = SimpleNamespace(
        id=KEY,
        account=people["person"],
        course_session=course_session,
        reservation=reservation,
        offer_until=clock.now() + timedelta(days=2),
        reason="Le positionnement montre que la formation n'apporterait rien de neuf.",
    )
    return {
        "course": COURSE.title,
        "enrolment": enrolment,
        "reservation": reservation,
        "starts_on": course_session.starts_on,
        "position": 4,
        "round": SimpleNamespace(id=KEY, name="Sessions du printemps", closes_on=until, decides_on=until),
        "wishes": [(COURSE.title, 12, 15), (COURSE.title, 8, None)],
        "people": 14,
        "names": ["Camille Moreau", "Dominique Petit"],
        "certified": SimpleNamespace(id=KEY, title=COURSE.title, certification_ends_on=until),
        "returned": 2,
        "who": people["person"].display_name,
        "why": "declined",
        "again": True,
        "course_session": course_session,
        "ends_on": course_session.ends_on,
        **_changes(),
        "lines": [SimpleNamespace(session=course_session, need=firms["need"], posts=2)],
        "slot": SimpleNamespace(
            id=KEY, day=clock.today(), half="morning", begins=time(9), ends=time(12, 30), room=None
        ),
    }


def _slot() -> SimpleNamespace:
    hours = {"half": "morning", "begins": time(9), "ends": time(12, 30)}
    return SimpleNamespace(id=KEY, day=clock.today(), room=SimpleNamespace(name="Salle Eure"), **hours)


def _changes() -> dict[str, Any]:
    day = clock.today() + timedelta(days=31)
    before = HalfDay(day, *HOURS[Half.MORNING], "Salle Eure", "Dominique Petit")
    after = HalfDay(day + timedelta(days=1), *HOURS[Half.AFTERNOON], "Atelier", "Dominique Petit")
    changes = [HalfDayChange(before, after), HalfDayChange(before, None), HalfDayChange(None, after)]
    return {"days_changed": True, "place_changed": True, "place": "Campus, Chartres", "changes": changes, "more": 2}


def _pools() -> dict[str, Any]:
    deadline = clock.today() + timedelta(days=20)
    starts_on = deadline + timedelta(days=30)
    pool = SimpleNamespace(id=KEY, minimum=8, deadline=deadline, put_off_days=30, starts_on=starts_on, reason="too_few")
    pool.reference, pool.state, pool.course_session = "G-2027-0003", "planned", _course_session()
    member = SimpleNamespace(
        organisation=_firms()["organisation"], posts=2, state="joined", not_reserved="SessionIsClosed"
    )
    weight = SimpleNamespace(posts=5, missing=3, cost_per_seat=Decimal("1285.72"))
    return {"pool": pool, "weight": weight, "member": member, "unreserved": [member]}


def _course_session() -> SimpleNamespace:
    first = clock.today() + timedelta(days=30)
    days = {"starts_on": first, "ends_on": first + timedelta(days=14)}
    return SimpleNamespace(id=KEY, course=COURSE, course_id=KEY, seats_min=8, seats_taken=5, place="Atelier", **days)
