"""A small world in which every address leads somewhere: what `<need_id>` and the like stand for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

from sqlalchemy import select

from campus import clock, db
from campus.exchange.marks import MarkLine, MarkRelease
from campus.models import (
    Account,
    AdmissionRound,
    Commitment,
    CommitmentStep,
    Course,
    CourseSessionState,
    CoverageEvent,
    CoverageKind,
    Document,
    EnrolmentState,
    FrozenReport,
    JobState,
    MailState,
    MarkFile,
    MembershipState,
    Need,
    NeedPost,
    PlanState,
    Pool,
    PoolMember,
    Role,
    SeatReservation,
    SessionPlan,
    SignedCopy,
    Slot,
    TrainerSkill,
    Unavailability,
    random_id,
)
from campus.services.checklists import make_checklist
from campus.services.commitments import Agreement, AgreementKind, Heard, engage, note_signal
from campus.services.issuing import issue_call_up, issue_letter
from campus.services.ledger import append
from campus.services.marks import import_marks
from campus.services.matches import match_need
from campus.services.pools import PoolPlan, compose
from campus.services.presence_codes import code_for
from campus.services.reports import freeze
from campus.services.reservations import Wish, reserve
from campus.services.rounds import RoundDetails, create_round
from campus.services.sessions import open_session_for
from campus.services.signed_copies import take_in
from tests import make

MONDAY = date(2027, 3, 1)


class World:
    """One person a role, and something of theirs for each kind of address; made when first asked for."""

    def __init__(self) -> None:
        self.organisation = make.organisation()
        self.people: dict[str, Account | None] = {
            "anonymous": None,
            "trainee": make.trainee(),
            "employer": make.employer(self.organisation),
            "staff": make.staff(),
            "observer": make.account(Role.OBSERVER),
            "trainer": make.trainer(),
        }
        self.values: dict[str, Any] = {}

    def value(self, argument: str) -> Any:
        """Give what stands for an argument of an address."""
        if argument not in self.values:
            if argument not in MAKERS:
                raise AssertionError(f"tests/architecture/world.py does not say what <{argument}> stands for")
            self.values[argument] = MAKERS[argument](self)
        return self.values[argument]

    def fill(self) -> None:
        """Make something for every address at once, so that lists have lines and figures have posts."""
        for argument in MAKERS:
            self.value(argument)
        need = db.session.get_one(Need, self.value("need_id"))
        posts = {"need_id": need.id, "organisation_id": need.organisation_id, "posts": need.posts}
        make.save(Commitment(step=CommitmentStep.DECLARED, actor_id=need.author_id, **posts))

    def line(self) -> CoverageEvent:
        """Make a line about a post of the world's need, once."""
        if "line" not in self.values:
            post = db.session.scalars(select(NeedPost).where(NeedPost.need_id == self.value("need_id"))).first()
            assert post is not None
            self.values["line"] = append(self.people["staff"], post.id, CoverageKind.PROPOSED)
            db.session.commit()
        return self.values["line"]

    def reservation(self) -> SeatReservation:
        """Reserve two seats for the world's organisation."""
        wish = Wish(seats=2, names_until=clock.today() + timedelta(days=5))
        made = reserve(self.people["employer"], self.organisation, make.course_session(), wish=wish)
        db.session.commit()
        return made

    def mark_file(self) -> MarkFile:
        """Import what others publish of an area."""
        line = MarkLine("2405", "CHARTRES", "", "Z1101", "Soufflage de fumée", 16)
        made = import_marks(MarkRelease("offers", date(2026, 12, 31), "offres.csv", (line,)))
        return make.save(made.file)

    def admission_round(self) -> AdmissionRound:
        """Prepare a round of two sessions."""
        today = clock.today()
        days = {"opens_on": today, "closes_on": today + timedelta(days=7), "decides_on": today + timedelta(days=9)}
        dates = {"starts_on": today + timedelta(days=60)}
        ids = [make.course_session(**dates).id for _each in range(2)]
        made = create_round(self.people["staff"], RoundDetails("Rentrée", **days), ids)
        db.session.commit()
        return made

    def agreement(self) -> Commitment:
        """Sign an agreement for a post of the world's need."""
        need = db.session.get_one(Need, self.value("need_id"))
        made = engage(self.people["employer"], need, Agreement(AgreementKind.POEI, "P-1", 1, clock.today()))
        db.session.commit()
        return made

    def signed_copy(self) -> SignedCopy:
        """Let the world's employer hand in the letter of intent of its need."""
        need = db.session.get_one(Need, self.value("need_id"))
        issue_letter(self.people["employer"], need, "Ana Ruiz, directrice")
        made = take_in(self.people["employer"], need, b"%PDF-1.4 signed %%EOF")
        db.session.commit()
        return made

    def signal(self) -> Commitment:
        """Hear something of the world's organisation."""
        made = note_signal(self.people["staff"], self.organisation, Heard("Deux postes en mai.", 2, clock.today()))
        db.session.commit()
        return made

    def document(self) -> Document:
        """Call the world's trainee up."""
        enrolment = make.enrolment(make.course_session(), self.people["trainee"], state=EnrolmentState.CONFIRMED)
        made = issue_call_up(self.people["staff"], enrolment)
        db.session.commit()
        return made

    def slot(self) -> Slot:
        """Make a half-day of today with the world's trainer and trainee in it, once."""
        if "slot" not in self.values:
            session = make.course_session(starts_on=clock.today(), state=CourseSessionState.RUNNING)
            hour = clock.now().astimezone(clock.PARIS).hour
            begins, ends = time(max(0, hour - 1)), time(hour, 59)
            self.values["slot"] = make.slot(
                session, room=make.room(), trainer=self.people["trainer"], begins=begins, ends=ends
            )
            taught = make.enrolment(session, self.people["trainee"], state=EnrolmentState.ATTENDED)
            self.values["taught_id"] = taught.id
        return self.values["slot"]

    def away(self, **of: Any) -> Unavailability:
        """Close a room, or let a trainer be away, for a day."""
        day = clock.today() + timedelta(days=100)
        return make.save(Unavailability(starts_on=day, ends_on=day, **of))

    def pool(self) -> Pool:
        """Invite the world's need to a pool."""
        need = db.session.get_one(Need, self.value("need_id"))
        announced = PoolPlan(minimum=4, seats_max=8, deadline=clock.today() + timedelta(days=20))
        made = compose(self.people["staff"], make.course(), announced, needs=[need])
        db.session.commit()
        return made

    def place(self) -> PoolMember:
        """Give the place of the world's need in its pool."""
        return db.session.get_one(Pool, self.value("pool_id")).members[0]

    def report(self) -> FrozenReport:
        """Freeze the figures of yesterday."""
        author = self.people["staff"]
        assert author is not None
        return make.save(freeze(author, clock.today() - timedelta(days=1)))

    def lacking(self) -> int:
        """Ask for a skill that no course brings."""
        need = make.need(self.organisation, self.people["employer"])
        match_need(need)
        db.session.commit()
        return need.skills[0].skill_id

    def answering_course(self) -> Course:
        """Make a course that answers the world's need."""
        need = db.session.get_one(Need, self.value("need_id"))
        course = make.course([each.skill for each in need.skills])
        match_need(need)
        db.session.commit()
        return course


MAKERS: dict[str, Callable[[World], Any]] = {
    "need_id": lambda world: make.need(world.organisation, world.people["employer"]).id,
    "course_id": lambda world: world.answering_course().id,
    "request_id": lambda world: make.course_request(world.value("need_id")).id,
    "slot_id": lambda world: world.slot().id,
    "taught_id": lambda world: (world.slot(), world.values["taught_id"])[1],
    "lacking_id": lambda world: world.lacking(),
    "other_id": lambda world: make.need(world.organisation, world.people["employer"]).id,
    "state": lambda _world: "present",
    "code": lambda world: code_for(world.slot()),
    "room_id": lambda world: world.slot().room_id,
    "trainer_id": lambda world: world.people["trainer"].id,
    "away_id": lambda world: world.away(room_id=world.value("room_id")).id,
    "closure_id": lambda _world: make.closure().id,
    "habilitation_id": lambda world: make.save(TrainerSkill(account=world.people["trainer"], skill=make.skill())).id,
    "batch_id": lambda _world: random_id(),
    "item_id": lambda _world: make.save(make_checklist(make.course_session())[0]).id,
    "kind": lambda _world: "csv",
    "mark_file_id": lambda world: world.mark_file().id,
    "file_type": lambda _world: "pdf",
    "name": lambda _world: "carte",
    "figure": lambda _world: "hired",
    "year": lambda _world: 2027,
    "course_session_id": lambda _world: make.course_session().id,
    "session_id": lambda _world: make.course_session().id,
    "enrolment_id": lambda world: make.enrolment(make.course_session(), world.people["trainee"]).id,
    "organisation_id": lambda world: world.organisation.id,
    "skill_id": lambda _world: make.skill().id,
    "occupation_id": lambda _world: make.occupation().id,
    "account_id": lambda world: world.people["trainee"].id,
    "membership_id": lambda world: (
        make.membership(make.trainee(), world.organisation, state=MembershipState.PENDING).id
    ),
    "mail_id": lambda _world: make.mail(state=MailState.PARKED).id,
    "job_id": lambda _world: make.job("test", state=JobState.PARKED).id,
    "bounce_id": lambda _world: make.bounced_address().id,
    "letter": lambda _world: "need_published",
    "locale": lambda _world: "fr",
    "invitation_id": lambda _world: make.invitation().id,
    "siret": lambda world: world.organisation.siret,
    "account_session_id": lambda world: make.save(open_session_for(world.people["employer"])[0]).id,
    "step": lambda _world: 1,
    "reservation_id": lambda world: world.reservation().id,
    "round_id": lambda world: world.admission_round().id,
    "plan_id": lambda _world: make.save(SessionPlan(author=make.staff(), state=PlanState.DRAFT, first_day=MONDAY)).id,
    "planned_session_id": lambda _world: make.planned_session().id,
    "report_id": lambda world: world.report().id,
    "dimension": lambda _world: "familles",
    "turn": lambda _world: "ouvrir",
    "post_id": lambda world: world.line().need_post_id,
    "event_id": lambda world: world.line().id,
    "document_id": lambda world: world.document().id,
    "said": lambda _world: "embauche",
    "verb": lambda _world: "position",
    "commitment_id": lambda world: world.agreement().id,
    "member_id": lambda world: world.place().id,
    "pool_id": lambda world: world.pool().id,
    "signed_copy_id": lambda world: world.signed_copy().id,
    "signal_id": lambda world: world.signal().id,
    "token": lambda _world: "a-token-that-nobody-was-given",
}
