"""Calendars as iCalendar files (RFC 5545): events in, bytes out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

MIMETYPE = "text/calendar; charset=utf-8"
REFRESH = "PT6H"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One event. `uid` never changes; `sequence` rises with each change; a day without hours has `date` ends, included.

    `begins` and `ends` are either both days or both aware instants in the zone to show them in.
    """

    uid: str
    begins: date | datetime
    ends: date | datetime
    summary: str
    sequence: int
    changed_at: datetime
    place: str = ""
    text: str = ""
    address: str = ""
    cancelled: bool = False


def to_ics(name: str, appointments: Iterable[Appointment]) -> bytes:
    """Render a calendar, with the VTIMEZONE of every zone in it; lines are folded and texts escaped.

    Instants stay in their zone, so that an hour is the same hour before and after a change of time. DTSTAMP is the
    last change of the event: the same events give the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Campus//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _kept(name))
    calendar.add("refresh-interval;value=duration", REFRESH)
    for each in appointments:
        calendar.add_component(_event(each))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def _event(given: Appointment) -> Event:
    event = Event()
    event.add("uid", given.uid)
    event.add("dtstamp", given.changed_at)
    event.add("last-modified", given.changed_at)
    event.add("sequence", given.sequence)
    event.add("dtstart", given.begins)
    event.add("dtend", given.ends if isinstance(given.ends, datetime) else given.ends + timedelta(days=1))
    event.add("summary", _kept(given.summary))
    event.add("status", "CANCELLED" if given.cancelled else "CONFIRMED")
    for field, value in (("location", given.place), ("description", given.text), ("url", given.address)):
        if value:
            event.add(field, _kept(value))
    return event


def _kept(text: str) -> str:
    """Leave out control characters, which RFC 5545 does not allow in a text."""
    return "".join(each for each in text if each >= " " or each in "\n\t").replace("\x7f", "")
