"""Fill an empty database with the demo campus, once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from sqlalchemy import func, select

from campus import clock, db
from campus.demo import content
from campus.demo.covering import cover_posts
from campus.demo.papers import issue_papers
from campus.demo.planning import places_and_trainers
from campus.demo.pools import open_pool
from campus.demo.running import begin_running
from campus.demo.specialities import speciality_of
from campus.models import (
    Account,
    Commitment,
    CommitmentStep,
    Contract,
    Course,
    CourseOutcome,
    CourseSession,
    CourseSessionState,
    CourseState,
    Importance,
    Membership,
    MembershipRole,
    MembershipState,
    Need,
    NeedPost,
    NeedSkill,
    NeedState,
    Occupation,
    Organisation,
    OrganisationState,
    Role,
    Shifts,
    Skill,
    SkillSource,
    TraineeSkill,
)
from campus.passwords import hash_password
from campus.queries.referentials import latest_version
from campus.services import matches
from campus.services.audit import record
from campus.services.enrolments import apply
from campus.services.needs import next_reference
from campus.services.referentials import load_starter
from campus.services.revisions import bump
from campus.wording import french_typography as typeset

Say = Callable[[str], None]


def is_empty() -> bool:
    """Tell whether nobody has an account yet."""
    return not db.session.scalar(select(func.count()).select_from(Account))


def load(say: Say = lambda _text: None) -> None:
    """Write the demo campus in the caller's transaction."""
    say("Référentiel du campus")
    load_starter()
    say("Entreprises, personnes, formations")
    firms, people = _firms(), _people()
    _places(firms, people)
    _courses()
    needs = [_need(wish, number, firms=firms, people=people) for number, wish in enumerate(content.NEEDS, start=1)]
    db.session.flush()
    bump("catalogue")
    say("Rapprochements")
    matches.match_all([need.id for need in needs])
    _first_application(people)
    begin_running(people)
    staff = people["equipe@demo.campus"]
    places_and_trainers(staff, staff.password_hash or "")
    say("Documents")
    issue_papers(people)
    cover_posts(people, needs)
    open_pool(people["equipe@demo.campus"], needs)


def _firms() -> dict[str, Organisation]:
    made = {
        firm.name: Organisation(
            siret=firm.siret,
            name=typeset(firm.name),
            naf=firm.naf,
            commune_code=firm.commune,
            state=OrganisationState.VERIFIED,
            verified_at=clock.now(),
        )
        for firm in content.FIRMS
    }
    db.session.add_all(made.values())
    return made


def _people() -> dict[str, Account]:
    hashed = hash_password(content.PASSWORD)
    made = {
        each.email: Account(
            email=each.email,
            display_name=each.name,
            role=Role(each.role),
            password_hash=hashed,
            confirmed_at=clock.now(),
        )
        for each in content.PEOPLE
    }
    db.session.add_all(made.values())
    return made


def _places(firms: dict[str, Organisation], people: dict[str, Account]) -> None:
    for each in content.PEOPLE:
        if each.firm:
            db.session.add(
                Membership(
                    account=people[each.email],
                    organisation=firms[each.firm],
                    role=MembershipRole.MANAGER,
                    state=MembershipState.GRANTED,
                    decided_at=clock.now(),
                )
            )


def skill(code: str) -> Skill:
    """Find one of the campus's own skills."""
    return db.session.scalars(select(Skill).where(Skill.source == SkillSource.CAMPUS, Skill.code == code)).one()


def occupation(code: str) -> Occupation:
    """Find an occupation by its official code."""
    return db.session.scalars(select(Occupation).where(Occupation.code == code)).one()


def _courses() -> None:
    for plan in content.COURSES:
        course = Course(
            title=typeset(plan.title),
            objectives=typeset(plan.objectives),
            content=typeset(plan.content),
            prerequisites=typeset(plan.prerequisites),
            hours=plan.hours,
            nsf_code=speciality_of(plan.occupations[0]),
            state=CourseState.PUBLISHED,
            published_at=clock.now(),
            occupations=[occupation(code) for code in plan.occupations],
            outcomes=_matrix(plan.matrix),
        )
        db.session.add(course)
        for start, end in plan.sessions:
            db.session.add(_session(course, start, end, seats=plan.seats))


def _matrix(matrix: str) -> list[CourseOutcome]:
    made = []
    for position, line in enumerate(matrix.split()):
        code, levels = line.split(":")
        entry, exit_ = levels.split(">")
        made.append(CourseOutcome(skill=skill(code), entry_level=int(entry), exit_level=int(exit_), position=position))
    return made


def weekday(days: int) -> date:
    """Give the first working day from this many days on."""
    day = clock.today() + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def _session(course: Course, start: int, end: int, *, seats: int) -> CourseSession:
    begins = weekday(start)
    return CourseSession(
        course=course,
        starts_on=begins,
        ends_on=max(weekday(end), begins),
        commune_code="28085",
        place="Campus industriel de Chartres",
        seats_min=max(1, seats // 2),
        seats_max=seats,
        registration_deadline=begins - timedelta(days=7),
        decides_on=begins - timedelta(days=14),
        state=CourseSessionState.OPEN,
    )


def _need(wish: content.Wish, number: int, *, firms: dict[str, Organisation], people: dict[str, Account]) -> Need:
    email = next(each.email for each in content.PEOPLE if each.firm == wish.firm)
    firm, version = firms[wish.firm], latest_version()
    need = Need(
        reference=next_reference(),
        organisation=firm,
        author=people[email],
        state=NeedState.PUBLISHED,
        title=typeset(wish.title),
        occupation=occupation(wish.occupation),
        referential_version_id=version.id if version else None,
        posts=wish.posts,
        earliest=weekday(wish.window[0]),
        latest=weekday(wish.window[1]),
        commune_code=firm.commune_code,
        contract=Contract(wish.contract),
        shifts=Shifts(wish.shifts),
        submitted_at=clock.now() - timedelta(days=number),
        published_at=clock.now() - timedelta(days=number),
        expires_at=clock.now() + timedelta(days=90 - number),
        skills=_wanted(wish.essential, Importance.ESSENTIAL, 0) + _wanted(wish.desired, Importance.DESIRED, 10),
    )
    db.session.add(need)
    db.session.flush()
    db.session.add_all(NeedPost(need_id=need.id, number=each) for each in range(1, wish.posts + 1))
    _past(need, people)
    return need


def _past(need: Need, people: dict[str, Account]) -> None:
    """Write down who posted the need and who published it, as the services would have."""
    posted = record(need.author, "post", need, after=NeedState.IN_MODERATION.value)
    published = record(people["equipe@demo.campus"], "publish", need, after=NeedState.PUBLISHED.value)
    posted.at = need.submitted_at - timedelta(hours=3)
    _commit(need)
    published.at = need.submitted_at


def _commit(need: Need) -> None:
    """Declare the need on the day it was posted; those for several posts were confirmed since, and some promised."""
    said = [(CommitmentStep.DECLARED, need.posts, need.submitted_at, {"reference": need.reference})]
    if need.posts > 1:
        said.append((CommitmentStep.CONFIRMED, need.posts, clock.now(), {}))
    if need.posts > 3:
        agreement = {
            "kind": "convention",
            "reference": f"CONV-{need.reference}",
            "signed_on": clock.today().isoformat(),
        }
        said.append((CommitmentStep.CONTRACT, need.posts // 2, clock.now(), agreement))
    db.session.add_all(
        Commitment(
            organisation=need.organisation,
            need=need,
            step=step,
            posts=posts,
            at=at,
            actor=need.author,
            evidence=evidence,
        )
        for step, posts, at, evidence in said
    )


def _wanted(skills: str, importance: Importance, first: int) -> list[NeedSkill]:
    made = []
    for position, line in enumerate(skills.split(), start=first):
        code, level = line.split(":")
        asked = None if level == "?" else int(level)
        made.append(NeedSkill(skill=skill(code), level=asked, importance=importance, position=position))
    return made


def _first_application(people: dict[str, Account]) -> None:
    trainee = people["stagiaire@demo.campus"]
    for code, level in (("C007", 2), ("C037", 3), ("C074", 2)):
        db.session.add(TraineeSkill(account_id=trainee.id, skill_id=skill(code).id, level=level))
    db.session.flush()
    first = db.session.scalars(
        select(CourseSession)
        .join(Course)
        .where(Course.title == typeset(content.COURSES[2].title))
        .order_by(CourseSession.starts_on)
    ).first()
    if first is not None:
        apply(trainee, first)
