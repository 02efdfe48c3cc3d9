"""The search for a plan, outside any transaction: pages are served meanwhile, and a planner may stop it."""

from __future__ import annotations

import threading
import time
import uuid
from collections.abc import Callable

from campus import db
from campus.models import PlanState
from campus.planning.search import Wanted, find_plan
from campus.queries.plans import next_in_line, plan_by_id
from campus.services import plans

SECONDS = 30.0
ASK_AGAIN_S = 1.0


def run_due_plan(seconds: float = SECONDS, stopping: Callable[[], bool] = lambda: False) -> bool:
    """Search the plan that has waited longest; tell whether there was one."""
    try:
        if next_in_line() is None:
            return False
    finally:
        db.close()
    with db.transaction():
        begun = plans.begin_search()
    if begun is None:
        return False
    plan_id, campus = begun
    try:
        found = find_plan(campus, Wanted(seconds, stop=_Watch(plan_id, stopping), progress=_tell(plan_id)))
        with db.transaction():
            plans.store_plan(plan_id, campus, found)
    except Exception:
        with db.transaction():
            plans.note_failure(plan_id)
        raise
    return True


def _tell(plan_id: uuid.UUID) -> Callable[[str, float], None]:
    def tell(_stage: str, share: float) -> None:
        with db.transaction():
            plans.note_progress(plan_id, round(100 * share))

    return tell


class _Watch:
    """Says whether a search is to stop: asked all the time, it looks into the database once a second, in one thread."""

    def __init__(self, plan_id: uuid.UUID, stopping: Callable[[], bool]) -> None:
        self.plan_id, self.stopping = plan_id, stopping
        self.owner, self.looked, self.stopped = threading.get_ident(), 0.0, False

    def __call__(self) -> bool:
        """Tell whether to stop."""
        if threading.get_ident() == self.owner and time.monotonic() - self.looked > ASK_AGAIN_S:
            self.stopped = self.stopping() or self._given_up()
            self.looked = time.monotonic()
        return self.stopped

    def _given_up(self) -> bool:
        try:
            plan = plan_by_id(self.plan_id)
            return plan is None or plan.state != PlanState.SEARCHING
        finally:
            db.close()
