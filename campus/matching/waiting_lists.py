"""What needs ask for, turned around: who asks for a skill or one that it counts for, who seeks a trade."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from campus.matching.linked_need import LinkedNeed
from campus.matching.ragged import Ints, Ragged, grown, invert, lengths
from campus.matching.session_board import latest_of
from campus.matching.standing_keys import KIND_BITS, SHARE_BITS, SHARE_MASK, WEAKEST, Merits
from campus.matching.units import WHOLE, band
from campus.matching.values import Rules


class WaitingLists:
    """Needs by number, and by what they ask for; a number is never used again."""

    def __init__(self) -> None:
        self.needs: list[LinkedNeed] = []
        self.counting = Ragged(need=np.int32, slot=np.uint8, kind=np.uint8, factor=np.uint16)
        self.seeking = {"occupation": Ragged(need=np.int32), "parent": Ragged(need=np.int32)}
        self.slots = Ragged(least=np.uint8, most=np.uint8, essential=np.bool_)
        self.titles = Ragged(gram=np.int32)
        self.latest = np.zeros(0, np.int32)

    def fill(self, needs: Sequence[LinkedNeed]) -> None:
        """Replace all needs."""
        self.needs = list(needs)
        self.latest = np.array([latest_of(need.view) for need in needs], dtype=np.int32)
        way = np.concatenate([np.zeros(0, np.int64), *(need.way for need in needs)])
        sizes = lengths([need.way for need in needs])
        owner = np.repeat(np.arange(len(needs)), sizes)
        columns = {"need": owner}
        first = np.repeat(
            np.cumsum(lengths([need.slot for need in needs])) - lengths([need.slot for need in needs]), sizes
        )
        for name in ("slot", "kind", "factor"):
            values = np.concatenate([np.zeros(0, np.int64), *(getattr(need, name) for need in needs)])
            columns[name] = values[first + way]
        taught = np.concatenate([np.zeros(0, np.int64), *(np.repeat(need.taught, need.count) for need in needs)])
        invert(self.counting, taught, columns)
        self._fill_rest(needs)

    def _fill_rest(self, needs: Sequence[LinkedNeed]) -> None:
        for name, lists in self.seeking.items():
            trades = np.array([getattr(need, name) for need in needs], dtype=np.int64)
            some = np.flatnonzero(trades >= 0)
            invert(lists, trades[some], {"need": some})
        slots = {name: np.concatenate([np.zeros(0, np.int64), *(getattr(need, name) for need in needs)])
                 for name in self.slots.columns}  # fmt: skip
        self.slots.fill(len(needs), lengths([need.skills for need in needs]), slots)
        grams = np.concatenate([np.zeros(0, np.int64), *(need.grams for need in needs)])
        self.titles.fill(len(needs), lengths([need.grams for need in needs]), {"gram": grams})

    def add(self, need: LinkedNeed) -> int:
        """Add a need and give its number."""
        number = len(self.needs)
        self.needs.append(need)
        self.latest = grown(self.latest, number + 1)
        self.latest[number] = latest_of(need.view)
        for taught, way in zip(np.repeat(need.taught, need.count).tolist(), need.way.tolist(), strict=True):
            kind, factor = int(need.kind[way]), int(need.factor[way])
            self.counting.append(taught, need=number, slot=int(need.slot[way]), kind=kind, factor=factor)
        for name, lists in self.seeking.items():
            if getattr(need, name) >= 0:
                lists.append(getattr(need, name), need=number)
        self.slots.write(number, least=need.least, most=need.most, essential=need.essential)
        self.titles.write(number, gram=need.grams)
        return number


def merits_of(lists: WaitingLists, numbers: Ints, *, cell: Ints, claims: Ints, rules: Rules) -> Merits:
    """Count and band the claims of one course on the skills of these needs, as `standing_keys.merits` does.

    `cell` tells, for each claim, which needed skill (a position in `lists.slots`) it is on.
    """
    at, owner = lists.slots.many(numbers)
    best = np.zeros(len(lists.slots.columns["least"]), dtype=np.int64)
    np.maximum.at(best, cell, claims)
    claim, essential = best[at], lists.slots.columns["essential"][at]
    high, low = claim >> (SHARE_BITS + KIND_BITS), (claim >> KIND_BITS) & SHARE_MASK

    def total(values: Ints) -> Ints:
        return np.bincount(owner, weights=values, minlength=len(numbers)).astype(np.int64)

    count, others = total(essential), total(~essential)
    return Merits(
        met=total((low == WHOLE) & (claim & WEAKEST == WEAKEST) & essential),
        low=band(_mean(total(low * essential), count), rules.band),
        high=band(_mean(total(high * essential), count), rules.band),
        missing=total((high == 0) & essential),
        desired=band(_mean(total(low * ~essential), others), rules.band),
    )


def _mean(total: Ints, count: Ints) -> Ints:
    """Give `units.mean` where the counts differ."""
    some = np.maximum(count, 1)
    return np.where(count > 0, (2 * total + some) // (2 * some), 0)
