"""The needs that wait, seen from a course: one course published or changed, whose list of the best changes?

Each need keeps its list as it stands, and where the last of it stands. A course enters a list when it comes before
the last; everything is decided by the same whole numbers as in `course_search`, what is dear to know last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from campus.matching.course_columns import hoped_level, sure_level
from campus.matching.course_index import TEN, CourseIndex
from campus.matching.course_search import FAR, PER_HUNDRED, SAME, SISTER, Ranked
from campus.matching.linked_need import LinkedNeed
from campus.matching.ragged import Array, Ints
from campus.matching.session_board import Wanted
from campus.matching.standing_keys import (
    LAST,
    Merits,
    before_words,
    strength,
    with_closed,
    with_rest,
    with_words,
    without_rest,
    without_words,
)
from campus.matching.units import band, likeness, share
from campus.matching.values import Id
from campus.matching.waiting_lists import WaitingLists, merits_of


class Concern(NamedTuple):
    """What makes a course concern needs: the closeness of occupation of each, and whether by a skill."""

    occupation: Ints
    by_skill: Array


class Forward(NamedTuple):
    """The needs that a course brings forward; of each the closed gates, and essential skills met, missing, in all."""

    needs: list[LinkedNeed]
    closed: Ints
    met: Ints
    missing: Ints
    essential: Ints


class WaitingNeeds:
    """Needs with the best courses of each, over an index of courses."""

    def __init__(self, index: CourseIndex, *, limit: int = TEN) -> None:
        self._index, self._limit = index, limit
        self._store = index.store
        self.lists = WaitingLists()
        self.best: list[tuple[Id, ...]] = []
        self._number: dict[Id, int] = {}
        self._listing: dict[Id, set[int]] = {}
        self._last = np.zeros((4, 0), dtype=np.int64)

    def __len__(self) -> int:
        return len(self._number)

    def fill(self, needs: Sequence[LinkedNeed]) -> None:
        """Replace all needs, and match each."""
        self.lists.fill(needs)
        self.best = [()] * len(needs)
        self._number = {need.view.id: number for number, need in enumerate(needs)}
        self._listing = {}
        self._last = np.zeros((4, len(needs)), dtype=np.int64)
        for number in range(len(needs)):
            self._match(number)

    def put(self, need: LinkedNeed) -> tuple[Id, ...]:
        """Add a need, or put it in the place of the one with its id; give its best courses."""
        self.remove(need.view.id)
        number = self._new_number(need)
        self._match(number)
        return self.best[number]

    def _new_number(self, need: LinkedNeed) -> int:
        number = self._number[need.view.id] = self.lists.add(need)
        self.best.append(())
        self._last = np.concatenate([self._last, np.zeros((4, 1), dtype=np.int64)], axis=1)
        return number

    def remove(self, need_id: Id) -> None:
        """Take a need away; nothing happens when it is not there."""
        number = self._number.pop(need_id, None)
        if number is not None:
            self._enlist(number, ())
            self._last[:, number] = -1

    @property
    def needs(self) -> list[LinkedNeed]:
        """List the needs that wait."""
        return [self.lists.needs[number] for number in self._number.values()]

    @property
    def ids(self) -> list[Id]:
        """List the ids of the needs that wait."""
        return list(self._number)

    def best_of(self, need_id: Id) -> tuple[Id, ...]:
        """Give the best courses of a need, as they stood when it was last matched."""
        return self.best[self._number[need_id]]

    def course_changed(self, course_id: Id) -> list[Id]:
        """Match again the needs that a course added, changed or taken away can concern; give those whose list changed.

        The index must know the course as it is now. Only needs that list the course, and those whose list it
        now enters, are matched again: no other list can change.
        """
        row = self._store.ids.row(course_id)
        touched = set(self._listing.get(course_id, ()))
        if row is not None:
            touched |= set(self.entered(row).tolist())
        return [self.lists.needs[number].view.id for number in sorted(touched) if self._match(number)]

    def entered(self, row: int) -> Ints:
        """List the numbers of the needs whose list a course enters, or would keep its place in."""
        concerned, key = self._before_words(row)
        kept = key <= without_words(self._last[0, concerned])
        numbers, key = concerned[kept], key[kept]
        key = with_words(key, self._wording(row, numbers))
        kept = key <= without_rest(self._last[0, numbers])
        return self._by_sessions(row, numbers[kept], key[kept])

    def brought_forward(self, row: int) -> Forward:
        """Judge a course for all needs of which it teaches a skill, or one close to it."""
        numbers, merit, concern = self._merits(row)
        taught = concern.by_skill
        numbers, met, missing = numbers[taught], merit.met[taught], merit.missing[taught]
        closed = np.zeros(len(numbers), np.int64)
        for some, far in self._alike(numbers):
            wanted = Wanted(self.lists.latest[numbers[some]], far)
            closed[some] = self._store.board.judge(np.full(len(some), row), wanted).closed
        needs = [self.lists.needs[number] for number in numbers.tolist()]
        essential = np.array([need.essential.sum() for need in needs], dtype=np.int64)
        return Forward(needs, closed, met, missing, essential)

    def _match(self, number: int) -> bool:
        """Match one need again; tell whether its list changed."""
        ranked = self._index.ranked(self.lists.needs[number], limit=self._limit)
        best = tuple(self._store.ids.id_of(row) for row in ranked.rows.tolist())
        self._last[:, number] = self._place_of_last(ranked)
        changed = best != self.best[number]
        self._enlist(number, best)
        return changed

    def _place_of_last(self, ranked: Ranked) -> tuple[int, int, int, int]:
        if len(ranked.rows) < self._limit:
            return LAST, 0, 0, 0
        row = int(ranked.rows[-1])
        halves = (int(half[row]) - (1 << 63) for half in (self._store.ids.high, self._store.ids.low))
        return (int(ranked.key[-1]), -int(ranked.seats[-1]), *halves)

    def _enlist(self, number: int, best: tuple[Id, ...]) -> None:
        for course_id in self.best[number]:
            self._listing[course_id].discard(number)
        for course_id in best:
            self._listing.setdefault(course_id, set()).add(number)
        self.best[number] = best

    def _before_words(self, row: int) -> tuple[Ints, Ints]:
        """List the needs that a course concerns, with its key for each as far as words; closed gates at a glance."""
        concerned, merit, concern = self._merits(row)
        closed = ~self._store.board.open_at(np.full(len(concerned), row), self.lists.latest[concerned])
        return concerned, before_words(closed.astype(np.int64), merit, concern.occupation)

    def _merits(self, row: int) -> tuple[Ints, Merits, Concern]:
        """List the needs that a course concerns, what its claims on each come to, and what makes it concern them."""
        taught, lists = self._store.taught, self.lists
        place = taught.place(row)
        skills = taught.columns["skill"][place]
        known = skills < len(lists.counting.size)
        at, owner = lists.counting.many(skills[known])
        levels = taught.columns["levels"][place][known].astype(np.int64)[owner]
        columns = {name: column[at].astype(np.int64) for name, column in lists.counting.columns.items()}
        cell = lists.slots.start[columns["need"]] + columns["slot"]
        high = share(hoped_level(levels), lists.slots.columns["most"][cell].astype(np.int64), columns["factor"])
        low = share(sure_level(levels), lists.slots.columns["least"][cell].astype(np.int64), columns["factor"])
        trades = self._store.leads.of("trade", row)
        concerned, concern = self._concern(columns["need"], trades)
        claims = strength(high, low, columns["kind"])
        return concerned, merits_of(lists, concerned, cell=cell, claims=claims, rules=self._store.rules), concern

    def _concern(self, numbers: Ints, trades: Array) -> tuple[Ints, Concern]:
        """List all needs concerned, by skill or by trade, the closeness of occupation of each, and which by skill."""
        by_skill = np.zeros(len(self.lists.needs), dtype=np.bool_)
        by_skill[numbers] = True
        rank = np.full(len(self.lists.needs), -1)
        rank[numbers] = FAR
        for name, closeness in (("parent", SISTER), ("occupation", SAME)):
            seeking = self.lists.seeking[name]
            for trade in trades[trades < len(seeking.size)].tolist():
                rank[seeking.of("need", trade)] = closeness
        concerned = np.flatnonzero((rank >= 0) & (self._last[0] >= 0))
        return concerned, Concern(rank[concerned], by_skill[concerned])

    def _wording(self, row: int, numbers: Ints) -> Ints:
        flags = self._store.scratch().flags
        grams = self._store.titles.of("gram", row)
        flags[grams] = True
        at, owner = self.lists.titles.many(numbers)
        common = np.bincount(owner[flags[self.lists.titles.columns["gram"][at]]], minlength=len(numbers))
        flags[grams] = False
        alike = likeness(common, len(grams), self.lists.titles.sizes(numbers).astype(np.int64))
        words: Ints = band(alike * PER_HUNDRED, self._store.rules.band)
        return words

    def _by_sessions(self, row: int, numbers: Ints, key: Ints) -> Ints:
        """Keep the needs before whose last the course comes once its best session for each is known."""
        board, kept = self._store.board, []
        for some, far in self._alike(numbers):
            these = numbers[some]
            chosen = board.judge(np.full(len(these), row), Wanted(self.lists.latest[these], far))
            full = with_rest(with_closed(key[some], chosen.closed), chosen.unknown, chosen.slack)
            kept.append(these[self._precedes(row, full, seats=chosen.seats, last=self._last[:, these])])
        return np.sort(np.concatenate([np.zeros(0, np.int64), *kept]))

    def _alike(self, numbers: Ints) -> Iterator[tuple[Ints, Array]]:
        """Cut needs into those without a limit of distance, and each of the others; give the verdicts on places."""
        limited = np.array(
            [self.lists.needs[number].view.max_km is not None for number in numbers.tolist()], dtype=bool
        )
        alike = [np.flatnonzero(~limited), *np.flatnonzero(limited).reshape(-1, 1)]
        for some in (one for one in alike if len(one)):
            yield some, self._store.board.far(self.lists.needs[int(numbers[some[0]])].view)

    def _precedes(self, row: int, key: Ints, *, seats: Ints, last: Ints) -> Array:
        halves = (int(half[row]) - (1 << 63) for half in (self._store.ids.high, self._store.ids.low))
        answer = np.ones(len(key), dtype=np.bool_)
        for mine, theirs in reversed(list(zip((key, -seats, *halves), last, strict=True))):
            answer = np.where(mine == theirs, answer, mine < theirs)
        return answer
