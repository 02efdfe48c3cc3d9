"""Who is asking: the cookie carries a secret and the hour of the last visit; the database knows the session.

Sessions live in the database so that a cookie saved before signing out opens nothing afterwards. The hour of the last
visit travels in the signed cookie, so that reading a page writes nothing.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import Flask, g, session
from flask_login import AnonymousUserMixin, LoginManager, UserMixin

from campus import clock
from campus.models import Account, AccountSession, Role
from campus.queries.accounts import open_session

TOKEN, SEEN = "token", "seen"
ABSOLUTE = timedelta(hours=12)
IDLE_S = {Role.STAFF: 30 * 60}
IDLE_DEFAULT_S = 2 * 3600
REFRESH_S = 60


class SignedIn(UserMixin):
    """The person who asks, as Flask-Login wants to know them; everything else is read off the account."""

    def __init__(self, account: Account, opened: AccountSession) -> None:
        self.account = account
        self.opened = opened

    def get_id(self) -> str:
        """Give the account's key."""
        return str(self.account.id)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.account, name)


class Visitor(AnonymousUserMixin):
    """Somebody who has not signed in."""

    role = None
    display_name = ""
    account = None


def install(app: Flask) -> None:
    """Recognise people by their session in the database."""
    manager = LoginManager(app)
    manager.anonymous_user = Visitor
    manager.session_protection = None
    manager.request_loader(recognise)


def recognise(_request: Any) -> SignedIn | None:
    """Find the person behind the cookie, unless the session has ended or slept too long."""
    token = session.get(TOKEN)
    if not token:
        return None
    opened = open_session(token, not_before=clock.now() - ABSOLUTE)
    if opened is None:
        return None
    now, seen = clock.now().timestamp(), float(session.get(SEEN, 0))
    if now - seen > IDLE_S.get(opened.account.role, IDLE_DEFAULT_S):
        return None
    if now - seen > REFRESH_S:
        session[SEEN] = now
    g.account_session = opened
    return SignedIn(opened.account, opened)


def remember(token: str) -> None:
    """Put a new session's secret into a clean cookie."""
    session.clear()
    g.pop("csrf_token", None)
    session[TOKEN] = token
    session[SEEN] = clock.now().timestamp()


def forget() -> None:
    """Empty the cookie."""
    session.clear()


def treat_as_visitor() -> None:
    """Forget for this request who is asking, so that nobody asks the database again."""
    g._login_user = Visitor()
