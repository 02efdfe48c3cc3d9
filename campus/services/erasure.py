"""A person has their data erased, or came no more: what is theirs goes, what proves a figure stays without a name."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from campus import clock, db
from campus.errors import Refused
from campus.lifecycles import ENROLMENT
from campus.models import (
    ACTIVE,
    Account,
    CalendarFeed,
    Enrolment,
    Mail,
    MailAttachment,
    MailPreference,
    MembershipState,
    OneTimeLink,
    Role,
    RoundEntry,
    RoundState,
    RoundWish,
    TraineeSkill,
)
from campus.queries.organisations import LIVE, memberships_of
from campus.queries.rounds import entries_of_person
from campus.services import audit, round_wishes
from campus.services.enrolments import withdraw
from campus.services.passwords import check_current
from campus.services.sessions import end_sessions
from campus.services.sharing import forget_sharing


class InTraining(Refused):
    """Somebody who sits in a course has signed papers that the campus must keep until its end."""


class OnlyTrainees(Refused):
    """Who acts for a firm or for the campus leaves it first: what they signed engages others."""


def may_erase(person: Account) -> bool:
    """Tell whether a person may have their data erased now."""
    return person.role is Role.TRAINEE and not any("withdraw" not in _verbs(each) for each in active_of(person))


def active_of(person: Account) -> list[Enrolment]:
    """List the applications that would be withdrawn."""
    query = select(Enrolment).where(Enrolment.account_id == person.id, Enrolment.state.in_(ACTIVE))
    return list(db.session.scalars(query.order_by(Enrolment.created_at)))


def erase(person: Account, password: str) -> None:
    """Withdraw what runs, drop what is theirs alone, and leave an account without a name."""
    if person.role is not Role.TRAINEE:
        raise OnlyTrainees
    check_current(person, password)
    if not may_erase(person):
        raise InTraining
    forget(person, by=person)


def forget(person: Account, *, by: Account | None = None) -> None:
    """Leave an account without a name: by its person, or by the service when nobody uses it any more."""
    for entry in entries_of_person(person):
        if entry.round.state not in {RoundState.FINISHED, RoundState.CANCELLED, RoundState.PREPARATION}:
            round_wishes.leave(person, entry.round)
    for each in active_of(person):
        withdraw(by, each)
    _leave_sites(person)
    forget_sharing(person)
    _drop(person)
    audit.record(None, "account.erased", person)
    end_sessions(person)
    _anonymise(person)


def _drop(person: Account) -> None:
    entries = select(RoundEntry.id).where(RoundEntry.account_id == person.id)
    letters = select(Mail.id).where(Mail.recipient == person.email)
    for query in (
        delete(TraineeSkill).where(TraineeSkill.account_id == person.id),
        delete(MailAttachment).where(MailAttachment.mail_id.in_(letters)),
        delete(Mail).where(Mail.recipient == person.email),
        delete(MailPreference).where(MailPreference.account_id == person.id),
        delete(CalendarFeed).where(CalendarFeed.account_id == person.id),
        delete(OneTimeLink).where(OneTimeLink.account_id == person.id),
        update(Enrolment).where(Enrolment.account_id == person.id).values(reason=""),
        delete(RoundWish).where(RoundWish.entry_id.in_(entries), RoundWish.rank.is_(None)),
    ):
        db.session.execute(query.execution_options(synchronize_session=False))


def _leave_sites(person: Account) -> None:
    """Give up the person's places in firms; what was written for these stays with them."""
    for each in memberships_of(person):
        if each.state in LIVE:
            each.state, each.decided_at = MembershipState.REVOKED, clock.now()
            audit.record(None, "membership_revoked", each)


def _anonymise(person: Account) -> None:
    person.email, person.display_name = f"efface-{person.id.hex}@campus.invalid", "Compte effacé"
    person.password_hash, person.disabled_at = None, clock.now()
    db.session.flush()


def _verbs(enrolment: Enrolment) -> tuple[str, ...]:
    return ENROLMENT.verbs_from(enrolment.state.value, "person")
