"""The gates and the best session of one course, compiled; the rules are those of `session_board`.

Sessions are given as one array, so that the compiler counts no references in the loops.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numba import njit

from campus.matching import session_board as board
from campus.matching.kernel_values import Dates, Terms
from campus.matching.ranking import FAR_SLACK

YES, NO, UNKNOWN = board.YES, board.NO, board.UNKNOWN
NO_SEATS, LAST_DAY, MOST_SEATS = board.NO_SEATS, board.LAST_DAY, board.MOST_SEATS
NOTHING = np.iinfo(np.int64).max


class Outlook(NamedTuple):
    """A course's best session (its place among them, -1: none) and what it makes of the gates.

    Closed and unknown gates, slack as it ranks, seats.
    """

    place: int
    closed: int
    unknown: int
    slack: int
    seats: int


@njit(forceinline=True)
def best_session(dates: Dates, terms: Terms, far: Any, row: int) -> Outlook:
    """Look at a course's best session for the need."""
    first = np.int64(dates.first[row])
    return _best(dates.session[first : first + dates.size[row]], terms, far, dates.until[row], dates.asks[row])


@njit(forceinline=True)
def takes_people(session: Any, terms: Terms) -> bool:
    """Tell whether one may still register for a session."""
    coming = session.start == 0 or session.start >= terms.today
    return session.open and coming and (session.deadline == 0 or session.deadline >= terms.today)


@njit
def _best(sessions: Any, terms: Terms, far: Any, until: int, asks: bool) -> Outlook:
    some = False
    for session in sessions:
        some = some or takes_people(session, terms)
    best, least = -1, NOTHING
    for at in range(len(sessions)):
        session = sessions[at]
        if not takes_people(session, terms) and (some or (session.start != 0 and session.start < terms.today)):
            continue
        last = LAST_DAY if session.end == 0 else session.end
        seats = MOST_SEATS - (0 if session.seats == NO_SEATS else session.seats)
        preference = (_counts(session, terms, far, until) << 22 | last) << 21 | seats
        if preference < least:
            best, least = at, preference
    if best < 0:
        return Outlook(-1, 0, 2 + (len(far) > 0) + (until != 0) + asks, FAR_SLACK, 0)
    slack, session = FAR_SLACK, sessions[best]
    if terms.dated and session.end != 0:
        slack = session.end + terms.margin - terms.latest
    left = 0 if session.seats == NO_SEATS else session.seats
    return Outlook(best, least >> 46, (least >> 43 & 7) + asks, slack, left)


@njit(forceinline=True)
def _counts(session: Any, terms: Terms, far: Any, until: int) -> Any:
    """Count the gates that say no, times eight, and those that cannot say, entry apart."""
    dates, seats = dates_verdict(session, terms), seats_verdict(session)
    distance, certification = distance_verdict(session, far), certification_verdict(session, until)
    closed = (dates == NO) + (seats == NO) + (distance == NO) + (certification == NO)
    unknown = (dates == UNKNOWN) + (seats == UNKNOWN) + (distance == UNKNOWN) + (certification == UNKNOWN)
    return np.int64(closed) * 8 + unknown


@njit(forceinline=True)
def dates_verdict(session: Any, terms: Terms) -> int:
    """Tell whether a session takes people and ends in time."""
    if not takes_people(session, terms):
        return NO
    if session.end == 0 or not terms.dated:
        return UNKNOWN
    return NO if session.end + terms.margin > terms.latest else YES


@njit(forceinline=True)
def seats_verdict(session: Any) -> int:
    """Tell whether seats are left."""
    if session.seats == NO_SEATS:
        return UNKNOWN
    return NO if session.seats <= 0 else YES


@njit(forceinline=True)
def distance_verdict(session: Any, far: Any) -> int:
    """Tell whether a session is near enough; `far` holds the verdicts by place, nothing where there is no limit."""
    return far[session.area] if len(far) else YES


@njit(forceinline=True)
def certification_verdict(session: Any, until: int) -> int:
    """Tell whether the certification holds when a session starts."""
    if until == 0:
        return YES
    if session.start == 0:
        return UNKNOWN
    return NO if session.start > until else YES


@njit(forceinline=True)
def nothing_closed(dates: Dates, terms: Terms, far: Any, row: int) -> bool:
    """Tell whether a course has no closed gate, distance included."""
    return best_session(dates, terms, far, row).closed == 0


@njit(forceinline=True)
def is_open(dates: Dates, terms: Terms, far: Any, row: int) -> bool:
    """Tell at a glance that a course has no closed gate; False where one must look."""
    return len(far) == 0 and dates.opens[row] <= terms.latest
