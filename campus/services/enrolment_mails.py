"""What trainees are told about their applications: one mail an event, in templates/mail/enrolment_EVENT.txt."""

from __future__ import annotations

from campus import clock
from campus.models import Enrolment, LinkPurpose
from campus.queries.enrolments import position_of
from campus.services import links, mails

ASKS = frozenset({"offered", "reminded", "reserved"})


def tell(event: str, enrolment: Enrolment) -> None:
    """Queue the mail of this event, once for each application; one that asks carries the link to answer."""
    mails.tell(
        enrolment.account,
        f"enrolment_{event}",
        once_key=f"enrolment_{event}:{enrolment.id}",
        enrolment=enrolment,
        course=enrolment.course_session.course.title,
        starts_on=enrolment.course_session.starts_on,
        position=position_of(enrolment),
        token=_link(enrolment) if event in ASKS else "",
    )


def _link(enrolment: Enrolment) -> str:
    return links.issue(
        LinkPurpose.ANSWER_OFFER,
        account=enrolment.account,
        until=enrolment.offer_until or clock.now(),
        enrolment_id=str(enrolment.id),
    )
