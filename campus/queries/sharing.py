"""Questions about what people share: with which firms, what a firm may see of whom, who read what is kept apart."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from campus import db
from campus.models import (
    Account,
    AuditEvent,
    Consent,
    CoverageEvent,
    Enrolment,
    EnrolmentState,
    Need,
    NeedPost,
    Organisation,
    SeatReservation,
    Shared,
    SkillResult,
    SupportNeed,
)
from campus.queries.offers import GOT_IN

READ = "support_need.read"


@dataclass(frozen=True)
class SharedWith:
    """What a firm that has to do with a person may see of them.

    Who sent them sees all once they have taken the seat; before, it has `named` them by an address and sees nothing.
    """

    firm: Organisation
    profile: bool
    results: bool
    named: bool
    sent: bool


def _named(account: Account, *states: EnrolmentState) -> ColumnElement[bool]:
    """Say which firms reserved a seat for a person; with states, only for an application in one of them."""
    found = (
        select(SeatReservation.organisation_id)
        .join(Enrolment, Enrolment.reservation_id == SeatReservation.id)
        .where(Enrolment.account_id == account.id)
    )
    return Organisation.id.in_(found.where(Enrolment.state.in_(states)) if states else found)


def _concerned(account: Account) -> ColumnElement[bool]:
    """Say which firms have to do with a person."""
    mine = select(Enrolment.id).where(Enrolment.account_id == account.id)
    proposed = (
        select(Need.organisation_id)
        .join(NeedPost, NeedPost.need_id == Need.id)
        .join(CoverageEvent, CoverageEvent.need_post_id == NeedPost.id)
        .where(CoverageEvent.enrolment_id.in_(mine))
    )
    given = select(Consent.organisation_id).where(Consent.account_id == account.id, Consent.taken_back_at.is_(None))
    return or_(Organisation.id.in_(proposed), Organisation.id.in_(given), _named(account))


def firms_concerned(account: Account) -> Sequence[Organisation]:
    """List the firms that have to do with a person: those whose posts they were proposed for, those that named them."""
    query = select(Organisation).where(_concerned(account))
    return db.session.scalars(query.order_by(Organisation.name, Organisation.id)).all()


def consents_of(account: Account) -> Sequence[Consent]:
    """List what a person shares now."""
    return db.session.scalars(
        select(Consent).where(Consent.account_id == account.id, Consent.taken_back_at.is_(None))
    ).all()


def shared_with(account: Account) -> list[SharedWith]:
    """Tell, firm by firm, what a person lets be seen now; in one question."""
    standing = (Consent.organisation_id == Organisation.id, Consent.account_id == account.id)
    seen = select(Consent.shared).where(*standing, Consent.taken_back_at.is_(None))
    agreed = {each: seen.where(Consent.shared == each).exists() for each in Shared}
    rows = db.session.execute(
        select(Organisation, agreed[Shared.PROFILE], agreed[Shared.RESULTS], _named(account), _named(account, *GOT_IN))
        .where(_concerned(account))
        .order_by(Organisation.name, Organisation.id)
    )
    return [SharedWith(*row) for row in rows]


def history_of(account: Account) -> Sequence[Consent]:
    """List all that a person has ever agreed to, the latest first."""
    return db.session.scalars(
        select(Consent)
        .options(joinedload(Consent.organisation))
        .where(Consent.account_id == account.id)
        .order_by(Consent.given_at.desc(), Consent.id)
    ).all()


def people_seen_by(organisation_id: uuid.UUID, shared: Shared) -> set[uuid.UUID]:
    """Name those of whom a firm may see something: who agreed, and who took a seat that it had reserved for them.

    Whoever it has only named is an address to it: naming anybody's address must not open their profile.
    """
    agreed = select(Consent.account_id).where(
        Consent.organisation_id == organisation_id, Consent.shared == shared, Consent.taken_back_at.is_(None)
    )
    sent = (
        select(Enrolment.account_id)
        .join(SeatReservation, SeatReservation.id == Enrolment.reservation_id)
        .where(SeatReservation.organisation_id == organisation_id, Enrolment.state.in_(GOT_IN))
    )
    return {*db.session.scalars(agreed), *db.session.scalars(sent)}


def results_of(enrolment: Enrolment) -> Sequence[SkillResult]:
    """List the levels that somebody reached in a course."""
    return db.session.scalars(
        select(SkillResult).options(joinedload(SkillResult.skill)).where(SkillResult.enrolment_id == enrolment.id)
    ).all()


def support_need_of(account: Account) -> SupportNeed | None:
    """Find the help that a person says they need."""
    return db.session.scalar(select(SupportNeed).where(SupportNeed.account_id == account.id))


def readings_of(account: Account, *, by: Account | None = None, since: datetime | None = None) -> Sequence[AuditEvent]:
    """List who read what is kept apart about a person, when and why, the latest first."""
    query = (
        select(AuditEvent)
        .options(joinedload(AuditEvent.actor))
        .where(
            AuditEvent.subject_kind == Account.__tablename__,
            AuditEvent.subject_id == str(account.id),
            AuditEvent.action == READ,
        )
        .order_by(AuditEvent.at.desc(), AuditEvent.id)
    )
    if by is not None:
        query = query.where(AuditEvent.actor_id == by.id)
    if since is not None:
        query = query.where(AuditEvent.at >= since)
    return db.session.scalars(query.limit(50)).all()
