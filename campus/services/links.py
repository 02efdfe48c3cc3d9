"""One-time links: the mail carries a secret, the row only its digest; each opens one page, once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, update

from campus import clock, db
from campus.errors import Refused
from campus.models import Account, LinkPurpose, OneTimeLink
from campus.queries.accounts import digest

LIVES = {
    LinkPurpose.RESET_PASSWORD: timedelta(hours=1),
    LinkPurpose.CONFIRM_ADDRESS: timedelta(days=1),
    LinkPurpose.INVITATION: timedelta(days=7),
}


class LinkIsSpent(Refused):
    """The link has been used, has expired or never was."""


def issue(
    purpose: LinkPurpose,
    *,
    account: Account | None = None,
    email: str = "",
    by: Account | None = None,
    until: datetime | None = None,
    **details: Any,
) -> str:
    """Make a link and give its secret; the links that nobody used in time are forgotten."""
    forget_expired()
    token = secrets.token_urlsafe(32)
    db.session.add(
        OneTimeLink(
            token_digest=digest(token),
            purpose=purpose,
            account_id=account.id if account else None,
            email=email,
            created_by_id=by.id if by else None,
            details=details,
            expires_at=until or clock.now() + LIVES[purpose],
        )
    )
    db.session.flush()
    return token


def spend(link: OneTimeLink) -> dict[str, Any]:
    """Use a link up, and give what it carried; of two people who use it at once, one is refused."""
    details = dict(link.details)
    spent = db.session.execute(
        update(OneTimeLink)
        .where(OneTimeLink.id == link.id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > clock.now())
        .values(used_at=clock.now(), details={}, email="")
    )
    if spent.rowcount != 1:  # type: ignore[attr-defined]
        raise LinkIsSpent
    return details


def note_use(link: OneTimeLink) -> None:
    """Note that the person followed a link that may be followed again: they have come back."""
    link.used_at = link.used_at or clock.now()
    if link.account is not None:
        link.account.last_seen_at = clock.now()
    db.session.flush()


def withdraw(purpose: LinkPurpose, account: Account) -> None:
    """Make a person's open links of a kind worthless."""
    db.session.execute(
        delete(OneTimeLink).where(
            OneTimeLink.purpose == purpose, OneTimeLink.account_id == account.id, OneTimeLink.used_at.is_(None)
        )
    )


def forget_expired() -> None:
    """Delete the links that nobody used in time, with what they carried."""
    db.session.execute(delete(OneTimeLink).where(OneTimeLink.expires_at < clock.now(), OneTimeLink.used_at.is_(None)))
