"""The compiled search, where numba is installed; without it the arrays of numpy give the same answer."""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from campus.matching.course_search import Ranked
from campus.matching.course_store import CourseStore
from campus.matching.findings import Best, Facts
from campus.matching.kernel_values import asked_of, shelf_of, terms_of
from campus.matching.linked_need import LinkedNeed
from campus.matching.ragged import Ints


@lru_cache(maxsize=1)
def installed() -> bool:
    """Tell whether numba is installed."""
    return find_spec("numba") is not None


@lru_cache(maxsize=2)
def _module(name: str) -> Any:
    # Loading what needs numba takes seconds: not before it is asked for.
    return import_module(f"campus.matching.{name}")


def best_rows(store: CourseStore, need: LinkedNeed, limit: int) -> Ranked:
    """Rank the best courses for a need: `course_search.best_rows`, compiled."""
    terms = terms_of(store, need, limit)
    return Ranked(*_module("kernel").search(shelf_of(store), asked_of(store, need), terms, store.scratch()))


def facts_and_claims(store: CourseStore, need: LinkedNeed, rows: Ints) -> tuple[Facts, Best]:
    """Find what is to be said of these courses: `findings.facts_and_claims`, compiled."""
    values = (shelf_of(store), asked_of(store, need), terms_of(store, need, len(rows)), store.scratch())
    found = _module("kernel_findings").explain(*values, store.skills.rank, rows)
    return Facts(*found[:4]), Best(*found[4:])
