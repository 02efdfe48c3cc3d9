"""The search of `course_search`, compiled: the same answer, tested equal; needs numba, which is optional.

One course after the other instead of one array after the other: a course that can no longer be among the best
is left as soon as that is known, and words and sessions are looked at only for those still in the running.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from campus.matching import standing_keys as keys
from campus.matching import units
from campus.matching.course_search import FAR, SAME, SISTER
from campus.matching.course_store import Scratch
from campus.matching.kernel_concerned import concerned
from campus.matching.kernel_sessions import best_session, is_open, nothing_closed
from campus.matching.kernel_values import Asked, Shelf, Terms

mean, band, likeness = (njit(one, forceinline=True) for one in (units.mean, units.band, units.likeness))
before_words, with_words, with_rest = (
    njit(one, forceinline=True) for one in (keys.before_words, keys.with_words, keys.with_rest)
)
Merits = keys.Merits
WHOLE = units.WHOLE
WEAKEST, SHARE_BITS, KIND_BITS, SHARE_MASK = keys.WEAKEST, keys.SHARE_BITS, keys.KIND_BITS, keys.SHARE_MASK


@njit(cache=True)
def search(shelf: Shelf, asked: Asked, terms: Terms, scratch: Scratch) -> tuple[Any, Any, Any]:
    """Give the rows of the best courses in order, their keys and seats."""
    note(asked, scratch, True)
    rows, enough = _meeting_most(shelf, asked, terms, scratch)
    if enough:
        keys = _before_words(shelf, asked, terms, scratch, rows, True)
    else:
        rows, keys = _of_all(shelf, asked, terms, scratch)
    rows, keys = _running(rows, keys, terms.limit)
    for n in range(len(rows)):
        words = band(wording(shelf.titles, asked.grams, scratch.flags, rows[n]) * 100, terms.bands)
        keys[n] = with_words(keys[n], words)
    rows, keys = _running(rows, keys, terms.limit)
    seats = np.empty(len(rows), np.int64)
    for n in range(len(rows)):
        look = best_session(shelf.dates, terms, asked.far, rows[n])
        keys[n], seats[n] = with_rest(keys[n], look.unknown, look.slack), look.seats
    note(asked, scratch, False)
    order = _in_order(shelf.high, shelf.low, rows, keys, seats, terms.limit)
    return rows[order].astype(np.int64), keys[order], seats[order]


@njit(forceinline=True)
def _before_words(shelf: Shelf, asked: Asked, terms: Terms, scratch: Scratch, rows: Any, enough: bool) -> Any:
    keys = np.empty(len(rows), np.int64)
    claims = np.zeros(len(asked.skills), np.int64)
    for n in range(len(rows)):
        row, closed = rows[n], 0
        if not enough and not is_open(shelf.dates, terms, asked.far, row):
            closed = best_session(shelf.dates, terms, asked.far, row).closed
        merit = _merit(shelf.taught, asked, terms, scratch, row, claims)
        keys[n] = before_words(closed, merit, occupation(shelf.leads, asked.trades, row))
    return keys


@njit
def _running(rows: Any, keys: Any, limit: int) -> tuple[Any, Any]:
    """Keep the rows whose keys are among the smallest, those equal to the last of them included."""
    if len(keys) <= limit:
        return rows, keys
    last = np.partition(keys, limit - 1)[limit - 1]
    kept = keys <= last
    return rows[kept], keys[kept]


@njit
def _in_order(high: Any, low: Any, rows: Any, keys: Any, seats: Any, limit: int) -> Any:
    """Sort by key, seats and id, as far as the limit."""
    order = np.empty(min(limit, len(rows)), np.int64)
    size = 0
    for n in range(len(rows)):
        at = size
        while at > 0 and _comes_before(high, low, rows, keys, seats, n, order[at - 1]):
            at -= 1
        if at == len(order):
            continue
        size = min(size + 1, len(order))
        for place in range(size - 1, at, -1):
            order[place] = order[place - 1]
        order[at] = n
    return order


@njit(forceinline=True)
def _comes_before(high: Any, low: Any, rows: Any, keys: Any, seats: Any, one: int, other: int) -> bool:
    if keys[one] != keys[other]:
        return keys[one] < keys[other]
    if seats[one] != seats[other]:
        return seats[one] > seats[other]
    if high[rows[one]] != high[rows[other]]:
        return high[rows[one]] < high[rows[other]]
    return low[rows[one]] < low[rows[other]]


@njit(forceinline=True)
def note(asked: Asked, scratch: Scratch, on: bool) -> None:
    """Note in the scratch what the need asks, or wipe it off."""
    for gram in asked.grams:
        scratch.flags[gram] = on
    for n in range(len(asked.taught)):
        scratch.where[asked.taught[n]] = asked.first[n]
        scratch.many[asked.taught[n]] = asked.count[n] if on else 0


@njit(forceinline=True)
def _meeting_most(shelf: Shelf, asked: Asked, terms: Terms, scratch: Scratch) -> tuple[Any, bool]:
    """List the courses with nothing closed that meet the most essential skills, best first, if there are enough."""
    total = 0
    for n in range(len(asked.skills)):
        if asked.essential[n] and asked.skills[n] < len(shelf.teaching.size):
            total += shelf.teaching.size[asked.skills[n]]
    # Few courses meet two skills: they are listed apart, so that the many others need not be looked at again.
    once, twice = np.empty(total, np.int32), np.empty(total // 2, np.int32)
    ones = twos = 0
    counts = scratch.counts
    for n in range(len(asked.skills)):
        skill = asked.skills[n]
        if not asked.essential[n] or skill >= len(shelf.teaching.size):
            continue
        start, least = shelf.teaching.start[skill], asked.least[n]
        for at in range(start, start + shelf.teaching.size[skill]):
            if (shelf.teaching.more[at] & 7) >= least:
                row = shelf.teaching.what[at]
                met = counts[row]
                counts[row] = met + 1
                if met == 0:
                    once[ones] = row
                    ones += 1
                elif met == 1:
                    twice[twos] = row
                    twos += 1
    chosen, enough = _down_to_enough(shelf, asked, terms, once[:ones], twice[:twos], counts)
    for at in range(ones):
        counts[once[at]] = 0
    return chosen, enough


@njit(forceinline=True)
def _down_to_enough(shelf: Shelf, asked: Asked, terms: Terms, once: Any, twice: Any, counts: Any) -> tuple[Any, bool]:
    """Take open courses by how many skills they meet, most first, until there are enough; whole groups only."""
    chosen = np.empty(len(once), np.int32)
    size = 0
    for met in range(terms.essential, 0, -1):
        for row in twice if met > 1 else once:
            if counts[row] != met or shelf.dates.opens[row] > terms.latest:
                continue
            if len(asked.far) == 0 or nothing_closed(shelf.dates, terms, asked.far, row):
                chosen[size] = row
                size += 1
        if size >= terms.limit:
            return chosen[:size], True
    return chosen[:0], False


@njit(forceinline=True)
def _of_all(shelf: Shelf, asked: Asked, terms: Terms, scratch: Scratch) -> tuple[Any, Any]:
    """Give the courses that may be among the best of all concerned, and their keys as far as words."""
    rows, bounds = concerned(shelf, asked, terms)
    first, _ = _running(rows, bounds, terms.limit)
    keys = _before_words(shelf, asked, terms, scratch, first, False)
    if len(first) == len(rows):
        return first, keys
    last, least = np.partition(keys, terms.limit - 1)[terms.limit - 1], np.partition(bounds, terms.limit - 1)
    others = rows[(bounds > least[terms.limit - 1]) & (bounds <= last)]
    more = _before_words(shelf, asked, terms, scratch, others, False)
    return np.concatenate((first, others)), np.concatenate((keys, more))


@njit(forceinline=True)
def _merit(taught: Any, asked: Asked, terms: Terms, scratch: Scratch, row: int, claims: Any) -> Merits:
    claims[:] = 0
    for at in range(taught.start[row], taught.start[row] + taught.size[row]):
        skill = taught.what[at]
        if scratch.many[skill] == 0:
            continue
        levels = taught.more[at]
        for entry in range(scratch.where[skill], scratch.where[skill] + scratch.many[skill]):
            way = asked.way[entry]
            claim = asked.hope[way, levels >> 3 & 7] + asked.sure[way, levels & 7]
            slot = asked.slot[way]
            claims[slot] = max(claims[slot], claim)
    met = missing = low = high = desired = 0
    for slot in range(len(claims)):
        claim = claims[slot]
        sure, hoped = claim >> KIND_BITS & SHARE_MASK, claim >> (SHARE_BITS + KIND_BITS)
        if asked.essential[slot]:
            met += sure == WHOLE and claim & WEAKEST == WEAKEST
            missing += hoped == 0
            low += sure
            high += hoped
        else:
            desired += sure
    bands = terms.bands
    essential, others = band(mean(low, terms.essential), bands), band(mean(desired, terms.desired), bands)
    return Merits(met, essential, band(mean(high, terms.essential), bands), missing, others)


@njit(forceinline=True)
def occupation(leads: Any, trades: tuple[int, int], row: int) -> int:
    """Give the rank of a course's closeness of occupation."""
    rank = FAR
    for at in range(leads.start[row], leads.start[row] + leads.size[row]):
        if leads.what[at] == trades[0]:
            return SAME
        if leads.what[at] == trades[1]:
            rank = SISTER
    return rank


@njit(forceinline=True)
def wording(titles: Any, grams: Any, flags: Any, row: int) -> int:
    """Give the likeness of a course's title and the need's, in hundredths."""
    common = 0
    for at in range(titles.start[row], titles.start[row] + titles.size[row]):
        common += flags[titles.what[at]]
    return likeness(common, np.int64(titles.size[row]), len(grams))
