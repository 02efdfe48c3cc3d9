"""The best courses for one need, exactly: candidates by skills, then what ranks first, words and sessions last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from campus.matching.answers import OccupationCloseness
from campus.matching.course_columns import hoped_level, sure_level
from campus.matching.course_store import CourseStore
from campus.matching.linked_need import LinkedNeed
from campus.matching.ragged import Array, Ints, spread
from campus.matching.ranking import OCCUPATION_RANK
from campus.matching.session_board import latest_of
from campus.matching.standing_keys import (
    KIND_BITS,
    SHARE_BITS,
    SHARE_MASK,
    WEAKEST,
    Merits,
    before_words,
    merits,
    with_rest,
    with_words,
)
from campus.matching.units import WHOLE, band, likeness, mean

SAME, SISTER, FAR = (OCCUPATION_RANK[kind] for kind in OccupationCloseness)
PER_HUNDRED = WHOLE // 100


@dataclass(frozen=True, slots=True)
class Ranked:
    """Courses in the order of the judge: rows of the store, and the two whole numbers that order them."""

    rows: Ints
    key: Ints
    seats: Ints


def best_rows(store: CourseStore, need: LinkedNeed, limit: int) -> Ranked:
    """Rank the best courses for a need, as an exhaustive scoring would."""
    rows = open_and_meeting_most(store, need, limit)
    if rows is not None:
        return rank(store, need, rows, limit=limit, keys=merit_keys(store, need, rows, opened=True))
    rows, bounds = concerned_with_bounds(store, need)
    first = running(bounds, limit)
    keys = merit_keys(store, need, rows[first], opened=False)
    if not first.all():
        others = ~first & (bounds <= np.partition(keys, limit - 1)[limit - 1])
        keys = np.concatenate([keys, merit_keys(store, need, rows[others], opened=False)])
        rows = np.concatenate([rows[first], rows[others]])
    else:
        rows = rows[first]
    return rank(store, need, rows, limit=limit, keys=keys)


def merit_keys(store: CourseStore, need: LinkedNeed, rows: Ints, *, opened: bool) -> Ints:
    """Give the keys of courses as far as words; `opened` tells that none has a closed gate."""
    merit = merits(claims(store, need, rows), need.essential, store.rules)
    closed = 0 if opened else store.board.judge(rows, store.board.wanted(need.view)).closed
    keys: Ints = before_words(closed, merit, occupation_rank(store, need, rows))
    return keys


def rank(store: CourseStore, need: LinkedNeed, rows: Ints, *, limit: int, keys: Ints) -> Ranked:
    """Rank courses whose keys are known as far as words, and keep the best.

    What is dear to know is looked at last, and only where what ranks before it leaves a course in the running.
    """
    kept = running(keys, limit)
    rows, key = rows[kept], keys[kept]
    key = with_words(key, band(wording(store, need, rows) * PER_HUNDRED, store.rules.band))
    kept = running(key, limit)
    rows, key = rows[kept], key[kept]
    chosen = store.board.judge(rows, store.board.wanted(need.view))
    key = with_rest(key, chosen.unknown, chosen.slack)
    return in_order(store, rows, key, seats=chosen.seats, limit=limit)


def running(key: Ints, limit: int) -> Array:
    """Tell which keys are among the smallest, those equal to the last of them included."""
    if len(key) <= limit:
        return np.ones(len(key), dtype=np.bool_)
    return key <= np.partition(key, limit - 1)[limit - 1]


def in_order(store: CourseStore, rows: Ints, key: Ints, *, seats: Ints, limit: int) -> Ranked:
    """Sort by key, seats and id."""
    order = np.lexsort((store.ids.low[rows], store.ids.high[rows], -seats, key))
    if store.codes.has_others:
        order = np.array(
            sorted(order.tolist(), key=lambda n: (key[n], -seats[n], store.ids.order_of(rows[n]))), np.int64
        )
    order = order[:limit]
    return Ranked(rows[order], key[order], seats[order])


def open_and_meeting_most(store: CourseStore, need: LinkedNeed, limit: int) -> Ints | None:
    """List the courses with nothing closed that meet the most essential skills, at least `limit` of them.

    Whatever else is to be said of the others, they rank after these. None when there are too few.
    """
    found = []
    for skill, least in zip(need.skills[need.essential].tolist(), need.least[need.essential].tolist(), strict=True):
        place = store.teaching.place(skill)
        meets = sure_level(store.teaching.columns["levels"][place]) >= least
        found.append(store.teaching.columns["course"][place][meets])
    if not found:
        return None
    touched = np.concatenate(found)
    touched = touched[store.board.open_at(touched, latest_of(need.view))]
    counts = store.scratch().counts
    for rows in found:
        counts[rows] += 1
    met = counts[touched]
    counts[touched] = 0
    for rows in found:
        counts[rows] = 0
    if need.view.max_km is not None and len(touched):
        near = store.board.judge(touched, store.board.wanted(need.view)).closed == 0
        touched, met = touched[near], met[near]
    times = np.bincount(met, minlength=1)
    enough = np.cumsum((times // np.maximum(np.arange(len(times)), 1))[::-1]) >= limit
    if not enough.any():
        return None
    fewest = len(times) - 1 - int(np.argmax(enough))
    return np.unique(touched[met >= fewest]) if fewest else None


def concerned(store: CourseStore, need: LinkedNeed) -> Ints:
    """List every course that has something to do with a need: by a skill, one that counts for it, or a trade."""
    touched = [store.teaching.of("course", skill) for skill in need.taught.tolist()]
    touched += [store.led.of("course", trade) for trade in (need.occupation, need.parent) if trade >= 0]
    flags = np.zeros(store.rows, dtype=np.bool_)
    for rows in touched:
        flags[rows] = True
    return np.flatnonzero(flags)


def claims(store: CourseStore, need: LinkedNeed, rows: Ints) -> Ints:
    """Give the strongest claim of each course on each needed skill (courses x needed skills), 0 for none."""
    found = all_claims(store, need, rows)
    width = len(need.skills)
    best = np.zeros(len(rows) * width, dtype=np.int64)
    worth = need.hope[found.way, hoped_level(found.levels)] + need.sure[found.way, sure_level(found.levels)]
    np.maximum.at(best, found.owner * width + need.slot[found.way], worth)
    return best.reshape(len(rows), width)


def concerned_with_bounds(store: CourseStore, need: LinkedNeed) -> tuple[Ints, Ints]:
    """List the courses concerned, and for each a key that its own can only follow or equal.

    What its skills claim is added up, though of several claims on one needed skill only the best will count.
    """
    rows = concerned(store, need)
    opened = store.board.open_at(rows, latest_of(need.view))
    found = all_claims(store, need, rows)
    worth = need.hope[found.way, hoped_level(found.levels)] + need.sure[found.way, sure_level(found.levels)]
    low, high = worth >> KIND_BITS & SHARE_MASK, worth >> (SHARE_BITS + KIND_BITS)
    same = (low == WHOLE) & (worth & WEAKEST == WEAKEST)
    essential = need.essential[need.slot[found.way]]

    def total(values: Ints) -> Ints:
        return np.bincount(found.owner, weights=values, minlength=len(rows)).astype(np.int64)

    count, others = int(need.essential.sum()), int((~need.essential).sum())
    sums = [(total(low * essential), count), (total(high * essential), count), (total(low * ~essential), others)]
    bands = [band(mean(np.minimum(one, most * WHOLE), most), store.rules.band) for one, most in sums]
    missing = np.maximum(0, count - total((high > 0) & essential))
    bounds = before_words(
        (~opened).astype(np.int64), Merits(total(same & essential), bands[0], bands[1], missing, bands[2]), 0
    )
    return rows, bounds


class Claims(NamedTuple):
    """Claims one after the other: whose (number among the courses asked about), by which taught skill and way."""

    owner: Ints
    skill: Ints
    levels: Ints
    way: Ints


def all_claims(store: CourseStore, need: LinkedNeed, rows: Ints) -> Claims:
    """List what each skill of these courses claims of each needed skill."""
    at, owner = store.taught.many(rows)
    skill = store.taught.columns["skill"][at]
    scratch = store.scratch()
    scratch.many[need.taught] = need.count
    scratch.where[need.taught] = need.first
    entry, hit = spread(scratch.where[skill], scratch.many[skill])
    scratch.many[need.taught] = 0
    levels = store.taught.columns["levels"][at[hit]].astype(np.int64)
    return Claims(owner[hit], skill[hit].astype(np.int64), levels, need.way[entry])


def occupation_rank(store: CourseStore, need: LinkedNeed, rows: Ints) -> Ints:
    """Give the rank of each course's closeness of occupation."""
    at, owner = store.leads.many(rows)
    trade = store.leads.columns["trade"][at]
    answer = np.full(len(rows), FAR)
    if need.parent >= 0:
        answer[owner[trade == need.parent]] = SISTER
    if need.occupation >= 0:
        answer[owner[trade == need.occupation]] = SAME
    return answer


def wording(store: CourseStore, need: LinkedNeed, rows: Ints) -> Ints:
    """Give the likeness of each course's title and the need's, in hundredths."""
    at, owner = store.titles.many(rows)
    flags = store.scratch().flags
    flags[need.grams] = True
    common = np.bincount(owner[flags[store.titles.columns["gram"][at]]], minlength=len(rows))
    flags[need.grams] = False
    both: Ints = likeness(common, store.titles.sizes(rows).astype(np.int64), len(need.grams))
    return both
