"""The search for a plan, outside any transaction: pages are served meanwhile, and a planner may stop it."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable

import structlog
from sqlalchemy.exc import DBAPIError

from campus import clock, db
from campus.planning.search import Outcome, Wanted, find_plan
from campus.planning.values import Campus
from campus.queries.plans import is_search_due
from campus.services import plan_searches

log = structlog.get_logger(__name__)
SECONDS = 30.0
TELL_AGAIN_S = 1.0


def run_due_plan(seconds: float = SECONDS, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Search the plan that has waited longest; tell whether there was one.

    A search that stops because this process does is given back; one whose process dies is taken up by another when its
    lease ends.
    """
    try:
        if not is_search_due(clock.now()):
            return False
    finally:
        db.close()
    with db.transaction():
        begun = plan_searches.begin_search()
    if begun is None:
        return True
    plan_id, campus = begun
    watch = _Watch(plan_id, stopping, seconds)
    found = _search(plan_id, campus, Wanted(seconds, stop=watch))
    if found is not None:
        with db.transaction():
            if stopping():
                plan_searches.give_back(plan_id)
            else:
                plan_searches.store_plan(plan_id, found, campus)
    return True


def _search(plan_id: uuid.UUID, campus: Campus, wanted: Wanted) -> Outcome | None:
    try:
        return find_plan(campus, wanted)
    except Exception as error:  # noqa: BLE001 (whatever the solver dies of, its plan says so, and the next is searched)
        log.error("search failed", plan=str(plan_id), error=repr(error))
        with db.transaction():
            plan_searches.note_failure(plan_id)
        return None


class _Watch:
    """Says whether a search is to stop: asked all the time, it tells once a second, in one thread, how far it is."""

    def __init__(self, plan_id: uuid.UUID, stopping: Callable[[], bool], seconds: float) -> None:
        self.plan_id, self.stopping, self.seconds = plan_id, stopping, seconds
        self.owner, self.began = threading.get_ident(), time.monotonic()
        self.told, self.stopped = 0.0, False

    def __call__(self) -> bool:
        """Tell whether to stop."""
        now = time.monotonic()
        if threading.get_ident() == self.owner and now - self.told > TELL_AGAIN_S:
            self.stopped = self.stopping() or not self._goes_on(now)
            self.told = time.monotonic()
        return self.stopped

    def _goes_on(self, now: float) -> bool:
        """Say how far the search is; a database that is away for a moment does not end it."""
        try:
            with db.transaction():
                return plan_searches.note_progress(self.plan_id, round(100 * (now - self.began) / self.seconds))
        except DBAPIError as error:
            log.warning("search could not tell how far it is", error=str(error.orig))
            return True
