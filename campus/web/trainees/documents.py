"""My documents: the call-up, the contract, the certificate, the attestation."""

from __future__ import annotations

import uuid

from flask import Blueprint, Response, abort, render_template
from flask_login import current_user

from campus.queries.documents import document_of, documents_of
from campus.web.document_words import pdf_file

blueprint = Blueprint("documents", __name__, url_prefix="/documents")


@blueprint.get("/")
def index() -> str:
    """List the person's documents, the newest first."""
    return render_template("trainees/documents/index.html", documents=documents_of(current_user.account))


@blueprint.get("/<uuid:document_id>.pdf")
def show(document_id: uuid.UUID) -> Response:
    """Open one of the person's documents."""
    return pdf_file(document_of(current_user.account, document_id) or abort(404))
