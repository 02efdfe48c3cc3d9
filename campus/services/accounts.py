"""What people change about themselves, and what the staff decide about accounts."""

from __future__ import annotations

from campus import clock, db
from campus.errors import Refused
from campus.models import Account, LinkPurpose, OneTimeLink
from campus.queries.accounts import account_by_email
from campus.services import attempts, audit, links, mails
from campus.services.passwords import check_current
from campus.services.sessions import end_sessions

NEW_ADDRESS = "new_address"


class OwnAccount(Refused):
    """Nobody disables the account they are using."""


def revise_profile(account: Account, *, name: str, locale: str) -> None:
    """Change a person's name and the language of their mails."""
    account.display_name, account.locale = name, locale
    audit.record(account, "profile_revised", account)
    db.session.flush()


def ask_new_address(account: Account, email: str, password: str) -> None:
    """Send a link to the new address; it counts from the moment it is confirmed."""
    check_current(account, password)
    attempts.count(NEW_ADDRESS, attempts.key_of("account", account.email))
    wanted = email.strip().lower()
    known = account_by_email(wanted)
    links.withdraw(LinkPurpose.CONFIRM_ADDRESS, account)
    token = links.issue(LinkPurpose.CONFIRM_ADDRESS, account=account, email=wanted)
    if known is None:
        mails.tell_address(wanted, "new_address_confirm", account.locale, person=account, token=token)
    else:
        mails.tell(known, "new_address_taken")
    db.session.flush()


def confirm_new_address(link: OneTimeLink) -> Account:
    """Give the account its new address, and tell the old one."""
    account, email = link.account, link.email
    links.spend(link)
    if account is None or account_by_email(email) is not None:
        raise links.LinkIsSpent
    mails.tell(account, "address_changed", email=email)
    account.email = email
    audit.record(account, "address_changed", account)
    db.session.flush()
    return account


def disable_account(actor: Account, account: Account) -> Account:
    """Close an account until it is enabled again; its sessions end at once."""
    if account.id == actor.id:
        raise OwnAccount
    account.disabled_at = clock.now()
    end_sessions(account)
    audit.record(actor, "account_disabled", account)
    db.session.flush()
    return account


def enable_account(actor: Account, account: Account) -> Account:
    """Open an account again."""
    account.disabled_at = None
    audit.record(actor, "account_enabled", account)
    db.session.flush()
    return account
