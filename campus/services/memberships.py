"""Deciding who acts for an organisation. It never loses its last manager."""

from __future__ import annotations

from sqlalchemy import select

from campus import clock, db
from campus.errors import Refused
from campus.models import Account, Membership, MembershipRole, MembershipState, Organisation, OrganisationState
from campus.policies import is_manager, may_manage
from campus.queries.organisations import managers_of
from campus.services import audit, mails


class LastManager(Refused):
    """The organisation would be left with nobody to manage it."""


class NotTheManager(Refused):
    """Only a manager of the organisation, or the staff, may decide this."""


class AlreadyDecided(Refused):
    """Somebody else has decided in the meantime."""


class NotVerified(Refused):
    """The organisation must be verified before anybody is let in."""


def grant(actor: Account, membership: Membership) -> Membership:
    """Let a person in; the first one becomes the organisation's manager."""
    organisation = _decide(actor, membership, MembershipState.PENDING)
    if organisation.state is not OrganisationState.VERIFIED:
        raise NotVerified
    if not managers_of(organisation):
        membership.role = MembershipRole.MANAGER
    return _settle(actor, membership, MembershipState.GRANTED)


def refuse(actor: Account, membership: Membership, reason: str) -> Membership:
    """Answer no to a request, and say why."""
    _decide(actor, membership, MembershipState.PENDING)
    return _settle(actor, membership, MembershipState.REFUSED, reason=reason)


def revoke(actor: Account, membership: Membership, reason: str = "") -> Membership:
    """Take a person's place away; they may also leave by themselves."""
    organisation = _decide(actor, membership, MembershipState.GRANTED)
    _keep_a_manager(organisation, membership)
    return _settle(actor, membership, MembershipState.REVOKED, reason=reason)


def make_manager(actor: Account, membership: Membership) -> Membership:
    """Let a member manage the organisation too."""
    _decide(actor, membership, MembershipState.GRANTED)
    return _change_role(actor, membership, MembershipRole.MANAGER)


def make_member(actor: Account, membership: Membership) -> Membership:
    """Relieve a manager of managing."""
    organisation = _decide(actor, membership, MembershipState.GRANTED)
    _keep_a_manager(organisation, membership)
    return _change_role(actor, membership, MembershipRole.MEMBER)


def _decide(actor: Account, membership: Membership, expected: MembershipState) -> Organisation:
    """Lock the organisation, and check that the actor may decide and that nobody else has."""
    organisation = db.session.scalars(
        select(Organisation).where(Organisation.id == membership.organisation_id).with_for_update()
    ).one()
    db.session.refresh(membership, ["state", "role"])
    leaving = membership.account_id == actor.id and expected is MembershipState.GRANTED
    if not (leaving or may_manage(actor, organisation)):
        raise NotTheManager
    if membership.state is not expected:
        raise AlreadyDecided
    return organisation


def _keep_a_manager(organisation: Organisation, membership: Membership) -> None:
    others = [manager for manager in managers_of(organisation) if manager.id != membership.account_id]
    if is_manager(membership.role, membership.state) and not others:
        raise LastManager


def _settle(actor: Account, membership: Membership, state: MembershipState, *, reason: str = "") -> Membership:
    before = membership.state
    membership.state, membership.reason = state, reason
    membership.decided_by_id, membership.decided_at = actor.id, clock.now()
    audit.record(actor, f"membership_{state.value}", membership, before=before, reason=reason)
    if membership.account_id != actor.id:
        mails.tell(membership.account, f"membership_{state.value}", organisation=membership.organisation, reason=reason)
    db.session.flush()
    return membership


def _change_role(actor: Account, membership: Membership, role: MembershipRole) -> Membership:
    before, membership.role = membership.role, role
    audit.record(actor, "membership_role_changed", membership, before=before, after=role)
    db.session.flush()
    return membership
