"""How a need ends and comes back: withdrawn, restored, renewed, expired."""

from __future__ import annotations

import enum
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from campus import clock, db
from campus.errors import Refused
from campus.models import Account, LinkPurpose, Need, NeedState, OneTimeLink
from campus.queries.accounts import digest
from campus.queries.needs import is_queued, last_event
from campus.services import ledger, mails
from campus.services.matches import match_need
from campus.services.need_states import may, move
from campus.services.needs import LIFE

UNDO = timedelta(minutes=10)
WARNED_BEFORE = (timedelta(days=7), timedelta(days=1))


class TooLateToUndo(Refused):
    """Ten minutes have gone by."""


class LinkIsUsed(Refused):
    """The link of a mail has served, or its time is over."""


class WithdrawalReason(enum.StrEnum):
    """Why a firm takes a need back."""

    FILLED = "filled"
    CANCELLED = "cancelled"
    DUPLICATE = "duplicate"
    OTHER = "other"


def withdraw_need(account: Account, need: Need, why: WithdrawalReason, *, comment: str = "") -> Need:
    """Take a need back, and say why; it can be restored for ten minutes."""
    reason_before = need.reason
    need.reason = comment.strip()
    move(account, "withdraw", need, why=why.value, reason=need.reason, reason_before=reason_before)
    ledger.close_posts(account, need, why.value)
    return need


def may_restore(need: Need) -> bool:
    """Tell whether the withdrawal can still be undone."""
    return may("restore", need) and clock.now() - need.updated_at <= UNDO


def restore_need(account: Account, need: Need) -> Need:
    """Put a need back where it was before it was withdrawn."""
    event = last_event(need, "withdraw")
    if event is None or not may_restore(need):
        raise TooLateToUndo
    need.reason = event.details.get("reason_before", "")
    move(account, "restore", need, to=NeedState(event.details["before"]))
    ledger.reopen_posts(account, need, "restored")
    return need


def renew_need(account: Account, need: Need) -> Need:
    """Let a need live another 90 days from now."""
    need.expires_at = clock.now() + LIFE
    was_expired = need.state is NeedState.EXPIRED
    move(account, "renew", need, expires_at=need.expires_at)
    ledger.reopen_posts(account, need, "renewed")
    if was_expired:
        match_need(need)
    return need


def use_link(link: OneTimeLink) -> Account:
    """Use up the link of a mail; give the person it was sent to."""
    account = db.session.get(Account, link.account_id) if link.account_id else None
    if account is None or link.used_at is not None or link.expires_at <= clock.now():
        raise LinkIsUsed
    link.used_at = clock.now()
    db.session.flush()
    return account


def renew_by_link(link: OneTimeLink, need: Need) -> Need:
    """Renew the need that a mail asked about."""
    return renew_need(use_link(link), need)


def withdraw_by_link(link: OneTimeLink, need: Need, why: WithdrawalReason) -> Need:
    """Withdraw the need that a mail asked about."""
    return withdraw_need(use_link(link), need, why)


def expire_needs(now: datetime) -> int:
    """Expire the needs whose 90 days are over, and warn of those about to; count the expired."""
    over = db.session.scalars(_living().where(Need.expires_at <= now)).all()
    for need in over:
        move(None, "expire", need)
        ledger.close_posts(None, need, "expired")
        mails.tell(need.author, "need_expired", need=need, token=_link(need, now), once_key=_key(need, "expired"))
    for early in WARNED_BEFORE:
        _warn(now, early)
    return len(over)


def _warn(now: datetime, early: timedelta) -> None:
    """Ask whether the need still stands, once for each delay: a later warning makes the earlier ones pointless."""
    shorter = max((each for each in WARNED_BEFORE if each < early), default=timedelta(0))
    query = _living().where(Need.expires_at > now + shorter, Need.expires_at <= now + early)
    for need in db.session.scalars(query).all():
        key = _key(need, str(early.days))
        if not is_queued(key):
            mails.tell(need.author, "need_expiring", need=need, token=_link(need, now), once_key=key)


def _living() -> Select[tuple[Need]]:
    return select(Need).where(Need.state.in_((NeedState.PUBLISHED, NeedState.TO_CLARIFY))).order_by(Need.expires_at)


def _key(need: Need, what: str) -> str:
    ends = need.expires_at.date().isoformat() if need.expires_at else ""
    return f"need:{need.id}:{ends}:{what}"


def _link(need: Need, now: datetime) -> str:
    """Make a link that opens the question once; only its digest is kept."""
    token = secrets.token_urlsafe(24)
    db.session.add(
        OneTimeLink(
            token_digest=digest(token),
            purpose=LinkPurpose.RENEW_NEED,
            account_id=need.author_id,
            details={"need_id": str(need.id)},
            expires_at=now + timedelta(days=30),
        )
    )
    return token
