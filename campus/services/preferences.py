"""What people wish to hear of: chosen in their account, or switched off by the link of a mail."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from campus import clock, db
from campus.errors import Refused
from campus.mail_rules import RHYTHMS, MailCategory, Rhythm
from campus.models import Account, MailPreference
from campus.services import audit


class NoSuchRhythm(Refused):
    """A category is not sent at this rhythm."""


def choose_rhythm(account: Account, category: MailCategory, rhythm: Rhythm) -> None:
    """Keep how often a person wants to hear of a category; the last choice counts."""
    if rhythm not in RHYTHMS[category]:
        raise NoSuchRhythm
    known = db.session.scalar(
        select(MailPreference).where(MailPreference.account_id == account.id, MailPreference.category == category)
    )
    if known is None:
        known = MailPreference(account_id=account.id, category=category)
        db.session.add(known)
    known.rhythm, known.updated_at = rhythm, clock.now()
    db.session.flush()
    audit.record(account, "rhythm_chosen", known, category=category, rhythm=rhythm)


def choose_rhythms(account: Account, chosen: Mapping[MailCategory, Rhythm]) -> None:
    """Keep what a person chose in their account."""
    for category, rhythm in chosen.items():
        choose_rhythm(account, category, rhythm)


def stop(account: Account, category: MailCategory) -> None:
    """Switch a category off, by the link that its mails carry; a second click changes nothing."""
    choose_rhythm(account, category, Rhythm.NEVER)
