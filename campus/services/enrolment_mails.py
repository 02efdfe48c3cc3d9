"""What trainees are told about their applications: one mail an event, in templates/mail/enrolment_EVENT.txt."""

from __future__ import annotations

from campus import clock
from campus.models import Document, DocumentKind, Enrolment, LinkPurpose
from campus.queries.documents import current_document
from campus.queries.enrolments import position_of
from campus.services import links, mails
from campus.services.calendars import session_file

CARRIES_DATES = frozenset({"confirmed", "called_up"})
CARRIES = {
    "confirmed": (DocumentKind.CALL_UP,),
    "called_up": (DocumentKind.CALL_UP,),
    "proofs": (DocumentKind.CERTIFICATE, DocumentKind.ATTESTATION),
}
ASKS = frozenset({"offered", "reminded", "reserved", "improved"})


def tell(event: str, enrolment: Enrolment) -> None:
    """Queue the mail of this event, once for each application and session; one that asks carries the link to answer."""
    mail = mails.tell(
        enrolment.account,
        f"enrolment_{event}",
        once_key=f"enrolment_{event}:{enrolment.id}:{enrolment.course_session_id}",
        enrolment=enrolment,
        course=enrolment.course_session.course.title,
        starts_on=enrolment.course_session.starts_on,
        position=position_of(enrolment),
        token=_link(enrolment) if event in ASKS else "",
    )
    if event in CARRIES and enrolment.course_session.starts_on:
        mails.attach(mail, *_files(event, enrolment))


def _files(event: str, enrolment: Enrolment) -> list[mails.Attached]:
    """Give the dates, and the documents of this event that have been issued."""
    locale = enrolment.account.locale
    files = [session_file(enrolment.course_session, locale)] if event in CARRIES_DATES else []
    issued = [document for kind in CARRIES[event] if (document := _document(kind, enrolment))]
    return files + [mails.Attached(f"{each.number}.pdf", "application/pdf", each.content) for each in issued]


def _document(kind: DocumentKind, enrolment: Enrolment) -> Document | None:
    """Find a document in the person's language, or in French where there is no other."""
    subject, locale = f"enrolment:{enrolment.id}", enrolment.account.locale
    return current_document(kind, subject, locale) or current_document(kind, subject, "fr")


def _link(enrolment: Enrolment) -> str:
    return links.issue(
        LinkPurpose.ANSWER_OFFER,
        account=enrolment.account,
        until=enrolment.offer_until or clock.now(),
        enrolment_id=str(enrolment.id),
    )
