"""Questions about people and their open sessions."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import contains_eager

from campus import db
from campus.models import Account, AccountSession, Role

COME_AND_GO = (Role.TRAINEE, Role.EMPLOYER)


def digest(secret: str) -> str:
    """Hash a random secret for storage: it has enough entropy not to need salt or slowness."""
    return hashlib.sha256(secret.encode()).hexdigest()


def open_session(token: str, *, not_before: datetime) -> AccountSession | None:
    """Find the session that a cookie's secret opens, if it is neither ended nor too old."""
    return db.session.scalar(
        select(AccountSession)
        .join(AccountSession.account)
        .options(contains_eager(AccountSession.account))
        .where(
            AccountSession.token_digest == digest(token),
            AccountSession.ended_at.is_(None),
            AccountSession.created_at > not_before,
            Account.disabled_at.is_(None),
        )
    )


def account_by_email(email: str) -> Account | None:
    """Find the account of an address."""
    return db.session.scalar(select(Account).where(Account.email == email.strip().lower()))


def open_sessions_of(account: Account, *, not_before: datetime) -> Sequence[AccountSession]:
    """List the sessions that a person has open, the newest first."""
    return db.session.scalars(
        select(AccountSession)
        .where(
            AccountSession.account_id == account.id,
            AccountSession.ended_at.is_(None),
            AccountSession.created_at > not_before,
        )
        .order_by(AccountSession.created_at.desc(), AccountSession.id)
    ).all()


def own_session(account: Account, session_id: uuid.UUID) -> AccountSession | None:
    """Find one of a person's own open sessions."""
    return db.session.scalar(
        select(AccountSession).where(
            AccountSession.id == session_id, AccountSession.account_id == account.id, AccountSession.ended_at.is_(None)
        )
    )


def account_by_id(account_id: uuid.UUID) -> Account | None:
    """Find an account for the staff."""
    return db.session.get(Account, account_id)


def people_found(words: str, role: Role | None, *, page: slice) -> tuple[Sequence[Account], int]:
    """List people whose name or address holds these words, in the order of names; and count them all."""
    query = select(Account)
    if role is not None:
        query = query.where(Account.role == role)
    for word in words.split():
        query = query.where(
            or_(Account.display_name.icontains(word, autoescape=True), Account.email.icontains(word, autoescape=True))
        )
    total = db.session.scalar(query.with_only_columns(func.count())) or 0
    ordered = query.order_by(Account.display_name, Account.id)
    return db.session.scalars(ordered.offset(page.start).limit(page.stop - page.start)).all(), total


def people_by_role() -> dict[Role, int]:
    """Count the accounts of each role."""
    rows = db.session.execute(select(Account.role, func.count()).group_by(Account.role))
    return dict(rows.all())


def unused_accounts(since: datetime) -> Sequence[Account]:
    """List the open accounts of trainees and firms that nobody has used since an instant, the longest first."""
    unused = (Account.last_seen_at <= since, Account.disabled_at.is_(None), Account.role.in_(COME_AND_GO))
    return db.session.scalars(select(Account).where(*unused).order_by(Account.last_seen_at, Account.id)).all()
