"""Asking for a place in an organisation, known or new."""

from __future__ import annotations

from dataclasses import dataclass

from campus import db
from campus.errors import Refused
from campus.models import Account, Membership, MembershipRole, MembershipState, Organisation
from campus.queries.organisations import managers_of, membership_of, organisation_by_siret
from campus.services import audit, mails


class AlreadyThere(Refused):
    """The person has, or has already asked for, a place in the organisation."""


@dataclass(frozen=True)
class Site:
    """One site of a firm, as a person describes it; only the SIRET when it is known already."""

    siret: str
    name: str = ""
    commune_code: str | None = None
    address: str = ""
    naf: str = ""


def join_site(account: Account, site: Site) -> Membership:
    """Ask for a place in a known organisation, or make it with the person as its first manager to be."""
    organisation = organisation_by_siret(site.siret)
    if organisation is None:
        return _ask(account, _create(account, site), MembershipRole.MANAGER)
    membership = _ask(account, organisation, MembershipRole.MEMBER)
    for manager in managers_of(organisation):
        mails.tell(manager, "membership_requested", newcomer=account, organisation=organisation)
    return membership


def _create(account: Account, site: Site) -> Organisation:
    made = Organisation(
        siret=site.siret, name=site.name, commune_code=site.commune_code, address=site.address, naf=site.naf
    )
    db.session.add(made)
    db.session.flush()
    audit.record(account, "organisation_created", made, siret=made.siret)
    return made


def _ask(account: Account, organisation: Organisation, role: MembershipRole) -> Membership:
    membership = membership_of(account, organisation.id)
    if membership is None:
        membership = Membership(account=account, organisation=organisation, role=role)
        db.session.add(membership)
    elif membership.state in {MembershipState.PENDING, MembershipState.GRANTED}:
        raise AlreadyThere
    membership.state, membership.role, membership.reason = MembershipState.PENDING, role, ""
    db.session.flush()
    audit.record(account, "membership_requested", membership, organisation=organisation.id)
    return membership
