"""Accounts that nobody uses any more: told after 23 months, erased after 24 and thirty days' notice at the least.

Trainees and people of firms; the campus's own team, trainers and observers are let in and out by staff.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import datetime, timedelta

from campus import clock, db
from campus.models import Account, Role
from campus.queries.accounts import unused_accounts
from campus.services import erasure, mails

TOLD_AFTER, ERASED_AFTER = 23, 24
NOTICE = timedelta(days=30)


def tell_unused(now: datetime) -> int:
    """Tell those who have not come for 23 months when their account will be erased; count the mails."""
    found = [each for each in unused_accounts(months_before(now, TOLD_AFTER)) if not _is_told(each)]
    for each in found:
        each.inactive_told_at = now
        until = max(months_before(each.last_seen_at, -ERASED_AFTER), now + NOTICE)
        mails.tell(each, "account_unused", last_seen=each.last_seen_at, erased_on=until)
    db.session.flush()
    return len(found)


def erase_unused(now: datetime) -> int:
    """Erase the accounts unused for 24 months whose notice is over; who sits in a course stays. Count them."""
    found = [each for each in _due(now) if each.role is not Role.TRAINEE or erasure.may_erase(each)]
    for each in found:
        address, locale = each.email, each.locale
        erasure.forget(each)
        mails.tell_address(address, "account_erased", locale)
    return len(found)


def _due(now: datetime) -> Sequence[Account]:
    unused = unused_accounts(months_before(now, ERASED_AFTER))
    return [each for each in unused if _is_told(each) and each.inactive_told_at <= now - NOTICE]


def _is_told(account: Account) -> bool:
    """Tell whether the person was told since they last came."""
    return account.inactive_told_at is not None and account.inactive_told_at > account.last_seen_at


def months_before(instant: datetime, months: int) -> datetime:
    """Go back so many months on the calendar of Chartres; the 31st becomes the last day of a shorter month."""
    local = instant.astimezone(clock.PARIS)
    year, month = divmod(local.year * 12 + local.month - 1 - months, 12)
    day = min(local.day, monthrange(year, month + 1)[1])
    return local.replace(year=year, month=month + 1, day=day)
