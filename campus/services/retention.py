"""What nobody may keep any longer: each line erases what one declaration of the models gives a time to."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, update

from campus import db
from campus.models import ACTIVE, Consent, CourseSession, Enrolment, Satisfaction, SupportNeed, Unavailability

A_YEAR, TWO_YEARS = timedelta(days=365), timedelta(days=730)


def forget_old_data(now: datetime) -> int:
    """Erase days away after a year, opinions in words and consents taken back after two, help once nobody needs it."""
    erased = (
        delete(Unavailability).where(Unavailability.ends_on < (now - A_YEAR).date()),
        update(Satisfaction)
        .where(Satisfaction.said_at < now - TWO_YEARS, Satisfaction.comment != "")
        .values(comment=""),
        delete(Consent).where(Consent.taken_back_at < now - TWO_YEARS),
        delete(SupportNeed).where(_course_is_over(now), ~_applies()),
    )
    return sum(db.session.execute(each.execution_options(synchronize_session=False)).rowcount for each in erased)


def _course_is_over(now: datetime) -> ColumnElement[bool]:
    """Ask for a course that ended after the person wrote which help they need."""
    ended = (CourseSession.ends_on < now.date(), CourseSession.ends_on >= SupportNeed.updated_at)
    mine = (Enrolment.account_id == SupportNeed.account_id, Enrolment.course_session_id == CourseSession.id)
    return exists().where(*mine, *ended)


def _applies() -> ColumnElement[bool]:
    return exists().where(Enrolment.account_id == SupportNeed.account_id, Enrolment.state.in_(ACTIVE))
