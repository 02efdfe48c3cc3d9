"""What trainees are told about their applications: one mail an event, in templates/mail/enrolment_EVENT.txt."""

from __future__ import annotations

from campus import clock
from campus.models import Document, DocumentKind, Enrolment, EnrolmentState, LinkPurpose, SeatReservation
from campus.queries.calendars import SURE
from campus.queries.documents import current_document
from campus.queries.enrolments import position_of
from campus.services import links, mails
from campus.services.calendars import session_files

# The dates go with what is told to somebody whose seat is sure, or was when the session was given up.
DATED = frozenset({"confirmed", "called_up", "moved", "called_off"})
CARRIES = {
    "confirmed": (DocumentKind.CALL_UP,),
    "called_up": (DocumentKind.CALL_UP,),
    "proofs": (DocumentKind.CERTIFICATE, DocumentKind.ATTESTATION),
}
ASKS = frozenset({"offered", "reminded", "reserved", "improved"})


def tell(event: str, enrolment: Enrolment, *, before: str = "") -> None:
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
    if event in DATED and not {enrolment.state.value, before}.isdisjoint(SURE):
        mails.attach(mail, *session_files(enrolment.course_session, enrolment.account.locale))
    mails.attach(mail, *_documents(event, enrolment))


def tell_firm(enrolment: Enrolment, reservation: SeatReservation, *, before: str, again: bool) -> None:
    """Tell whoever reserved a seat that the person they named does not take it, and whether to name another.

    Who has not answered yet is known to the firm by their address alone.
    """
    person = enrolment.account
    mails.tell(
        reservation.author,
        "seat_freed",
        once_key=f"seat_freed:{enrolment.id}:{enrolment.state}",
        who=person.email if before == EnrolmentState.OFFERED else person.display_name,
        why=enrolment.state.value,
        again=again,
        reservation=reservation,
        course=enrolment.course_session.course.title,
    )


def _documents(event: str, enrolment: Enrolment) -> list[mails.Attached]:
    """Give the documents of this event that have been issued."""
    issued = [document for kind in CARRIES.get(event, ()) if (document := _document(kind, enrolment))]
    return [mails.Attached(f"{each.number}.pdf", "application/pdf", each.content) for each in issued]


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
