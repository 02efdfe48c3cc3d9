"""What the clock makes due: one table of names, moments in Europe/Paris, and how late a missed moment still counts.

What a name does is a line of campus/tasks/kinds.py. While the workers stand still, moments go by: afterwards each
schedule catches up once, for the last of its missed moments, and the schedules in the order of those moments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from campus.opening_hours import PARIS, OpeningHours

EVERY_DAY = frozenset(range(7))
MONDAY = 0
HALF_A_DAY = timedelta(hours=12)
LONGEST_WAIT = 40


@dataclass(frozen=True)
class Every:
    """Every so many minutes, counted from midnight UTC."""

    minutes: int

    def last(self, now: datetime, hours: OpeningHours) -> datetime | None:
        """Give the last moment that is not after `now`."""
        midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        return midnight + (now - midnight) // timedelta(minutes=self.minutes) * timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class At:
    """At an hour of some days, as the clocks of Chartres show it; perhaps only on days when the campus is open."""

    hour: time
    days: frozenset[int] = EVERY_DAY
    when_open: bool = False

    def last(self, now: datetime, hours: OpeningHours) -> datetime | None:
        """Give the last moment that is not after `now`."""
        today = now.astimezone(PARIS).date()
        for ago in range(LONGEST_WAIT):
            day = today - timedelta(days=ago)
            moment = datetime.combine(day, self.hour, PARIS).astimezone(UTC)
            if moment <= now and self._falls_on(day, hours):
                return moment
        return None

    def _falls_on(self, day: date, hours: OpeningHours) -> bool:
        return day.weekday() in self.days and (not self.when_open or bool(hours.spans_of(day)))


@dataclass(frozen=True)
class Schedule:
    """A name, its moments, and how late a missed one still counts; None is however late."""

    name: str
    when: Every | At
    late: timedelta | None = None

    def still_counts(self, moment: datetime, now: datetime) -> bool:
        """Tell whether a moment that may have been missed is still worth catching up."""
        return self.late is None or now - moment <= self.late


# In the order in which moments that fall together are taken.
SCHEDULES: tuple[Schedule, ...] = (
    Schedule("reservations.return_unused", Every(15)),
    Schedule("offers.expire", Every(5)),
    Schedule("offers.remind", Every(5)),
    Schedule("rounds.close", At(time(0, 5))),
    Schedule("needs.expire", At(time(6, 30))),
    Schedule("pools.decide", At(time(7, 0))),
    Schedule("pools.remind", At(time(8, 0))),
    Schedule("needs.ask_renewals", At(time(8, 15))),
    Schedule("attendance.settle", Every(5)),
    Schedule("sessions.start", At(time(6))),
    Schedule("sessions.finish", At(time(6, 5))),
    Schedule("sessions.decide", At(time(8))),
    Schedule("sessions.call_up", At(time(8, 5))),
    Schedule("sessions.remind", At(time(8, 10)), late=HALF_A_DAY),
    Schedule("reservations.warn", At(time(8, 35))),
    Schedule("attendance.ask_for_sheets", At(time(8, 45))),
    Schedule("results.ask_at_six_months", At(time(10))),
    Schedule("bounces.tell", At(time(8, 20)), late=HALF_A_DAY),
    Schedule("coverage.daily", At(time(8, 30), when_open=True), late=HALF_A_DAY),
    Schedule("coverage.weekly", At(time(8, 40), frozenset({MONDAY})), late=timedelta(days=3)),
    Schedule("hires.ask", At(time(9), when_open=True)),
    Schedule("stays.ask", At(time(9, 10), when_open=True)),
    Schedule("habilitations.tell", At(time(8, 25))),
    Schedule("certifications.tell", At(time(8, 28))),
    Schedule("memberships.remind", At(time(9, 20), frozenset({0, 2, 4}), when_open=True), late=HALF_A_DAY),
    Schedule("accounts.tell_unused", At(time(9, 30))),
    Schedule("accounts.erase_unused", At(time(3, 5))),
    Schedule("documents.forget_old", At(time(3, 15)), late=HALF_A_DAY),
    Schedule("needs.forget_drafts", At(time(3, 10)), late=HALF_A_DAY),
    Schedule("jobs.forget_old", At(time(3, 20)), late=HALF_A_DAY),
    Schedule("personal.forget_old", At(time(3, 25)), late=HALF_A_DAY),
    Schedule("mails.forget_old", At(time(3, 30)), late=HALF_A_DAY),
    Schedule("sessions.forget_old", At(time(3, 40)), late=HALF_A_DAY),
    Schedule("changes.forget_old", At(time(3, 50)), late=HALF_A_DAY),
)
