"""The index of courses: the ten best for one need, exactly as the judge ranks them, and changed in place.

A course is the unit; its sessions, dates and places stand beside it. What the judge works out pair by pair is
worked out here by arrays of whole numbers; the order is the judge's, and so is the answer, to the last id.
One caller at a time: who shares an index between threads holds a lock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from datetime import date

import numpy as np

from campus.matching import compiled, course_search
from campus.matching import findings as explained
from campus.matching.course_columns import CourseColumns
from campus.matching.course_search import Ranked, concerned
from campus.matching.course_store import CourseStore
from campus.matching.findings import Findings, findings
from campus.matching.linked_need import LinkedNeed, link
from campus.matching.pathway_candidates import pathway_rows
from campus.matching.ragged import Ints
from campus.matching.standing_keys import MOST_BANDS
from campus.matching.values import CourseView, Id, NeedView, Rules

TEN = 10


class CourseIndex:
    """Courses, ready to be ranked for any need."""

    def __init__(
        self,
        *,
        rules: Rules,
        today: date,
        sheets: Mapping[Id, Iterable[Id]] | None = None,
        skills: Iterable[tuple[Id, str, Id | None]] = (),
        compile_search: bool = True,
    ) -> None:
        """Begin without courses.

        `sheets` gives the skills on each occupation's sheet; `skills` those known beforehand, with label and
        macro-skill (others are learnt from the courses and needs that name them). The search is compiled where
        numba is installed, unless `compile_search` says no.
        """
        if rules.band > MOST_BANDS:
            raise ValueError(f"the rules cut coverage into at most {MOST_BANDS} bands, not {rules.band}")
        self.store = CourseStore(rules, today, {key: frozenset(found) for key, found in (sheets or {}).items()})
        self._compiled = compile_search and compiled.installed()
        for skill_id, label, macro_id in skills:
            self.store.skills.learn(skill_id, label, macro_id)

    def __len__(self) -> int:
        return len(self.store)

    def fill(self, columns: CourseColumns) -> None:
        """Replace all courses by those of the columns, in one go."""
        self.store.fill(columns)

    def put(self, course: CourseView) -> None:
        """Add a course, or put it in the place of the one with its id."""
        self.store.put(course)

    def remove(self, course_id: Id) -> None:
        """Take a course away; nothing happens when it is not there."""
        self.store.remove(course_id)

    def move_to(self, today: date) -> None:
        """Judge as of another day."""
        self.store.board.move_to(today)

    def link(self, need: NeedView) -> LinkedNeed:
        """Link a need to numbers, once; to do again when a skill was learnt since."""
        return link(need, self.store.skills, trades=self.store.trades, titles=self.store.grams)

    def best(self, need: LinkedNeed, *, limit: int = TEN, rejected: Set[Id] = frozenset()) -> tuple[Id, ...]:
        """Give the ids of the best courses in the order of the judge; rejected ones come last."""
        return tuple(self.store.ids.id_of(row) for row in self._best(need, limit, rejected).tolist())

    def explain(self, need: LinkedNeed, *, limit: int = TEN, rejected: Set[Id] = frozenset()) -> Findings:
        """Give the best courses in the order of the judge, each with gates, coverage and reasons as codes."""
        rows = self._best(need, limit, rejected)
        search = compiled if self._compiled else explained
        return findings(self.store, need, rows, found=search.facts_and_claims(self.store, need, rows))

    def count(self, need: LinkedNeed) -> int:
        """Count the courses that have something to do with a need."""
        return len(concerned(self.store, need)) if self._enough(need) else 0

    def _enough(self, need: LinkedNeed) -> bool:
        return len(need.skills) >= self.store.rules.least_skills

    def ranked(self, need: LinkedNeed, *, limit: int = TEN) -> Ranked:
        """Give the best courses in the order of the judge, with the numbers that order them."""
        if not self._enough(need):
            return Ranked(*(np.zeros(0, dtype=np.int64) for _ in range(3)))
        search = compiled if self._compiled and not self.store.codes.has_others else course_search
        return search.best_rows(self.store, need, limit)

    def for_pathway(self, need: LinkedNeed, *, rejected: Set[Id] = frozenset()) -> tuple[Id, ...]:
        """Give the ids of the courses that a pathway may need, best first, rejected ones left out."""
        rows = pathway_rows(self.store, need, without=np.array(self._rows(rejected), np.int64))
        return tuple(self.store.ids.id_of(row) for row in rows.tolist())

    def _rows(self, ids: Set[Id]) -> list[int]:
        return [row for row in map(self.store.ids.row, ids) if row is not None]

    def _best(self, need: LinkedNeed, limit: int, rejected: Set[Id]) -> Ints:
        rows = self.ranked(need, limit=limit + len(rejected)).rows
        if not rejected:
            return rows
        refused = self._rows(rejected)
        return rows[np.argsort(np.isin(rows, refused), kind="stable")][:limit]
