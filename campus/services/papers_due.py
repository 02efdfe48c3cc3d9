"""Documents that nobody has to ask for: the call-up with the call, the proofs once the session is over; each once.

Whoever issues by hand afterwards issues again: the same words are the same document, others its next version.
"""

from __future__ import annotations

import uuid

from campus import db
from campus.models import CourseSession, CourseSessionState, DocumentKind, Enrolment
from campus.queries.documents import current_document, results_of
from campus.queries.offers import people_in
from campus.services import enrolment_mails, issuing, jobs
from campus.services.steps import Step, effect

ISSUE_PROOFS = "documents.issue_proofs"
ENDED = frozenset({CourseSessionState.FINISHED, CourseSessionState.CLOSED})


@effect("issue_call_up")
def _issue_call_up(step: Step) -> None:
    if step.enrolment.course_session.starts_on is not None:
        issuing.issue_call_up(step.actor, step.enrolment)


@effect("issue_proofs")
def _issue_proofs(step: Step) -> None:
    if step.enrolment.course_session.state in ENDED:
        ask_for_proofs(step.enrolment)


def ask_for_all_proofs(course_session: CourseSession) -> None:
    """Have the proofs of all who finished a session issued, after this change."""
    for each in people_in(course_session):
        if each.state in issuing.OVER:
            ask_for_proofs(each)


def ask_for_proofs(enrolment: Enrolment) -> None:
    """Have a person's proofs issued, after this change."""
    key = jobs.key_of(ISSUE_PROOFS, enrolment.course_session_id, enrolment.id)
    jobs.enqueue(ISSUE_PROOFS, once_key=key, enrolment_id=enrolment.id)


def issue_proofs(enrolment_id: str) -> None:
    """Issue a person's certificate and, when levels were recorded, their attestation; send both, once."""
    enrolment = db.session.get_one(Enrolment, uuid.UUID(enrolment_id))
    if enrolment.state not in issuing.OVER or enrolment.course_session.starts_on is None:
        return
    subject = f"enrolment:{enrolment.id}"
    if current_document(DocumentKind.CERTIFICATE, subject, enrolment.account.locale) is None:
        issuing.issue_certificate(None, enrolment)
    if results_of(enrolment) and current_document(DocumentKind.ATTESTATION, subject, "fr") is None:
        issuing.issue_attestation(None, enrolment)
    enrolment_mails.tell("proofs", enrolment)
