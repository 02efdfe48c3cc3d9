"""Until when somebody may answer: a moment within the opening hours of the campus, before the first day."""

from __future__ import annotations

import functools
from datetime import datetime, time, timedelta

from campus import clock
from campus.config import read_settings
from campus.errors import Refused
from campus.models import CourseSession
from campus.opening_hours import OpeningHours, answer_by, read_hours
from campus.services.steps import Step, effect

LASTS = timedelta(hours=48)


class OfferIsOver(Refused):
    """The time to answer has gone by."""


@functools.cache
def _hours(text: str) -> OpeningHours:
    return read_hours(text)


def deadline(course_session: CourseSession) -> datetime | None:
    """Tell until when a seat offered now may be accepted; None when nobody could answer before the first day."""
    starts_on, before = course_session.starts_on, None
    if starts_on is not None:
        before = datetime.combine(starts_on, time(), clock.PARIS)
    return answer_by(clock.now(), LASTS, _hours(read_settings().opening_hours), before=before)


@effect("set_deadline", first=True)
def _set_deadline(step: Step) -> None:
    until = deadline(step.enrolment.course_session)
    if until is None:
        raise OfferIsOver
    step.enrolment.offered_at, step.enrolment.offer_until = clock.now(), until
    step.enrolment.reminded_at = None
