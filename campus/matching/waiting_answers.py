"""The needs that wait, each with the answer stored for it: one course changed, whose answer can change?

An answer holds the best courses and a pathway. A course changes it when it is named there, when it enters the list
of the best, or when a pathway may want it: when it raises a needed skill further than each of the best alone does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from campus.matching.answers import Closeness
from campus.matching.closeness import PRECEDENCE
from campus.matching.course_columns import entry_asked, hoped_level
from campus.matching.course_index import CourseIndex
from campus.matching.linked_need import LinkedNeed
from campus.matching.pathway_candidates import pathway_rows
from campus.matching.ragged import Ints
from campus.matching.standing_keys import LAST
from campus.matching.values import Id
from campus.matching.waiting_needs import WaitingNeeds

SPARE = 1000
ALWAYS = (LAST, 0, 0, 0)


class Last(NamedTuple):
    """Where the last course of a full list stands: the numbers that order it, and its id."""

    key: int
    seats: int
    course_id: Id


class Listed(NamedTuple):
    """What is stored of a need: its best courses, where the last stands (None: the list is not full), all it names."""

    best: tuple[Id, ...] = ()
    last: Last | None = None
    named: tuple[Id, ...] = ()


NOTHING = Listed()


class WaitingAnswers(WaitingNeeds):
    """Needs with their stored answers, over an index of courses."""

    def __init__(self, index: CourseIndex) -> None:
        super().__init__(index)
        self.named: dict[Id, set[Id]] = {}
        self._names: dict[Id, tuple[Id, ...]] = {}

    def fill_answered(self, needs: Sequence[LinkedNeed], listed: Mapping[Id, Listed]) -> None:
        """Replace all needs, each with its answer, if it has one."""
        self.lists.fill(needs)
        self._number = {need.view.id: number for number, need in enumerate(needs)}
        self.best, self._listing, self.named, self._names = [()] * len(needs), {}, {}, {}
        self._last = np.zeros((4, len(needs)), dtype=np.int64)
        for number, need in enumerate(needs):
            self._answered(number, listed.get(need.view.id, NOTHING))

    def put_answered(self, need: LinkedNeed, listed: Listed | None = None) -> None:
        """Add a need with its answer, or put it in the place of the one with its id."""
        self.remove(need.view.id)
        self._answered(self._new_number(need), listed or NOTHING)

    def relinked(self, need: LinkedNeed) -> None:
        """Put a need that was linked again in its place; its answer stays."""
        before = self._number[need.view.id]
        best, last = self.best[before], self._last[:, before].copy()
        super().remove(need.view.id)
        number = self._new_number(need)
        self._enlist(number, best)
        self._last[:, number] = last

    def remove(self, need_id: Id) -> None:
        """Take a need away; nothing happens when it is not there."""
        super().remove(need_id)
        for course_id in self._names.pop(need_id, ()):
            self.named[course_id].discard(need_id)

    def _answered(self, number: int, listed: Listed) -> None:
        need_id = self.lists.needs[number].view.id
        self._enlist(number, listed.best)
        self._last[:, number] = ALWAYS if listed.last is None else self._place(*listed.last)
        self._names[need_id] = (*listed.best, *listed.named)
        for course_id in self._names[need_id]:
            self.named.setdefault(course_id, set()).add(need_id)

    def _place(self, key: int, seats: int, course_id: Id) -> tuple[int, int, int, int]:
        high, low = (half - (1 << 63) for half in self._store.codes.encode(course_id))
        return key, -seats, high, low

    @property
    def holed(self) -> bool:
        """Tell whether more than half of the numbers given are no longer in use: time to fill anew."""
        return len(self.lists.needs) > 2 * len(self) + SPARE

    def near(self, skills: Iterable[int]) -> list[LinkedNeed]:
        """List the needs that one of these skills counts for: those to link again when the index learnt it."""
        table = self._store.skills
        learnt = list(skills)
        close = {int(one) for skill in learnt for one in table.kin(skill, None).taught}
        ids = {table.ids[skill] for skill in learnt}
        return [
            need
            for need in self.needs
            if not close.isdisjoint(need.skills.tolist())
            or not ids.isdisjoint(table.sheet(need.view.occupation_id) or ())
        ]

    def ranked_by(self, course_id: Id) -> set[Id]:
        """Give the needs that name a course, and those whose list of the best it enters."""
        found, row = set(self.named.get(course_id, ())), self._store.ids.row(course_id)
        return found if row is None else found | self._ids(self.entered(row).tolist())

    def related_by_pathways(self, course_id: Id) -> set[Id]:
        """Give the other needs of which a pathway could go through a course: a quick look, which finds too many."""
        row = self._store.ids.row(course_id)
        return set() if row is None else self._ids(np.setdiff1d(self._moved_on(row), self.entered(row)).tolist())

    def wanting(self, course_id: Id, needs: Iterable[Id]) -> list[Id]:
        """Keep the needs that wait and of which a pathway may truly want a course; about five milliseconds a need."""
        row = self._store.ids.row(course_id)
        numbers = ((each, self._number.get(each)) for each in needs)
        return [each for each, n in numbers if n is not None and row is not None and self._may_want(n, row)]

    def _ids(self, numbers: Iterable[int]) -> set[Id]:
        return {self.lists.needs[number].view.id for number in numbers}

    def concerned(self, course_id: Id) -> set[Id]:
        """Give the needs that a course has something to do with."""
        row = self._store.ids.row(course_id)
        numbers = [] if row is None else self._before_words(row)[0].tolist()
        return {self.lists.needs[number].view.id for number in numbers}

    def _moved_on(self, row: int) -> Ints:
        """List the numbers of the needs of which a course raises a skill further than each of the best alone does.

        Of courses that do not enter the list, those of the list rank before them and have no more closed gates.
        """
        better: dict[int, set[int]] = {}
        place = self._store.taught.place(row)
        taught = zip(*(self._store.taught.columns[name][place].tolist() for name in ("skill", "levels")), strict=True)
        for skill, levels in taught:
            if entry_asked(levels) >= hoped_level(levels):
                continue
            fine = self._no_worse(skill, levels)
            for number in self._asking(skill).tolist():
                rivals = better[number] if number in better else self._rows_of_best(number)
                better[number] = rivals & fine
        return np.array([number for number in better if not better[number]], dtype=np.int64)

    def _may_want(self, number: int, row: int) -> bool:
        """Tell whether a pathway of a need may want a course; what the need only names makes no other useless."""
        need = self.lists.needs[number]
        others = (self._store.ids.row(one) for one in self._names[need.view.id] if one not in self.best[number])
        without = np.array([one for one in others if one is not None and one != row], dtype=np.int64)
        return row in pathway_rows(self._store, need, without=without)

    def _rows_of_best(self, number: int) -> set[int]:
        rows = (self._store.ids.row(course_id) for course_id in self.best[number])
        return {row for row in rows if row is not None}

    def _asking(self, skill: int) -> Ints:
        """List the numbers of the needs that ask for this very skill."""
        counting = self.lists.counting
        itself = counting.of("kind", skill) == PRECEDENCE[Closeness.IDENTITY]
        numbers = np.unique(counting.of("need", skill)[itself])
        return numbers[self._last[0, numbers] >= 0]

    def _no_worse(self, skill: int, levels: int) -> set[int]:
        """Give the rows of the courses that ask no more in a skill and lead no less far than these levels."""
        place = self._store.teaching.place(skill)
        courses, theirs = (self._store.teaching.columns[name][place] for name in ("course", "levels"))
        fine = (entry_asked(theirs) <= entry_asked(levels)) & (hoped_level(theirs) >= hoped_level(levels))
        return set(courses[fine].tolist())
