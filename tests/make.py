"""Builders: one per model; what matters to a test is given, the rest is made up."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select

from campus import clock, db
from campus.models import (
    HOLDS_SEAT,
    HOURS,
    Account,
    BouncedAddress,
    CampusClosure,
    Commune,
    Course,
    CourseOutcome,
    CourseRequest,
    CourseRequestSkill,
    CourseSession,
    CourseSessionState,
    CourseState,
    Enrolment,
    EnrolmentState,
    Half,
    Importance,
    Job,
    LinkPurpose,
    Mail,
    Membership,
    MembershipRole,
    MembershipState,
    Need,
    NeedPost,
    NeedSkill,
    NeedState,
    Occupation,
    OccupationSkill,
    OneTimeLink,
    Organisation,
    OrganisationState,
    PlannedSession,
    PlanState,
    ReservationState,
    Role,
    Room,
    SeatReservation,
    SessionPlan,
    Skill,
    SkillSource,
    Slot,
    TrainerSkill,
)
from campus.passwords import hash_password

_count = itertools.count(1)
PASSWORD = "un vitrail bleu au soleil"


def save(row: Any) -> Any:
    """Write a row and give it back; committed, because the end of a request forgets what is not."""
    db.session.add(row)
    db.session.commit()
    return row


def account(role: Role = Role.TRAINEE, **given: Any) -> Account:
    """Make a person; those given a `password` can sign in by hand, which costs a hash."""
    n = next(_count)
    if "password" in given:
        given["password_hash"] = hash_password(given.pop("password"))
    values = {"email": f"personne{n}@exemple.fr", "display_name": f"Personne {n}", "confirmed_at": clock.now()}
    return save(Account(role=role, **{**values, **given}))


def trainee(**given: Any) -> Account:
    """Make a trainee."""
    return account(Role.TRAINEE, **given)


def staff(**given: Any) -> Account:
    """Make a member of the campus's staff."""
    return account(Role.STAFF, **given)


def observer(**given: Any) -> Account:
    """Make an observer."""
    return account(Role.OBSERVER, **given)


def trainer(**given: Any) -> Account:
    """Make a trainer."""
    return account(Role.TRAINER, **given)


def siret(n: int) -> str:
    """Make the SIRET of a firm's first site: the Luhn sums of the firm's nine digits and of all fourteen are right."""
    return _with_luhn_digit(_with_luhn_digit(f"{n:08d}") + "0001")


def _with_luhn_digit(body: str) -> str:
    total = sum(sum(divmod(int(c) * (2 if i % 2 == 0 else 1), 10)) for i, c in enumerate(reversed(body)))
    return body + str(-total % 10)


def organisation(**given: Any) -> Organisation:
    """Make a verified site."""
    n = next(_count)
    values = {"siret": siret(n), "name": f"Laboratoires {n}", "naf": "2042Z", "state": OrganisationState.VERIFIED}
    return save(Organisation(**{**values, **given}))


def sites_of_one_firm(count: int) -> list[Organisation]:
    """Make sites that share a SIREN."""
    siren = siret(next(_count))[:9]
    return [organisation(siret=_with_luhn_digit(f"{siren}{place:04d}")) for place in range(count)]


def membership(account: Account, organisation: Organisation, **given: Any) -> Membership:
    """Give a person a place in an organisation."""
    values = {"role": MembershipRole.MANAGER, "state": MembershipState.GRANTED}
    return save(Membership(account=account, organisation=organisation, **{**values, **given}))


def employer(organisation_: Organisation | None = None, **given: Any) -> Account:
    """Make a person with a granted place in an organisation."""
    person = account(Role.EMPLOYER, **given)
    membership(person, organisation_ or organisation())
    return person


def organisation_of(person: Account) -> Organisation:
    """Give the organisation that a person joined first."""
    query = select(Membership).where(Membership.account_id == person.id).order_by(Membership.created_at).limit(1)
    return db.session.scalars(query).one().organisation


def commune(**given: Any) -> Commune:
    """Make Chartres, or another commune."""
    values = {
        "code": "28085",
        "name": "Chartres",
        "search_name": "chartres",
        "postcodes": "28000",
        "latitude": 48.45,
        "longitude": 1.49,
        "department": "28",
    }
    values |= given
    return db.session.get(Commune, values["code"]) or save(Commune(**values))


def skill(label: str = "", **given: Any) -> Skill:
    """Make a skill of the campus, or of another source."""
    n = next(_count)
    values = {"source": SkillSource.CAMPUS, "code": f"T{n}", "label": label or f"Compétence {n}"}
    return save(Skill(**{**values, **given}))


def occupation(label: str = "", skills: tuple[Skill, ...] = (), **given: Any) -> Occupation:
    """Make an occupation with the skills of its sheet."""
    n = next(_count)
    code = f"Z{n % 10000:04d}"
    made = save(Occupation(**{"code": code, "label": label or f"Métier {n}", "parent_code": code, **given}))
    for each in skills:
        save(OccupationSkill(occupation_id=made.id, skill_id=each.id, core=True))
    return made


def need(
    organisation_: Organisation | None = None, author: Account | None = None, skills: Any = None, **given: Any
) -> Need:
    """Make a published need; `skills` are (skill, level, importance) or skills."""
    n = next(_count)
    site = organisation_ or organisation()
    wanted = skills if skills is not None else [skill(), skill(), skill()]
    values = {
        "reference": f"T-{n:04d}",
        "title": f"Poste {n}",
        "posts": 2,
        "state": NeedState.PUBLISHED,
        "submitted_at": clock.now(),
        "published_at": clock.now(),
        "expires_at": clock.now() + timedelta(days=90),
        "earliest": clock.today() + timedelta(days=60),
        "latest": clock.today() + timedelta(days=180),
    }
    made = Need(organisation=site, author=author or account(Role.EMPLOYER), **{**values, **given})
    for position, each in enumerate(wanted):
        what, level, importance = each if isinstance(each, tuple) else (each, 3, Importance.ESSENTIAL)
        made.skills.append(NeedSkill(skill=what, level=level, importance=importance, position=position))
    save(made)
    for number in range(1, made.posts + 1):
        save(NeedPost(need_id=made.id, number=number))
    return made


def needs_of_firms(*posts: int, **given: Any) -> list[Need]:
    """Make a need of another firm for each of these numbers of posts."""
    return [need(posts=each, **given) for each in posts]


def course(outcomes: Any = None, **given: Any) -> Course:
    """Make a published course; `outcomes` are (skill, entry level, exit level) or skills."""
    n = next(_count)
    taught = outcomes if outcomes is not None else [skill(), skill(), skill()]
    values = {
        "title": f"Formation {n}",
        "objectives": "Savoir faire.",
        "content": "Des ateliers.",
        "hours": 70,
        "prerequisites": "Aucun.",
        "state": CourseState.PUBLISHED,
        "published_at": clock.now(),
    }
    made = Course(**{**values, **given})
    for position, each in enumerate(taught):
        what, entry, exit_ = each if isinstance(each, tuple) else (each, 0, 3)
        made.outcomes.append(CourseOutcome(skill=what, entry_level=entry, exit_level=exit_, position=position))
    return save(made)


def course_session(course_: Course | None = None, **given: Any) -> CourseSession:
    """Make an open session in a month, for two weeks."""
    start: date = given.pop("starts_on", clock.today() + timedelta(days=30))
    values = {
        "starts_on": start,
        "ends_on": start + timedelta(days=14),
        "seats_min": 4,
        "seats_max": 12,
        "place": "Campus de Chartres",
        "state": CourseSessionState.OPEN,
    }
    return save(CourseSession(course=course_ or course(), **{**values, **given}))


def enrolment(session_: CourseSession, account_: Account, **given: Any) -> Enrolment:
    """Make an application that holds its seat."""
    values = {"state": EnrolmentState.APPLIED}
    if given.get("state") == EnrolmentState.OFFERED:
        values |= {"offered_at": clock.now(), "offer_until": clock.now() + timedelta(hours=48)}
    made = save(Enrolment(course_session=session_, account=account_, **{**values, **given}))
    if made.state in HOLDS_SEAT:
        session_.seats_taken += 1
        db.session.commit()
    return made


def reservation(session_: CourseSession, author: Account, **given: Any) -> SeatReservation:
    """Make a reservation of a person's organisation whose only seat has a name."""
    values = {"seats": 1, "unnamed": 0, "names_until": clock.today(), "state": ReservationState.USED}
    site = organisation_of(author)
    return save(SeatReservation(course_session=session_, organisation=site, author=author, **{**values, **given}))


def room(**given: Any) -> Room:
    """Make a room that holds twelve people."""
    return save(Room(**{"name": f"Salle {next(_count)}", "capacity": 12, **given}))


def slot(session_: CourseSession, **given: Any) -> Slot:
    """Make a half-day on the first day of a session, its morning unless said."""
    half = given.get("half", Half.MORNING)
    begins, ends = HOURS[half]
    values = {"day": session_.starts_on, "half": half, "begins": begins, "ends": ends}
    return save(Slot(course_session=session_, **{**values, **given}))


def job(kind: str, **given: Any) -> Job:
    """Make a job that is due."""
    return save(Job(kind=kind, **given))


def bounced_address(**given: Any) -> BouncedAddress:
    """Make an address that refuses mail."""
    n = next(_count)
    return save(BouncedAddress(**{"email": f"perdue{n}@exemple.fr", "reason": "550 5.1.1 User unknown", **given}))


def mail(**given: Any) -> Mail:
    """Make a mail that waits to be sent."""
    n = next(_count)
    values = {"kind": "test", "recipient": f"p{n}@exemple.fr", "subject": f"Objet {n}", "text": "Bonjour.\n"}
    return save(Mail(message_id=f"<{n}@campus.invalid>", **{**values, **given}))


def invitation(**given: Any) -> OneTimeLink:
    """Make an invitation that nobody has answered; its secret is unknown."""
    n = next(_count)
    values = {
        "token_digest": f"{n:064d}",
        "purpose": LinkPurpose.INVITATION,
        "email": f"invite{n}@exemple.fr",
        "details": {"role": "staff"},
        "expires_at": clock.now() + timedelta(days=7),
    }
    return save(OneTimeLink(**{**values, **given}))


def course_request(need_id: Any, **given: Any) -> CourseRequest:
    """Make a request for a course on one of a need's skills."""
    wanted = db.session.get_one(Need, need_id)
    made = CourseRequest(need_id=wanted.id, author_id=wanted.author_id, **given)
    made.skills = [CourseRequestSkill(skill_id=wanted.skills[0].skill_id, level=3)]
    return save(made)


def closure(**given: Any) -> CampusClosure:
    """Close the campus for a week, a year from now."""
    day = clock.today() + timedelta(days=365)
    return save(CampusClosure(**{"starts_on": day, "ends_on": day + timedelta(days=6), **given}))


def planned_session(**given: Any) -> PlannedSession:
    """Make a session in the first week of a draft, ten weeks from now, in a room and with a trainer of its own."""
    monday = clock.today() + timedelta(days=70 - clock.today().weekday())
    plan = save(SessionPlan(author=account(Role.STAFF), state=PlanState.DRAFT, first_day=monday))
    taught = given.pop("course", None) or course([skill()], hours=35)
    who = given.pop("trainer", None) or trainer()
    for each in taught.outcomes:
        save(TrainerSkill(account=who, skill=each.skill))
    where = {"room": room(), "week": 0, "starts_on": monday, "ends_on": monday + timedelta(days=4)}
    return save(PlannedSession(**{"plan": plan, "course": taught, "trainer": who, **where, **given}))
