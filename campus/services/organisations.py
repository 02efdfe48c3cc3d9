"""Knowing organisations: the staff verify each site before it posts."""

from __future__ import annotations

from sqlalchemy import select

from campus import clock, db
from campus.models import Account, MembershipRole, MembershipState, Organisation, OrganisationState
from campus.queries.organisations import people_of
from campus.services import audit
from campus.services.memberships import AlreadyDecided, grant, refuse


def verify_organisation(actor: Account, organisation: Organisation) -> Organisation:
    """Say that the site is what it claims to be, and let in the person who made it known."""
    _lock(organisation)
    if organisation.state is OrganisationState.VERIFIED:
        raise AlreadyDecided
    organisation.state, organisation.reason = OrganisationState.VERIFIED, ""
    organisation.verified_at = clock.now()
    audit.record(actor, "organisation_verified", organisation)
    db.session.flush()
    for membership in people_of(organisation):
        if membership.role is MembershipRole.MANAGER and membership.state is MembershipState.PENDING:
            grant(actor, membership)
    return organisation


def refuse_organisation(actor: Account, organisation: Organisation, reason: str) -> Organisation:
    """Refuse a site, with all requests to join it, and say why."""
    _lock(organisation)
    if organisation.state is not OrganisationState.TO_VERIFY:
        raise AlreadyDecided
    for membership in people_of(organisation):
        if membership.state is MembershipState.PENDING:
            refuse(actor, membership, reason)
    organisation.state, organisation.reason = OrganisationState.REFUSED, reason
    audit.record(actor, "organisation_refused", organisation, reason=reason)
    db.session.flush()
    return organisation


def _lock(organisation: Organisation) -> None:
    db.session.scalars(
        select(Organisation)
        .where(Organisation.id == organisation.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()
