"""The sessions of all courses, judged for one need in a few passes: gates, best session, slack and seats.

Days are proleptic Gregorian ordinals (`date.toordinal`); 0 stands for a day that is not known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from campus.matching.gates import EARTH_RADIUS_KM, distance_km
from campus.matching.ids import IdCodes
from campus.matching.ragged import Array, Ints, Ragged, grown
from campus.matching.ranking import FAR_SLACK
from campus.matching.values import ANYWHERE, Id, NeedView, Rules, SessionView, id_key

NO_SEATS = -(1 << 31)
ALWAYS, NEVER = 0, 1 << 30
MOST_SEATS, MOST_SESSIONS = 1 << 20, 1 << 12
DAYS = [("start", np.int32), ("end", np.int32), ("deadline", np.int32)]
SESSION = np.dtype(
    [*DAYS, ("seats", np.int32), ("area", np.int32), ("open", np.bool_), ("high", np.uint64), ("low", np.uint64)]
)
LAST_DAY = date.max.toordinal()
EDGE_KM = 0.2
YES, NO, UNKNOWN = range(3)


@dataclass(frozen=True, slots=True)
class Chosen:
    """For each course its best session (-1: none) and what it makes of the gates; slack as it ranks."""

    position: Ints
    closed: Ints
    unknown: Ints
    slack: Ints
    seats: Ints


def day(value: date | None) -> int:
    """Give a day's ordinal, 0 for a day not known."""
    return value.toordinal() if value else 0


def latest_of(need: NeedView) -> int:
    """Give the ordinal of a need's latest date, NEVER - 1 where it is not known."""
    return NEVER - 1 if need.latest is None else day(need.latest)


class Wanted(NamedTuple):
    """What needs ask of sessions: the latest end (NEVER - 1: not known), one for all courses or one for each.

    `far` gives the verdict on distance by place, the unknown place last; nothing for a need without a limit.
    """

    latest: Any
    far: Array


class SessionBoard:
    """Sessions by course, certifications' ends, and from which latest date on each course has nothing closed."""

    def __init__(self, rules: Rules, today: date, codes: IdCodes) -> None:
        self._margin, self.today, self._codes = rules.hiring_margin_days, today.toordinal(), codes
        self.sessions = Ragged(session=SESSION)
        self.certified_until = np.zeros(0, np.int32)
        self.asks_entry = np.zeros(0, np.bool_)
        self.opens = np.zeros(0, np.int32)
        self._area: dict[tuple[float, float], int] = {}

    def area(self, point: tuple[float, float] | None) -> int:
        """Give the number of a place, -1 for a place not known."""
        return -1 if point is None else self._area.setdefault(point, len(self._area))

    def write(self, row: int, sessions: Sequence[SessionView], *, certified_until: date | None, asks: bool) -> None:
        """Put a course's sessions in place of those it had."""
        if len(sessions) > MOST_SESSIONS or any(abs(one.seats_left or 0) >= MOST_SEATS for one in sessions):
            raise ValueError(f"a course has at most {MOST_SESSIONS} sessions of under {MOST_SEATS} seats")
        ordered = sorted(sessions, key=lambda one: id_key(one.id))
        high, low = self._codes.encode_all([one.id for one in ordered])
        seats = [NO_SEATS if one.seats_left is None else one.seats_left for one in ordered]
        values = {
            "start": np.array([day(one.start) for one in ordered], np.int32),
            "end": np.array([day(one.end) for one in ordered], np.int32),
            "deadline": np.array([day(one.registration_deadline) for one in ordered], np.int32),
            "seats": np.array(seats, np.int32),
            "open": np.array([one.open for one in ordered], np.bool_),
            "area": np.array([self.area(one.point) for one in ordered], np.int32),
        }
        self.sessions.write(row, session=as_sessions({**values, "high": high, "low": low}))
        self.make_room(row + 1)
        self.certified_until[row], self.asks_entry[row] = day(certified_until), asks
        self.refresh(np.array([row]))

    def make_room(self, rows: int) -> None:
        """Make the columns of courses long enough."""
        self.certified_until = grown(self.certified_until, rows)
        self.asks_entry = grown(self.asks_entry, rows)
        self.opens = grown(self.opens, rows)

    def move_to(self, today: date) -> None:
        """Judge as of another day."""
        if today.toordinal() != self.today:
            self.today = today.toordinal()
            self.refresh(np.arange(len(self.sessions.size)))

    def refresh(self, rows: Array) -> None:
        """Work out again from which latest date on these courses have a session with no closed gate."""
        at, owner = self.sessions.many(rows)
        candidate, takes = self._candidates(at, owner, len(rows))
        has = np.bincount(owner[candidate], minlength=len(rows)) > 0
        free = candidate & takes & (self._seats(at) != NO) & (self._certification(at, rows[owner]) != NO)
        end = self.sessions.columns["session"]["end"][at]
        opens = np.where(has, NEVER, ALWAYS).astype(np.int64)
        np.minimum.at(opens, owner[free], np.where(end == 0, ALWAYS, end + self._margin)[free])
        self.opens[rows] = opens

    def wanted(self, need: NeedView) -> Wanted:
        """Give what a need asks of sessions."""
        return Wanted(latest_of(need), self.far(need))

    def open_at(self, rows: Array, latest: Any) -> NDArray[np.bool_]:
        """Tell which courses have no closed gate but, perhaps, distance."""
        answer: NDArray[np.bool_] = self.opens[rows] <= latest
        return answer

    def judge(self, rows: Array, wanted: Wanted) -> Chosen:
        """Choose each course's best session for a need: fewest closed gates, then unknown, end, seats, id."""
        latest = np.broadcast_to(np.asarray(wanted.latest), len(rows))
        at, owner = self.sessions.many(rows)
        candidate, _ = self._candidates(at, owner, len(rows))
        at, owner = at[candidate], owner[candidate]
        verdicts = self.verdicts(at, rows[owner], Wanted(latest[owner], wanted.far))
        closed, unknown = (sum((one == wanted).astype(np.int64) for one in verdicts) for wanted in (NO, UNKNOWN))
        best = self._best(at, owner, closed * 8 + unknown, rows=rows)
        found = best >= 0
        without = sum((one == UNKNOWN).astype(np.int64) for one in self.without_session(rows, wanted))
        chosen = np.where(found, best, 0)
        position = np.where(found, at[chosen], -1) if len(at) else best
        pick = [np.where(found, one[chosen], other) if len(at) else other for one, other in
                ((closed, np.zeros_like(best)), (unknown, without))]  # fmt: skip
        slack, seats = self._slack(position, latest), self._seats_left(position)
        return Chosen(position, pick[0], pick[1] + self.asks_entry[rows], slack, seats)

    def verdicts(self, at: Array, rows: Array, wanted: Wanted) -> tuple[Array, Array, Array, Array]:
        """Give the verdicts on sessions: dates, seats, distance, certification."""
        distance = (
            wanted.far[self.sessions.columns["session"]["area"][at]] if len(wanted.far) else np.full(len(at), YES)
        )
        return self._dates(at, wanted.latest), self._seats(at), distance, self._certification(at, rows)

    def without_session(self, rows: Array, wanted: Wanted) -> tuple[Array, Array, Array, Array]:
        """Give the verdicts on courses that have no session to come."""
        unknown = np.full(len(rows), UNKNOWN)
        distance = np.full(len(rows), UNKNOWN if len(wanted.far) else YES)
        return unknown, unknown, distance, np.where(self.certified_until[rows] == 0, YES, UNKNOWN)

    def _candidates(self, at: Array, owner: Array, courses: int) -> tuple[Array, Array]:
        start, deadline = (
            self.sessions.columns["session"]["start"][at],
            self.sessions.columns["session"]["deadline"][at],
        )
        coming = (start == 0) | (start >= self.today)
        takes = self.sessions.columns["session"]["open"][at] & coming & ((deadline == 0) | (deadline >= self.today))
        some = np.bincount(owner[takes], minlength=courses) > 0
        return coming & (takes | ~some[owner]), takes

    def _dates(self, at: Array, latest: Any) -> Array:
        sessions = self.sessions.columns["session"]
        deadline, end = sessions["deadline"][at], sessions["end"][at]
        shut = ~sessions["open"][at] | ((deadline != 0) & (deadline < self.today))
        in_time = np.where(end + self._margin > latest, NO, YES)
        return np.where(shut, NO, np.where((end == 0) | (latest >= NEVER - 1), UNKNOWN, in_time))

    def _seats(self, at: Array) -> Array:
        seats = self.sessions.columns["session"]["seats"][at]
        return np.where(seats == NO_SEATS, UNKNOWN, np.where(seats <= 0, NO, YES))

    def _certification(self, at: Array, rows: Array) -> Array:
        until, start = self.certified_until[rows], self.sessions.columns["session"]["start"][at]
        return np.where(until == 0, YES, np.where(start == 0, UNKNOWN, np.where(start > until, NO, YES)))

    def far(self, need: NeedView) -> Array:
        """Give the verdict on distance for each place, the unknown one last; nothing for a need without a limit.

        Places near the limit are measured by the judge's own function: not even the last digit may differ.
        """
        if need.max_km is None:
            return np.zeros(0, dtype=np.int64)
        verdicts = np.full(len(self._area) + 1, UNKNOWN)
        if need.point is not None and self._area:
            km = _distances(need.point, np.array(list(self._area)))
            verdicts[:-1] = np.where(km > need.max_km, NO, YES)
            places = list(self._area)
            for near in np.flatnonzero(np.abs(km - need.max_km) < EDGE_KM).tolist():
                verdicts[near] = NO if round(distance_km(need.point, places[near]), 1) > need.max_km else YES
        if ANYWHERE in self._area:
            verdicts[self._area[ANYWHERE]] = YES
        return verdicts

    def _best(self, at: Array, owner: Array, counts: Array, *, rows: Array) -> Ints:
        """Give for each course the place, among these sessions, of the preferred one; -1 without any."""
        end, seats = (
            self.sessions.columns["session"]["end"][at],
            self.sessions.columns["session"]["seats"][at].astype(np.int64),
        )
        seats = MOST_SEATS - np.where(seats == NO_SEATS, 0, seats)
        rank = at - self.sessions.start[rows][owner]
        preference = (counts * (1 << 22) + np.where(end == 0, LAST_DAY, end)) * (1 << 21) + seats
        best = np.full(len(rows), np.iinfo(np.int64).max)
        np.minimum.at(best, owner, preference * MOST_SESSIONS + rank)
        winners = np.flatnonzero(best[owner] == preference * MOST_SESSIONS + rank)
        places = np.full(len(rows), -1)
        places[owner[winners]] = winners
        return places

    def _slack(self, position: Ints, latest: Array) -> Ints:
        if not len(self.sessions.columns["session"]):
            return np.full(len(position), FAR_SLACK)
        end = self.sessions.columns["session"]["end"][position]
        unknown = (position < 0) | (end == 0) | (latest >= NEVER - 1)
        return np.where(unknown, FAR_SLACK, end.astype(np.int64) + self._margin - latest)

    def _seats_left(self, position: Ints) -> Ints:
        if not len(self.sessions.columns["session"]):
            return np.zeros(len(position), dtype=np.int64)
        seats = self.sessions.columns["session"]["seats"][position].astype(np.int64)
        return np.where((position < 0) | (seats == NO_SEATS), 0, seats)

    def session_id(self, position: int) -> Id | None:
        """Give a session's id; None for no session."""
        if position < 0:
            return None
        session = self.sessions.columns["session"][position]
        return self._codes.decode(int(session["high"]), int(session["low"]))

    def slack_days(self, position: int, need: NeedView) -> int | None:
        """Count the days between a session's end (plus the hiring margin) and the latest date; None if not known."""
        end = int(self.sessions.columns["session"]["end"][position]) if position >= 0 else 0
        return None if end == 0 or need.latest is None else day(need.latest) - end - self._margin


def as_sessions(columns: Mapping[str, Array]) -> Array:
    """Put columns together into sessions."""
    made = np.zeros(len(columns["start"]), dtype=SESSION)
    for name in SESSION.names or ():
        made[name] = columns[name]
    return made


def _distances(point: tuple[float, float], places: Array) -> Array:
    """Give the distance in km from a point to each place (rows of latitude and longitude), as `distance_km`."""
    here, there = np.radians(np.array(point)), np.radians(places)
    half = np.sin((there - here) / 2) ** 2
    chord = half[:, 0] + np.cos(here[0]) * np.cos(there[:, 0]) * half[:, 1]
    answer: Array = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, np.sqrt(chord)))
    return answer
