"""When the campus is open, and until when somebody may answer: pure functions of the instant they are given."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from campus.errors import Refused

PARIS = ZoneInfo("Europe/Paris")
DAYS = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
EXAMPLE = "lun-ven 9:00-12:30 13:30-17:30, sam 9:00-12:00"
LONGEST_CLOSURE = timedelta(days=30)
_DAYS = re.compile(rf"({'|'.join(DAYS)})(?:-({'|'.join(DAYS)}))?")
_SPAN = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")
# Article L3133-1 of the Code du travail: the eight holidays of a fixed day; the others follow Easter.
FIXED = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
AFTER_EASTER = (1, 39, 50)
Span = tuple[time, time]


class BadOpeningHours(Refused):
    """The opening hours cannot be read; `text` is what was written."""


@dataclass(frozen=True)
class OpeningHours:
    """The spans of each weekday, Monday first; the campus is closed on public holidays."""

    week: tuple[tuple[Span, ...], ...]

    def spans_of(self, day: date) -> list[tuple[datetime, datetime]]:
        """List when the campus is open on a day."""
        if is_holiday(day):
            return []
        return [
            (datetime.combine(day, start, PARIS), datetime.combine(day, end, PARIS))
            for start, end in self.week[day.weekday()]
        ]

    def is_open(self, instant: datetime) -> bool:
        """Tell whether the campus is open; its closing minute still counts."""
        day = instant.astimezone(PARIS).date()
        return any(start <= instant <= end for start, end in self.spans_of(day))


def read_hours(text: str) -> OpeningHours:
    """Read "lun-ven 9:00-12:30 13:30-17:30, sam 9:00-12:00"; days that are not named are closed."""
    week: list[tuple[Span, ...]] = [()] * len(DAYS)
    for group in text.lower().split(","):
        named, *written = group.split() or [""]
        days, spans = _DAYS.fullmatch(named), [_SPAN.fullmatch(each) for each in written]
        if days is None or not spans or not all(spans):
            raise BadOpeningHours(_how(text), text=text)
        first = DAYS.index(days[1])
        for place in range(first, DAYS.index(days[2] or days[1]) + 1):
            week[place] = tuple(_span(found, text) for found in spans if found)
    if not any(week):
        raise BadOpeningHours(_how(text), text=text)
    return OpeningHours(tuple(week))


def _span(found: re.Match[str], text: str) -> Span:
    try:
        start, end = time(int(found[1]), int(found[2])), time(int(found[3]), int(found[4]))
    except ValueError as error:
        raise BadOpeningHours(_how(text), text=text) from error
    if start >= end:
        raise BadOpeningHours(_how(text), text=text)
    return start, end


def _how(text: str) -> str:
    return f"CAMPUS_OPENING_HOURS : « {text} » ne se lit pas. Écrivez par exemple : {EXAMPLE}"


def easter(year: int) -> date:
    """Give Easter Sunday of a year (Meeus, Astronomical Algorithms, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    h = (19 * a + b - d - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    week = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * week) // 451
    month, day = divmod(h + week - 7 * m + 114, 31)
    return date(year, month, day + 1)


def is_holiday(day: date) -> bool:
    """Tell whether a day is a public holiday in metropolitan France."""
    return (day.month, day.day) in FIXED or (day - easter(day.year)).days in AFTER_EASTER


def answer_by(
    asked: datetime, lasts: timedelta, hours: OpeningHours, *, before: datetime | None = None
) -> datetime | None:
    """Give the last instant to answer: at least `lasts` after the question, and while the campus is open.

    When the time is over at night, on a Sunday or on a holiday, the answer may come until the end of the next span in
    which the campus is open. `before` is an instant that the deadline never passes (the first day of a session): the
    last open instant ahead of it then stands, and None says that there is no open instant left.
    """
    wanted = asked + lasts
    found = wanted if hours.is_open(wanted) else _end_of_next_span(wanted, hours)
    if before is not None and (found is None or found >= before):
        found = _last_open_instant(asked, before, hours)
    return found.astimezone(asked.tzinfo) if found else None


def _end_of_next_span(instant: datetime, hours: OpeningHours) -> datetime | None:
    day = instant.astimezone(PARIS).date()
    for ahead in range(LONGEST_CLOSURE.days):
        for start, end in hours.spans_of(day + timedelta(days=ahead)):
            if start > instant:
                return end
    return None


def _last_open_instant(after: datetime, before: datetime, hours: OpeningHours) -> datetime | None:
    day = (before - timedelta(microseconds=1)).astimezone(PARIS).date()
    while day >= after.astimezone(PARIS).date():
        for start, end in reversed(hours.spans_of(day)):
            last = min(end, before - timedelta(minutes=1))
            if last > start and last > after:
                return last
        day -= timedelta(days=1)
    return None
