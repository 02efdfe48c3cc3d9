"""What trainees are told about their applications: one mail an event, in templates/mail/enrolment_EVENT.txt."""

from __future__ import annotations

from campus.models import Enrolment
from campus.queries.enrolments import position_of
from campus.services import mails


def tell(event: str, enrolment: Enrolment) -> None:
    """Queue the mail of this event, once for each application."""
    mails.tell(
        enrolment.account,
        f"enrolment_{event}",
        once_key=f"enrolment_{event}:{enrolment.id}",
        enrolment=enrolment,
        course=enrolment.course_session.course.title,
        starts_on=enrolment.course_session.starts_on,
        position=position_of(enrolment),
    )
