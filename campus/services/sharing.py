"""What a person shares and takes back, the help they say they need, and who reads it."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select

from campus import clock, db
from campus.errors import Refused
from campus.models import Account, AuditEvent, Consent, Shared, SupportNeed
from campus.queries.sharing import READ, consents_of, firms_concerned, readings_of, support_need_of
from campus.services import audit
from campus.services.steps import ReasonIsMissing

OPEN_FOR = timedelta(hours=1)


class NotThatFirm(Refused):
    """One shares with the firms that one has to do with."""


def share(person: Account, wanted: Collection[tuple[uuid.UUID, Shared]]) -> None:
    """Let firms see exactly this from now on; what was agreed before and is not in it is taken back."""
    known = {each.id for each in firms_concerned(person)}
    if {firm for firm, _shared in wanted} - known:
        raise NotThatFirm
    given = {(each.organisation_id, each.shared): each for each in consents_of(person)}
    for key in given.keys() - set(wanted):
        given[key].taken_back_at = clock.now()
        audit.record(person, "consent.taken_back", given[key], organisation_id=key[0], shared=key[1].value)
    for firm, shared in sorted(set(wanted) - given.keys()):
        made = Consent(account_id=person.id, organisation_id=firm, shared=shared)
        db.session.add(made)
        db.session.flush()
        audit.record(person, "consent.given", made, organisation_id=firm, shared=shared.value)
    db.session.flush()


def say_support(person: Account, needs: str) -> None:
    """Keep the help that a person says they need; nothing said takes it off."""
    known = support_need_of(person)
    if not needs.strip():
        if known is not None:
            db.session.delete(known)
    elif known is None:
        db.session.add(SupportNeed(account_id=person.id, needs=needs.strip()))
    else:
        known.needs = needs.strip()
    audit.record(person, "support_need.said" if needs.strip() else "support_need.taken_back", person)
    db.session.flush()


def open_file(staff: Account, person: Account, reason: str) -> AuditEvent:
    """Let a member of staff read what is kept apart for an hour, for a reason that the person reads."""
    if not reason.strip():
        raise ReasonIsMissing
    made = audit.record(staff, READ, person, reason=reason.strip())
    db.session.flush()
    return made


def file_is_open(staff: Account, person: Account, now: datetime) -> bool:
    """Tell whether somebody has said, within the hour, why they must know."""
    return bool(readings_of(person, by=staff, since=now - OPEN_FOR))


def forget_sharing(person: Account) -> None:
    """Take back all that a person shares, and drop what is kept apart."""
    share(person, ())
    for each in db.session.scalars(select(SupportNeed).where(SupportNeed.account_id == person.id)):
        db.session.delete(each)
    db.session.flush()
