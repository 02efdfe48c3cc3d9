"""Choosing, changing and resetting passwords."""

from __future__ import annotations

from campus import db
from campus.errors import Refused
from campus.models import Account, AccountSession, LinkPurpose, OneTimeLink
from campus.password_rules import Weakness, weakness_of
from campus.passwords import hash_password, verify_password
from campus.queries.accounts import account_by_email
from campus.services import attempts, audit, links, mails
from campus.services.sessions import end_sessions

RESET, CHANGE = "reset", "change"


class WeakPassword(Refused):
    """The new password is too short, too long or easily guessed."""

    def __init__(self, weakness: Weakness) -> None:
        super().__init__()
        self.weakness = weakness


class WrongPassword(Refused):
    """The current password is not the one typed."""


def hash_new_password(password: str, about: tuple[str, ...]) -> str:
    """Hash a password that somebody has just chosen, if the rules let it pass."""
    weakness = weakness_of(password, about)
    if weakness is not None:
        raise WeakPassword(weakness)
    return hash_password(password)


def set_password(account: Account, password: str) -> None:
    """Give an account a new password."""
    account.password_hash = hash_new_password(password, (account.email, account.display_name))


def check_current(account: Account, password: str) -> None:
    """Refuse whoever sits at an open session without knowing its password; tries are counted."""
    key = attempts.key_of("account", account.email)
    attempts.check(CHANGE, key)
    if not verify_password(account.password_hash, password):
        attempts.note(CHANGE, key)
        raise WrongPassword


def change_password(account: Account, current: str, new: str, *, opened: AccountSession) -> None:
    """Replace a password by somebody who knows it, and end their other sessions."""
    check_current(account, current)
    set_password(account, new)
    end_sessions(account, but=opened)
    audit.record(account, "password_changed", account)
    mails.tell(account, "password_changed")
    db.session.flush()


def ask_reset(email: str, *, address: str, locale: str) -> None:
    """Send a link to choose a new password, or say by mail that there is no account."""
    attempts.count(RESET, *attempts.keys_of(email, address))
    account = account_by_email(email)
    token = links.issue(LinkPurpose.RESET_PASSWORD, account=account, email=email.strip().lower())
    if account is None:
        mails.tell_address(email.strip().lower(), "reset_unknown", locale)
    elif account.disabled_at is not None:
        mails.tell(account, "reset_disabled")
    else:
        mails.tell(account, "reset_password", token=token)
    db.session.flush()


def reset_password(link: OneTimeLink, password: str) -> Account:
    """Give the person of a link a new password, and end all their sessions."""
    account = link.account
    if account is None or account.disabled_at is not None:
        raise links.LinkIsSpent
    set_password(account, password)
    links.spend(link)
    links.withdraw(LinkPurpose.RESET_PASSWORD, account)
    end_sessions(account)
    audit.record(account, "password_reset", account)
    mails.tell(account, "password_changed")
    db.session.flush()
    return account
