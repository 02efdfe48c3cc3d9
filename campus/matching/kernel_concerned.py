"""Every course that has something to do with a need, compiled, each with the best key that it may have."""

from __future__ import annotations

from typing import Any

import numpy as np
from numba import njit

from campus.matching import standing_keys as keys
from campus.matching import units
from campus.matching.kernel_values import Asked, Shelf, Terms

mean, band = (njit(one, forceinline=True) for one in (units.mean, units.band))
before_words = njit(keys.before_words, forceinline=True)
Merits = keys.Merits
WHOLE = units.WHOLE
WEAKEST, SHARE_BITS, KIND_BITS, SHARE_MASK = keys.WEAKEST, keys.SHARE_BITS, keys.KIND_BITS, keys.SHARE_MASK
LEVELS = 64
MET, LOW, HIGH, CLAIMS, DESIRED, SUMS = 0, 1, 2, 3, 4, 5


@njit
def concerned(shelf: Shelf, asked: Asked, terms: Terms) -> tuple[Any, Any]:
    """List the courses concerned, and for each a key that its own can only follow or equal.

    What its skills claim is added up, though of several claims on one needed skill only the best will count.
    """
    teaching, led = shelf.teaching, shelf.led
    most = _total(teaching.size, asked.taught) + _total(led.size, asked.trades)
    place = np.zeros(len(shelf.dates.opens), np.int32)
    rows, sums = np.empty(most, np.int32), np.zeros((most, SUMS), np.int32)
    size = 0
    for n in range(len(asked.taught)):
        skill = asked.taught[n]
        if skill < len(teaching.size):
            worth = _worth(asked, n)
            for at in range(teaching.start[skill], teaching.start[skill] + teaching.size[skill]):
                row = teaching.what[at]
                if place[row] == 0:
                    rows[size] = row
                    size += 1
                    place[row] = size
                sums[place[row] - 1] += worth[teaching.more[at] & (LEVELS - 1)]
    for trade in asked.trades:
        if 0 <= trade < len(led.size):
            for at in range(led.start[trade], led.start[trade] + led.size[trade]):
                if place[led.what[at]] == 0:
                    rows[size] = led.what[at]
                    size += 1
                    place[led.what[at]] = size
    bounds = np.empty(size, np.int64)
    for n in range(size):
        bounds[n] = _bound(sums[n], terms, shelf.dates.opens[rows[n]] > terms.latest)
    return rows[:size], bounds


@njit(forceinline=True)
def _total(sizes: Any, wanted: Any) -> int:
    total = 0
    for key in wanted:
        if 0 <= key < len(sizes):
            total += sizes[key]
    return total


@njit
def _worth(asked: Asked, n: int) -> Any:
    """Tabulate what one taught skill claims of all needed ones, by packed levels."""
    worth = np.zeros((LEVELS, SUMS), np.int32)
    for levels in range(LEVELS):
        hoped, sure = levels >> 3, levels & 7
        if hoped > 4 or sure > 4:
            continue
        for entry in range(asked.first[n], asked.first[n] + asked.count[n]):
            way = asked.way[entry]
            claim = asked.hope[way, hoped] + asked.sure[way, sure]
            low, high = claim >> KIND_BITS & SHARE_MASK, claim >> (SHARE_BITS + KIND_BITS)
            if asked.essential[asked.slot[way]]:
                worth[levels, MET] += low == WHOLE and claim & WEAKEST == WEAKEST
                worth[levels, LOW] += low
                worth[levels, HIGH] += high
                worth[levels, CLAIMS] += high > 0
            else:
                worth[levels, DESIRED] += low
    return worth


@njit(forceinline=True)
def _bound(sums: Any, terms: Terms, closed: bool) -> int:
    essential, desired = terms.essential, terms.desired
    low = mean(min(np.int64(sums[LOW]), essential * WHOLE), essential)
    high = mean(min(np.int64(sums[HIGH]), essential * WHOLE), essential)
    other = mean(min(np.int64(sums[DESIRED]), desired * WHOLE), desired)
    missing = max(0, essential - sums[CLAIMS])
    bands = terms.bands
    return before_words(
        np.int64(closed),
        Merits(np.int64(sums[MET]), band(low, bands), band(high, bands), missing, band(other, bands)),
        0,
    )
