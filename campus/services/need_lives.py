"""How a need ends and comes back: withdrawn, restored, renewed, expired."""

from __future__ import annotations

import enum
import secrets
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from campus import clock, db
from campus.errors import Refused
from campus.mail_rules import AUGUST, is_august
from campus.models import Account, LinkPurpose, Need, NeedState, OneTimeLink
from campus.queries.accounts import digest
from campus.queries.needs import is_queued, last_event
from campus.services import audit, commitments, ledger, links, mails, pools
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
    commitments.take_all_back(account, need, why.value)
    pools.leave_with(need, why.value)
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
    commitments.give_all_back(account, need)
    if need.state is NeedState.PUBLISHED:
        match_need(need)
    return need


def renew_need(account: Account, need: Need) -> Need:
    """Let a need live another 90 days from now."""
    need.expires_at = clock.now() + LIFE
    was_expired = need.state is NeedState.EXPIRED
    move(account, "renew", need, expires_at=need.expires_at)
    ledger.reopen_posts(account, need, "renewed")
    if was_expired:
        commitments.give_all_back(account, need)
        match_need(need)
    commitments.declare(need.author, need)
    commitments.confirm(account, need)
    return need


def use_link(link: OneTimeLink) -> Account:
    """Use up the link of a mail; give the person it was sent to."""
    account = db.session.get(Account, link.account_id) if link.account_id else None
    if account is None or link.used_at is not None or link.expires_at <= clock.now():
        raise LinkIsUsed
    links.note_use(link)
    return account


def renew_by_link(link: OneTimeLink, need: Need) -> Need:
    """Renew the need that a mail asked about."""
    return renew_need(use_link(link), need)


def withdraw_by_link(link: OneTimeLink, need: Need, why: WithdrawalReason) -> Need:
    """Withdraw the need that a mail asked about."""
    return withdraw_need(use_link(link), need, why)


def expire_needs(now: datetime) -> int:
    """Expire the needs whose 90 days are over; count them. In August those that nobody could be asked about live on."""
    if is_august(now):
        _spare_until_september(now)
    over = db.session.scalars(_living().where(Need.expires_at <= now)).all()
    for need in over:
        move(None, "expire", need)
        ledger.close_posts(None, need, "expired")
        commitments.take_all_back(None, need, "expired")
        pools.leave_with(need, "expired")
        mails.tell(
            need.author, "need_expired", need=need, token=renewal_link(need, now), once_key=_key(need, "expired")
        )
    return len(over)


def _spare_until_september(now: datetime) -> None:
    """Let every need that would end before firms can be asked again, a week into September, live until then."""
    asked_again = datetime(now.astimezone(clock.PARIS).year, AUGUST + 1, 1, tzinfo=clock.PARIS) + WARNED_BEFORE[0]
    for need in db.session.scalars(_living().where(Need.expires_at < asked_again)).all():
        audit.record(None, "spared", need, expires_at=[need.expires_at, asked_again])
        need.expires_at = asked_again
    db.session.flush()


def ask_renewals(now: datetime) -> None:
    """Ask whether the needs about to expire still stand; nobody is asked in August."""
    if is_august(now):
        return
    for early in WARNED_BEFORE:
        _ask(now, early)


def _ask(now: datetime, early: timedelta) -> None:
    """Ask once for each delay: a later question makes the earlier ones pointless."""
    shorter = max((each for each in WARNED_BEFORE if each < early), default=timedelta(0))
    query = _living().where(Need.expires_at > now + shorter, Need.expires_at <= now + early)
    for need in db.session.scalars(query).all():
        key = _key(need, str(early.days))
        if not is_queued(key):
            mails.tell(need.author, "need_expiring", need=need, token=renewal_link(need, now), once_key=key)


def _living() -> Select[tuple[Need]]:
    return select(Need).where(Need.state.in_((NeedState.PUBLISHED, NeedState.TO_CLARIFY))).order_by(Need.expires_at)


def _key(need: Need, what: str) -> str:
    ends = need.expires_at.date().isoformat() if need.expires_at else ""
    return f"need:{need.id}:{ends}:{what}"


def renewal_link(need: Need, now: datetime) -> str:
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
