"""What can wait is told together, once a day or once a week, each fact once."""

from __future__ import annotations

from datetime import datetime

from campus import clock, db
from campus.mail_rules import MailCategory, Rhythm
from campus.models import ToldFact
from campus.queries.firm_questions import authors_of_living_needs, new_coverage_for
from campus.queries.preferences import people_at
from campus.services import mails


def tell_new_coverage(now: datetime, rhythm: Rhythm) -> int:
    """Tell those who want it at this rhythm which courses have come to answer their needs; count the mails."""
    written = 0
    day = clock.day_of(now).isoformat()
    for account in people_at(MailCategory.COVERAGE, rhythm, authors_of_living_needs()):
        found = new_coverage_for(account)
        if not found:
            continue
        mails.tell_if_wanted(account, "new_coverage", once_key=f"coverage:{account.id}:{day}", found=found)
        db.session.add_all(ToldFact(account_id=account.id, fact=each.fact) for each in found)
        written += 1
    db.session.flush()
    return written
