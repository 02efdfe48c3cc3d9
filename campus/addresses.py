"""The addresses that mails carry: services know no route, so each page they lead to has its place here."""

from __future__ import annotations

from campus.config import read_settings

PLACES = {
    "public.home.index": "/",
    "accounts.sign_in.show": "/compte/connexion",
    "accounts.sign_up.index": "/compte/creer",
    "accounts.confirm.show": "/compte/confirmer/{token}",
    "accounts.reset.index": "/compte/mot-de-passe",
    "accounts.reset.edit": "/compte/mot-de-passe/{token}",
    "accounts.invitations.show": "/compte/invitation/{token}",
    "accounts.me.index": "/compte/moi",
    "trainees.enrolments.show": "/parcours/candidatures/suivi/{enrolment_id}",
    "trainees.course_days.show": "/parcours/demi-journees/{enrolment_id}",
    "trainees.documents.index": "/parcours/documents/",
    "public.catalogue.show": "/formations/{course_id}",
    "trainees.rounds.show": "/parcours/tours/{round_id}",
    "public.catalogue.index": "/formations/",
    "public.stops.show": "/messages/arret/{token}",
    "public.offers.show": "/place/{token}",
    "public.verification.show": "/verifier",
    "public.six_months.show": "/six-mois/{token}",
    "public.renewals.show": "/besoins/prolonger/{token}",
    "employers.coverage.show": "/entreprise/besoins/{need_id}/couverture/",
    "trainers.today.index": "/formateurs/",
    "trainers.attendance.show": "/formateurs/demi-journees/{slot_id}",
    "staff.course_sessions.show": "/campus/sessions/{course_session_id}",
    "staff.courses.show": "/campus/formations/{course_id}",
    "staff.rounds.show": "/campus/tours/{round_id}",
    "staff.trainers.show": "/campus/formateurs/{trainer_id}",
    "staff.queue.index": "/campus/a-traiter/",
    "staff.sheets.show": "/campus/demi-journees/{slot_id}/feuille",
    "employers.needs.show": "/entreprise/besoins/{need_id}",
    "employers.commitments.show": "/entreprise/besoins/{need_id}/engagement/",
    "employers.pools.show": "/entreprise/groupements/{pool_id}",
    "employers.reservations.show": "/entreprise/places/{reservation_id}",
    "staff.pools.show": "/campus/groupements/{pool_id}",
    "staff.jobs.index": "/campus/a-examiner",
    "employers.organisations.index": "/entreprise/etablissements",
    "employers.organisations.show": "/entreprise/etablissements/{organisation_id}",
}

_base: list[str] = []


def lead_to(base_url: str) -> None:
    """Make all addresses begin like this, for the whole process."""
    _base[:] = [base_url.rstrip("/")]


def address(endpoint: str, language: str = "fr", **values: object) -> str:
    """Give the absolute address of a page in a language."""
    base = _base[0] if _base else read_settings().base_url
    prefix = "" if language == "fr" else f"/{language}"
    return base + prefix + PLACES[endpoint].format(**values)
