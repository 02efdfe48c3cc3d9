"""The one place that tells the time, so that tests own it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")

_frozen: datetime | None = None


def now() -> datetime:
    """Tell the current instant, aware and in UTC."""
    return _frozen or datetime.now(UTC)


def today() -> date:
    """Tell the current day as people in Chartres count it."""
    return day_of(now())


def freeze(instant: datetime | None) -> None:
    """Stop the clock at an instant, or let it run again with None."""
    global _frozen
    _frozen = instant


def day_of(moment: datetime) -> date:
    """Give the day on which an instant lies for people in Chartres."""
    return moment.astimezone(PARIS).date()


def working_day_after(start: date, days: int) -> date:
    """Count so many working days on from a day; Saturdays and Sundays do not count."""
    day = start
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < 5
    return day
