"""Addresses that refuse mail: noted, shown to the staff, written to no more until somebody lifts it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from campus import clock, db
from campus.models import Account, BouncedAddress, Role
from campus.queries.mails import bounce_of, bounces_since
from campus.services import audit, mails


def note_bounce(email: str, reason: str) -> BouncedAddress:
    """Note that an address refuses mail, and why; the last reason counts."""
    address = email.strip().lower()
    known = bounce_of(address)
    if known is None:
        known = BouncedAddress(email=address, reason="")
        db.session.add(known)
    known.reason, known.bounced_at = " ".join(reason.split())[:500], clock.now()
    db.session.flush()
    return known


def lift_bounce(actor: Account, bounced: BouncedAddress) -> None:
    """Write to an address again: its mails are sent from now on, those parked meanwhile stay so."""
    audit.record(actor, "bounce_lifted", bounced, reason=bounced.reason)
    db.session.delete(bounced)
    db.session.flush()


def tell_staff(now: datetime) -> None:
    """Tell the staff, once a day, which addresses have refused mail since yesterday."""
    found = bounces_since(now - timedelta(days=1))
    if not found:
        return
    staff = select(Account).where(Account.role == Role.STAFF, Account.disabled_at.is_(None)).order_by(Account.id)
    for account in db.session.scalars(staff).all():
        key = f"bounces:{account.id}:{clock.today().isoformat()}"
        mails.tell(account, "bounces", once_key=key, bounced=found)
