"""The courses of an index that a pathway may need: those that no better ranked course makes useless.

A course that raises no needed skill further than a better ranked, no more closed one can stand in no best pathway:
leaving it out changes nothing, neither the pathway found nor what all courses together lead to.
"""

from __future__ import annotations

import numpy as np

from campus.matching.course_columns import entry_asked, hoped_level
from campus.matching.course_search import merit_keys, rank
from campus.matching.course_store import CourseStore
from campus.matching.linked_need import LinkedNeed
from campus.matching.ragged import Array, Ints
from campus.matching.values import HIGHEST_LEVEL

NEVER = HIGHEST_LEVEL + 1  # asked at the entry by a course that does not teach the skill


def pathway_rows(store: CourseStore, need: LinkedNeed, *, without: Array) -> Ints:
    """List the courses worth trying in a pathway, best first; `without` gives rows that may not stand in one.

    Each course is taken to have one entry and one exit level a skill, as the database has it.
    """
    lists = [store.teaching.of("course", skill) for skill in need.skills.tolist()]
    rows = np.setdiff1d(np.unique(np.concatenate([np.zeros(0, np.int32), *lists])), without)
    if not len(rows):
        return rows.astype(np.int64)
    keys = merit_keys(store, need, rows, opened=False)
    ordered = rank(store, need, rows, limit=len(rows), keys=keys).rows
    entry, leaving = steps(store, need.skills.tolist(), ordered)
    closed = store.board.judge(ordered, store.board.wanted(need.view)).closed
    return ordered[_undominated(entry, leaving, closed)]


def steps(store: CourseStore, skills: list[int], rows: Ints) -> tuple[Array, Array]:
    """Give the entry and the exit level of courses in skills (courses x skills): NEVER and 0 where nothing is taught.

    `rows` holds each course once.
    """
    shape = (len(rows), len(skills))
    entry, leaving = np.full(shape, NEVER, np.int8), np.zeros(shape, np.int8)
    order = np.argsort(rows, kind="stable")
    for column, skill in enumerate(skills):
        place = store.teaching.place(skill)
        courses, levels = (store.teaching.columns[name][place] for name in ("course", "levels"))
        at = np.searchsorted(rows, courses, sorter=order)
        among = np.flatnonzero(at < len(rows))
        among = among[rows[order[at[among]]] == courses[among]]
        useful = among[entry_asked(levels[among]) < hoped_level(levels[among])]
        entry[order[at[useful]], column] = entry_asked(levels[useful])
        leaving[order[at[useful]], column] = hoped_level(levels[useful])
    return entry, leaving


def _undominated(entry: Array, leaving: Array, closed: Ints) -> Ints:
    """Keep, of courses in order, those that none before them makes useless."""
    kept, left = [], np.flatnonzero(leaving.any(axis=1))
    while len(left):
        first = left[0]
        kept.append(first)
        others = left[1:]
        useless = ((leaving[others] <= leaving[first]) & (entry[others] >= entry[first])) | (leaving[others] == 0)
        left = others[~(useless.all(axis=1) & (closed[others] >= closed[first]))]
    return np.array(kept, dtype=np.int64)
