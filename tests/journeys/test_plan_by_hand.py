"""The planner drags a session in the calendar, reads what that changes, and takes the move back."""

from __future__ import annotations

import pytest

from campus import db
from campus.models import PlannedSession

pytestmark = pytest.mark.browser


def test_a_session_is_dragged_to_another_week_and_taken_back(visit, live_make):
    planned = live_make.planned_session()
    planned.plan.report = {"covered": [0, 0], "asked": [0, 0], "left_out": [], "broken": [], "stages": []}
    live_make.save(planned.plan)
    key, plan = planned.id, planned.plan_id
    with visit(live_make.staff()) as page:
        page.goto(f"/campus/plan/{plan}")
        page.locator(".plan .slot").drag_to(page.locator('.plan [data-week="4"]').first)
        page.get_by_text("La session est déplacée").wait_for()
        assert _week(key) == 4
        page.get_by_role("button", name="Annuler ce déplacement").click()
        page.get_by_text("est revenue à sa place").wait_for()
        assert _week(key) == 0


def _week(key):
    db.session.remove()
    try:
        return db.session.get_one(PlannedSession, key).week
    finally:
        db.session.remove()
