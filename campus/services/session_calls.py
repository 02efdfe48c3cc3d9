"""Calling the people of a session to its first day."""

from __future__ import annotations

from campus.models import Account, CourseSession, EnrolmentState
from campus.queries.session_people import still_active
from campus.services import attending


def call_up_all(actor: Account | None, course_session: CourseSession) -> int:
    """Call up everybody whose seat is sure; count them."""
    sure = [each for each in still_active(course_session) if each.state == EnrolmentState.CONFIRMED]
    for each in sure:
        attending.call_up(actor, each)
    return len(sure)
