"""Why the best courses rank where they do, compiled: the same findings as by arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from campus.matching import kernel_sessions as gates
from campus.matching.course_store import Scratch
from campus.matching.kernel import note, occupation, wording
from campus.matching.kernel_values import Asked, Shelf, Terms

YES, UNKNOWN = gates.YES, gates.UNKNOWN


@njit(cache=True)
def explain(
    shelf: Shelf, asked: Asked, terms: Terms, scratch: Scratch, rank: Any, rows: Any
) -> tuple[Any, Any, Any, Any, Any, Any, Any]:
    """Give what `findings.facts` and `findings.best_claims` give, one array after the other.

    Of equal claims on a needed skill, that of the taught skill whose `rank` is least.
    """
    note(asked, scratch, True)
    count, shape = len(rows), (len(rows), len(asked.skills))
    positions, verdicts = np.empty(count, np.int64), np.empty((count, 5), np.int64)
    trades, words = np.empty(count, np.int64), np.empty(count, np.int64)
    way, skill, levels = np.full(shape, -1), np.full(shape, -1), np.zeros(shape, np.int64)
    for n in range(count):
        positions[n] = _gates(shelf.dates, terms, asked.far, rows[n], verdicts[n])
        trades[n] = occupation(shelf.leads, asked.trades, rows[n])
        words[n] = wording(shelf.titles, asked.grams, scratch.flags, rows[n])
        _claims(shelf.taught, asked, scratch, rank, rows[n], way[n], skill[n], levels[n])
    note(asked, scratch, False)
    return positions, verdicts, trades, words, way, skill, levels


@njit
def _gates(dates: Any, terms: Terms, far: Any, row: int, verdicts: Any) -> int:
    first, until = np.int64(dates.first[row]), dates.until[row]
    place = gates.best_session(dates, terms, far, row).place
    verdicts[1] = UNKNOWN if dates.asks[row] else YES
    if place < 0:
        verdicts[0] = verdicts[2] = UNKNOWN
        verdicts[3] = UNKNOWN if len(far) else YES
        verdicts[4] = UNKNOWN if until else YES
        return -1
    session = dates.session[first + place]
    verdicts[0] = gates.dates_verdict(session, terms)
    verdicts[2] = gates.seats_verdict(session)
    verdicts[3] = gates.distance_verdict(session, far)
    verdicts[4] = gates.certification_verdict(session, until)
    return first + place


@njit
def _claims(
    taught: Any, asked: Asked, scratch: Scratch, rank: Any, row: int, way: Any, skill: Any, levels: Any
) -> None:
    best = np.full(len(way), -1)
    for at in range(taught.start[row], taught.start[row] + taught.size[row]):
        one, brings = taught.what[at], taught.more[at]
        for entry in range(scratch.where[one], scratch.where[one] + scratch.many[one]):
            by = asked.way[entry]
            slot, claim = asked.slot[by], asked.hope[by, brings >> 3 & 7] + asked.sure[by, brings & 7]
            if claim > best[slot] or (claim == best[slot] and rank[one] < rank[skill[slot]]):
                best[slot], way[slot], skill[slot], levels[slot] = claim, by, one, brings
