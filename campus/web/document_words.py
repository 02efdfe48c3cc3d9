"""What pages say of documents: their kinds, and why one cannot be issued yet."""

from __future__ import annotations

from flask import Flask, Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campus.models import Document, DocumentKind
from campus.services import issuing
from campus.services.documents import large_print
from campus.web.downloads import named
from campus.web.refusals import says

KINDS = {
    DocumentKind.PROGRAMME: _l("Programme"),
    DocumentKind.CONVENTION: _l("Convention de formation"),
    DocumentKind.CONTRACT: _l("Contrat de formation"),
    DocumentKind.CALL_UP: _l("Convocation"),
    DocumentKind.ATTENDANCE_SHEET: _l("Feuille d'émargement"),
    DocumentKind.CERTIFICATE: _l("Certificat de réalisation"),
    DocumentKind.ATTESTATION: _l("Attestation de fin de formation"),
    DocumentKind.LETTER_OF_INTENT: _l("Lettre d'intention"),
}


def install(app: Flask) -> None:
    """Hand the words to the templates."""
    app.jinja_env.filters["document_kind"] = KINDS.__getitem__


@says(issuing.SessionHasNoDates)
def _no_dates() -> str:
    return _("La session n'a pas encore de dates : fixez-les, puis éditez le document.")


@says(issuing.SeatIsNotSure)
def _not_sure() -> str:
    return _("La place de cette personne n'est pas confirmée : le document attend sa confirmation.")


@says(issuing.CourseIsNotOver)
def _not_over() -> str:
    return _("La formation n'est pas terminée pour cette personne : le certificat vient après.")


@says(issuing.NothingWasAssessed)
def _not_assessed() -> str:
    return _("Aucun niveau n'est encore saisi : l'attestation vient après les résultats.")


@says(issuing.NoHalfDayThen)
def _no_half_day() -> str:
    return _("La session n'a pas de demi-journée ce jour-là : planifiez-la, ou choisissez un autre jour.")


@says(issuing.NobodyConcerned)
def _nobody() -> str:
    return _("Ce document ne concerne personne de cette session pour l'instant.")


def pdf_file(document: Document) -> Response:
    """Answer with a document as it was issued, or printed large when the address asks for it."""
    large = request.args.get("gros") == "1"
    answer = Response(large_print(document) if large else document.content, mimetype="application/pdf")
    name = f"{document.number}-v{document.version}{'-gros' if large else ''}.pdf"
    return named(answer, name, shown=True)
