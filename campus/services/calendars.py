"""Private calendars: a secret address that a person makes, and takes back when they want."""

from __future__ import annotations

import secrets

from campus import db
from campus.exchange.ics import to_ics
from campus.models import Account, CalendarFeed, CourseSession
from campus.queries.accounts import digest
from campus.queries.calendars import appointments_in, feed_of
from campus.services import audit
from campus.services.mails import Attached


def open_feed(account: Account) -> str:
    """Make a person's private calendar and give its secret, shown once; the address before stops working."""
    feed, token = feed_of(account), secrets.token_urlsafe(32)
    if feed is None:
        feed = CalendarFeed(account_id=account.id, token_digest=digest(token), locale=account.locale)
        db.session.add(feed)
    else:
        feed.token_digest = digest(token)
    db.session.flush()
    audit.record(account, "calendar_opened", feed)
    return token


def revoke_feed(account: Account) -> None:
    """Take the secret address back; whoever has it gets nothing any more."""
    feed = feed_of(account)
    if feed is not None:
        audit.record(account, "calendar_revoked", feed)
        db.session.delete(feed)
        db.session.flush()


def session_files(course_session: CourseSession, locale: str) -> list[Attached]:
    """Write the calendar of a session as a file that goes with a mail; none while nothing in it has a day."""
    found = appointments_in(course_session, locale)
    return [Attached("session.ics", "text/calendar", to_ics(course_session.course.title, found))] if found else []
