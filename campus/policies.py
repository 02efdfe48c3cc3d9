"""Who may do what to which thing: every object rule, one line each."""

from __future__ import annotations

from campus.models import Account, MembershipRole, MembershipState, Need, Organisation, OrganisationState, Role
from campus.queries.organisations import membership_of


def may_draft_need(account: Account, organisation: Organisation) -> bool:
    """Let people prepare a need while their access is being checked."""
    membership = membership_of(account, organisation.id)
    return membership is not None and membership.state in {MembershipState.PENDING, MembershipState.GRANTED}


def may_post_need(account: Account, organisation: Organisation) -> bool:
    """Let people post for a verified organisation that has granted them access."""
    return organisation.state is OrganisationState.VERIFIED and belongs_to(account, organisation)


def may_change_need(account: Account, need: Need) -> bool:
    """Let the people of a need's organisation revise it, withdraw it and renew it."""
    return belongs_to(account, need.organisation)


def may_hand_in_letter(account: Account, need: Need) -> bool:
    """Let a firm hand in its signed letter, and the staff the one that they got on paper."""
    return account.role is Role.STAFF or belongs_to(account, need.organisation)


def belongs_to(account: Account, organisation: Organisation) -> bool:
    """Tell whether a person has a granted place in an organisation."""
    membership = membership_of(account, organisation.id)
    return membership is not None and membership.state is MembershipState.GRANTED


def may_manage(account: Account, organisation: Organisation) -> bool:
    """Let the managers of an organisation and the staff decide who acts for it."""
    if account.role is Role.STAFF:
        return True
    membership = membership_of(account, organisation.id)
    return membership is not None and is_manager(membership.role, membership.state)


def is_manager(role: MembershipRole, state: MembershipState) -> bool:
    """Tell whether a place is that of a manager in office."""
    return role is MembershipRole.MANAGER and state is MembershipState.GRANTED
