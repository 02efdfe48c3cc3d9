"""Inviting people by mail: to a site, or to the campus's team."""

from __future__ import annotations

import uuid
from typing import Any

from campus import clock, db
from campus.errors import Refused
from campus.models import (
    Account,
    LinkPurpose,
    Membership,
    MembershipRole,
    MembershipState,
    OneTimeLink,
    Organisation,
    OrganisationState,
    Role,
)
from campus.policies import may_manage
from campus.queries.accounts import account_by_email
from campus.queries.organisations import membership_of, organisation_by_id
from campus.services import audit, links, mails
from campus.services.memberships import NotTheManager, NotVerified
from campus.services.passwords import hash_new_password

INVITED = frozenset({Role.STAFF, Role.TRAINER, Role.OBSERVER})


class OtherKindOfAccount(Refused):
    """The address already belongs to an account of another kind."""


class NeedsAName(Refused):
    """A new person must give a name and a password."""


def invite_to_site(actor: Account, organisation: Organisation, email: str, *, role: MembershipRole) -> None:
    """Invite somebody to act for an organisation."""
    if not may_manage(actor, organisation):
        raise NotTheManager
    if organisation.state is not OrganisationState.VERIFIED:
        raise NotVerified
    _invite(
        actor,
        email,
        "invitation_to_site",
        details={"role": Role.EMPLOYER.value, "organisation_id": str(organisation.id), "membership_role": role.value},
        organisation=organisation,
    )


def invite_colleague(actor: Account, email: str, role: Role) -> None:
    """Invite somebody to the team, or to watch."""
    if actor.role is not Role.STAFF or role not in INVITED:
        raise NotTheManager
    _invite(actor, email, "invitation_to_campus", details={"role": role.value}, role=role)


def _invite(actor: Account, email: str, kind: str, *, details: dict[str, str], **values: Any) -> None:
    address = email.strip().lower()
    token = links.issue(LinkPurpose.INVITATION, email=address, by=actor, **details)
    known = account_by_email(address)
    mails.tell_address(address, kind, known.locale if known else "fr", inviter=actor, token=token, **values)
    audit.record(actor, "invited", actor, **details)
    db.session.flush()


def withdraw_invitation(actor: Account, link: OneTimeLink) -> None:
    """Take an invitation back before it is answered."""
    audit.record(actor, "invitation_withdrawn", actor)
    db.session.delete(link)
    db.session.flush()


def accept_invitation(link: OneTimeLink, *, name: str = "", password: str = "") -> Account:
    """Open the place that the link promises; the account is made when the address has none."""
    email = link.email
    details = links.spend(link)
    account = account_by_email(email)
    role = Role(details["role"])
    if account is None:
        account = _make_account(email, role, name=name, password=password)
    elif account.role is not role or account.disabled_at is not None:
        raise OtherKindOfAccount
    if "organisation_id" in details:
        _let_in(account, details, link.created_by_id)
    db.session.flush()
    return account


def _make_account(email: str, role: Role, *, name: str, password: str) -> Account:
    if not name:
        raise NeedsAName
    account = Account(
        email=email,
        display_name=name,
        role=role,
        password_hash=hash_new_password(password, (email, name)),
        confirmed_at=clock.now(),
    )
    db.session.add(account)
    db.session.flush()
    audit.record(account, "account_created", account, role=role)
    return account


def _let_in(account: Account, details: dict[str, str], inviter_id: uuid.UUID | None) -> None:
    organisation = organisation_by_id(uuid.UUID(details["organisation_id"]))
    inviter = db.session.get(Account, inviter_id) if inviter_id else None
    if organisation is None or inviter is None or inviter.disabled_at or not may_manage(inviter, organisation):
        raise links.LinkIsSpent
    membership = membership_of(account, organisation.id)
    if membership is None:
        membership = Membership(account=account, organisation=organisation)
        db.session.add(membership)
    elif membership.state is MembershipState.GRANTED:
        return
    membership.role, membership.state = MembershipRole(details["membership_role"]), MembershipState.GRANTED
    membership.decided_by_id, membership.decided_at = inviter.id, clock.now()
    db.session.flush()
    audit.record(account, "membership_granted", membership, invited_by=inviter.id)
