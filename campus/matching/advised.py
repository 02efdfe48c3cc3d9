"""Which courses add most to a person, over a whole index at once: as `judge_course_for_profile` says of each.

A course teaches each skill once in an index, from its entry level to its exit level.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np

from campus.matching.course_columns import entry_asked, hoped_level
from campus.matching.course_store import CourseStore
from campus.matching.ragged import Ints
from campus.matching.values import Id

OPEN, OPEN_PERHAPS, SHUT = range(3)


class Sought(NamedTuple):
    """What courses are looked for: those that lead to these occupations, or that teach one of these skills."""

    occupations: Collection[Id]
    skills: Collection[Id] = ()


class Additions(NamedTuple):
    """What courses add to a person, one of each a row of the store.

    Whether they may enter (OPEN, OPEN_PERHAPS, SHUT), the levels that are added surely and at most, the weight of
    the occupations that they lead to, and whether the first looked for is one of these.
    """

    rows: Ints
    enters: Ints
    sure: Ints
    most: Ints
    weight: Ints
    leads: Ints


def additions(store: CourseStore, levels: Mapping[Id, int], sought: Sought, *, weights: Mapping[Id, int]) -> Additions:
    """Work out what each course looked for adds to these levels; those that can add nothing are left out."""
    rows = _looked_for(store, sought)
    at, owner = store.taught.many(rows)
    skills, packed = (store.taught.columns[name][at].astype(np.int64) for name in ("skill", "levels"))
    before = _numbered(store, levels)[skills]
    entry, leaving = entry_asked(packed), hoped_level(packed)
    known, may = before >= 0, entry <= before
    sure = np.where(known & may & (before < leaving), leaving - before, 0)
    most = np.where(known, sure, np.maximum(leaving - entry, 0))
    enters = np.where(known & ~may, SHUT, np.where(~known & (entry > 0), OPEN_PERHAPS, OPEN))
    worst = np.zeros(len(rows), np.int64)
    np.maximum.at(worst, owner, enters)
    weight, leads = _occupations(store, rows, sought, weights=weights)
    total = Additions(rows, worst, _summed(owner, sure, rows), _summed(owner, most, rows), weight, leads)
    adding = total.most > 0
    return Additions(*(column[adding] for column in total))


def _looked_for(store: CourseStore, sought: Sought) -> Ints:
    trades = (store.trades.occupation(one) for one in sought.occupations)
    numbers = (store.skills.number.get(one) for one in sought.skills)
    found = [store.led.of("course", trade) for trade in trades if trade >= 0]
    found += [store.teaching.of("course", number) for number in numbers if number is not None]
    return np.unique(np.concatenate([np.zeros(0, np.int64), *found]))


def _numbered(store: CourseStore, levels: Mapping[Id, int]) -> Ints:
    """Give the level in each skill of the store, -1 where it is not known."""
    found = np.full(len(store.skills.ids), -1, dtype=np.int64)
    for skill_id, level in levels.items():
        number = store.skills.number.get(skill_id)
        if number is not None:
            found[number] = level
    return found


def _occupations(store: CourseStore, rows: Ints, sought: Sought, *, weights: Mapping[Id, int]) -> tuple[Ints, Ints]:
    at, owner = store.leads.many(rows)
    trades = store.leads.columns["trade"][at].astype(np.int64)
    worth = np.zeros(max(int(trades.max(initial=0)) + 1, 1), np.int64)
    for one, weight in weights.items():
        number = store.trades.occupation(one)
        if 0 <= number < len(worth):
            worth[number] = weight
    aims = [store.trades.occupation(one) for one in sought.occupations]
    return _summed(owner, worth[trades], rows), _summed(owner, np.isin(trades, aims), rows)


def _summed(owner: Ints, values: Ints, rows: Ints) -> Ints:
    return np.bincount(owner, weights=values, minlength=len(rows)).astype(np.int64)
