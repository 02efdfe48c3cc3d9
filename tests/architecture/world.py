"""A small world in which every address leads somewhere: what `<need_id>` and the like stand for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from campus import clock, db
from campus.models import (
    Account,
    Course,
    CoverageEvent,
    CoverageKind,
    MailState,
    MembershipState,
    Need,
    NeedPost,
    Role,
    SeatReservation,
)
from campus.services.ledger import append
from campus.services.matches import match_need
from campus.services.reservations import Wish, reserve
from campus.services.sessions import open_session_for
from tests import make


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
        }
        self.values: dict[str, Any] = {}

    def value(self, argument: str) -> Any:
        """Give what stands for an argument of an address."""
        if argument not in self.values:
            if argument not in MAKERS:
                raise AssertionError(f"tests/architecture/world.py does not say what <{argument}> stands for")
            self.values[argument] = MAKERS[argument](self)
        return self.values[argument]

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
    "kind": lambda _world: "csv",
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
    "invitation_id": lambda _world: make.invitation().id,
    "siret": lambda world: world.organisation.siret,
    "account_session_id": lambda world: make.save(open_session_for(world.people["employer"])[0]).id,
    "step": lambda _world: 1,
    "reservation_id": lambda world: world.reservation().id,
    "post_id": lambda world: world.line().need_post_id,
    "event_id": lambda world: world.line().id,
    "said": lambda _world: "embauche",
    "verb": lambda _world: "position",
    "token": lambda _world: "a-token-that-nobody-was-given",
}
