"""Questions about organisations and the people who act for them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from campus import db
from campus.models import Account, Membership, MembershipRole, MembershipState, Organisation, OrganisationState
from campus.queries.paging import page_size

PAGE = 25
LIVE = (MembershipState.PENDING, MembershipState.GRANTED)


def organisation_by_siret(siret: str) -> Organisation | None:
    """Find the site that has this number."""
    return db.session.scalar(select(Organisation).where(Organisation.siret == siret))


def membership_of(account: Account, organisation_id: uuid.UUID) -> Membership | None:
    """Find a person's place in an organisation, whatever its state."""
    return db.session.scalar(
        select(Membership).where(Membership.account_id == account.id, Membership.organisation_id == organisation_id)
    )


def memberships_of(account: Account) -> Sequence[Membership]:
    """List a person's places, with their organisations, in the order of names."""
    return db.session.scalars(
        select(Membership)
        .join(Membership.organisation)
        .options(contains_eager(Membership.organisation).joinedload(Organisation.commune))
        .where(Membership.account_id == account.id)
        .order_by(Organisation.name, Organisation.siret)
    ).all()


def organisation_of(account: Account, organisation_id: uuid.UUID) -> Organisation | None:
    """Find an organisation in which the person has, or asks for, a place."""
    return db.session.scalar(
        select(Organisation)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .options(joinedload(Organisation.commune))
        .where(Organisation.id == organisation_id, Membership.account_id == account.id, Membership.state.in_(LIVE))
    )


def organisation_by_id(organisation_id: uuid.UUID) -> Organisation | None:
    """Find an organisation for the staff."""
    return db.session.get(Organisation, organisation_id, options=[joinedload(Organisation.commune)])


def people_of(organisation: Organisation) -> Sequence[Membership]:
    """List the people of an organisation: those who wait first, then those in place, then the rest."""
    found = db.session.scalars(
        select(Membership)
        .join(Membership.account)
        .options(contains_eager(Membership.account))
        .where(Membership.organisation_id == organisation.id)
        .order_by(Account.display_name, Membership.id)
    ).all()
    order = [MembershipState.PENDING, MembershipState.GRANTED, MembershipState.REFUSED, MembershipState.REVOKED]
    return sorted(found, key=lambda membership: order.index(membership.state))


def managers_of(organisation: Organisation) -> Sequence[Account]:
    """List the managers in office whose account is open."""
    return db.session.scalars(
        select(Account)
        .join(Membership, Membership.account_id == Account.id)
        .where(
            Membership.organisation_id == organisation.id,
            Membership.role == MembershipRole.MANAGER,
            Membership.state == MembershipState.GRANTED,
            Account.disabled_at.is_(None),
        )
        .order_by(Account.display_name)
    ).all()


def managers_by_site(sites: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """Name the managers in office of several organisations."""
    rows = db.session.execute(
        select(Membership.organisation_id, Account.display_name)
        .join(Membership.account)
        .where(
            Membership.organisation_id.in_(list(sites)),
            Membership.role == MembershipRole.MANAGER,
            Membership.state == MembershipState.GRANTED,
            Account.disabled_at.is_(None),
        )
        .order_by(Account.display_name)
    )
    found: dict[uuid.UUID, list[str]] = {}
    for site, name in rows:
        found.setdefault(site, []).append(name)
    return found


def membership_in(organisation: Organisation, membership_id: uuid.UUID) -> Membership | None:
    """Find one place of an organisation."""
    return db.session.scalar(
        select(Membership)
        .options(joinedload(Membership.account), joinedload(Membership.organisation))
        .where(Membership.id == membership_id, Membership.organisation_id == organisation.id)
    )


def organisations_found(
    words: str, state: OrganisationState | None, *, page: slice
) -> tuple[Sequence[Organisation], int]:
    """List organisations for the staff: those to verify first, the longest waiting on top; and count them all."""
    query = select(Organisation)
    if state is not None:
        query = query.where(Organisation.state == state)
    if words:
        digits = "".join(words.split())
        query = query.where(
            or_(
                Organisation.name.icontains(words, autoescape=True),
                Organisation.siret.startswith(digits, autoescape=True),
            )
        )
    waiting = Organisation.state != OrganisationState.TO_VERIFY
    total = db.session.scalar(query.with_only_columns(func.count())) or 0
    ordered = query.options(joinedload(Organisation.commune))
    ordered = ordered.order_by(waiting, Organisation.created_at, Organisation.id)
    return db.session.scalars(ordered.offset(page.start).limit(page.stop - page.start)).all(), total


def organisations_by_state() -> dict[OrganisationState, int]:
    """Count the organisations of each state."""
    rows = db.session.execute(select(Organisation.state, func.count()).group_by(Organisation.state))
    return dict(rows.all())


def pending_memberships(before: datetime) -> Sequence[Membership]:
    """List the requests that wait since before an instant, at verified sites or not, the longest waiting first."""
    return db.session.scalars(
        select(Membership)
        .options(joinedload(Membership.organisation), joinedload(Membership.account))
        .where(Membership.state == MembershipState.PENDING, Membership.updated_at < before)
        .order_by(Membership.updated_at, Membership.id)
    ).all()


def memberships_waiting() -> Sequence[Membership]:
    """List the requests to join a verified organisation, the longest waiting first."""
    return db.session.scalars(
        select(Membership)
        .join(Membership.organisation)
        .options(contains_eager(Membership.organisation), joinedload(Membership.account))
        .where(Membership.state == MembershipState.PENDING, Organisation.state == OrganisationState.VERIFIED)
        .order_by(Membership.created_at, Membership.id)
        .limit(page_size(PAGE * 4))
    ).all()
