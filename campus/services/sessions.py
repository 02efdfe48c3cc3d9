"""Signing in and out."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from campus import clock, db
from campus.errors import Refused
from campus.models import Account, AccountSession
from campus.passwords import verify_password
from campus.queries.accounts import account_by_email, digest
from campus.services import attempts, links

ACTION = "sign_in"


class SignInRefused(Refused):
    """The address and the password do not open an account."""


def sign_in(email: str, password: str, *, address: str = "", user_agent: str = "") -> tuple[AccountSession, str]:
    """Open a session for whoever knows the password; give it with its secret. Failures are counted."""
    keys = attempts.keys_of(email, address)
    attempts.check(ACTION, *keys)
    account = account_by_email(email)
    known = verify_password(account.password_hash if account else None, password)
    if account is None or not known or account.disabled_at is not None:
        attempts.note(ACTION, *keys)
        raise SignInRefused
    return open_session_for(account, user_agent=user_agent)


def open_session_for(account: Account, *, user_agent: str = "") -> tuple[AccountSession, str]:
    """Open a session for an account already proved."""
    token = secrets.token_urlsafe(32)
    opened = AccountSession(account=account, token_digest=digest(token), user_agent=user_agent[:200])
    account.last_seen_at = clock.now()
    db.session.add(opened)
    db.session.flush()
    return opened, token


def sign_out(opened: AccountSession) -> None:
    """End a session: its cookie opens nothing from now on."""
    opened.ended_at = clock.now()
    db.session.flush()


def end_sessions(account: Account, *, but: AccountSession | None = None) -> None:
    """End a person's sessions, except perhaps the one they are using."""
    query = update(AccountSession).where(AccountSession.account_id == account.id, AccountSession.ended_at.is_(None))
    if but is not None:
        query = query.where(AccountSession.id != but.id)
    db.session.execute(query.values(ended_at=clock.now()))
    db.session.flush()


def forget_old_sessions(now: datetime, kept: timedelta = timedelta(days=365)) -> int:
    """Forget the sessions of browsers that nobody used for a year, links and tries out of date; count the sessions."""
    links.forget_expired()
    attempts.forget_old(now)
    return db.session.execute(delete(AccountSession).where(AccountSession.last_used_at < now - kept)).rowcount
