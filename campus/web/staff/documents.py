"""The documents of a session: issued one by one or for all, and opened again as they were."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from flask_login import current_user
from werkzeug.wrappers import Response as Answered
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from campus.exchange.pdf import Price
from campus.models import Account, CourseSession, Document, Enrolment, SeatReservation
from campus.queries import documents as asked
from campus.queries.applications import application
from campus.queries.course_sessions import course_session_by_id
from campus.queries.courses import course_by_id
from campus.queries.offers import people_in
from campus.queries.reservations import all_reservations_in, reservation_by_id
from campus.services import issuing
from campus.web.document_words import pdf_file
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.transaction import commits
from campus.web.typed import Day

blueprint = Blueprint("documents", __name__)
Answer = str | tuple[str, int] | Answered
P = TypeVar("P", Enrolment, SeatReservation)


class DayForm(Form):
    """Which day's attendance sheet."""

    day = Day(_l("Jour"), [InputRequired(_l("Indiquez le jour, par exemple 08/03/2027."))])


class PriceForm(Form):
    """What is paid and how; left empty, the document has a line to fill in by hand."""

    amount = StringField(_l("Prix"), [Length(max=120, message=_l("Gardez moins de 120 signes."))])
    terms = StringField(_l("Modalités de règlement"), [Length(max=250, message=_l("Gardez moins de 250 signes."))])

    def price(self) -> Price:
        """Give what was typed."""
        return Price(self.amount.data or "", self.terms.data or "")


@blueprint.get("/sessions/<uuid:course_session_id>/documents")
def index(course_session_id: uuid.UUID) -> str:
    """List the documents of a session, and those that can be issued."""
    return _page(_session(course_session_id), DayForm(formdata=None))


@blueprint.post("/sessions/<uuid:course_session_id>/documents/convocations")
@commits
def call_up(course_session_id: uuid.UUID) -> Answer:
    """Issue the call-ups."""
    return _issue_all(course_session_id, issuing.issue_call_ups)


@blueprint.post("/sessions/<uuid:course_session_id>/documents/certificats")
@commits
def certify(course_session_id: uuid.UUID) -> Answer:
    """Issue the certificates of completion."""
    return _issue_all(course_session_id, issuing.issue_certificates)


@blueprint.post("/sessions/<uuid:course_session_id>/documents/attestations")
@commits
def attest(course_session_id: uuid.UUID) -> Answer:
    """Issue the attestations of the levels reached."""
    return _issue_all(course_session_id, issuing.issue_attestations)


@blueprint.post("/sessions/<uuid:course_session_id>/documents/emargement")
@commits
def attendance_sheet(course_session_id: uuid.UUID) -> Answer:
    """Issue the attendance sheet of a day."""
    session, form = _session(course_session_id), DayForm()
    if not form.validate() or form.day.data is None:
        return _page(session, form), 422
    issuing.issue_attendance_sheet(current_user.account, session, form.day.data)
    return _issued(1, session.id)


@blueprint.get("/places/<uuid:reservation_id>/convention")
def convention(reservation_id: uuid.UUID) -> str:
    """Ask for the price of an agreement with a firm."""
    reservation = _reservation(reservation_id)
    return _price_page(PriceForm(formdata=None), _("Convention de formation"), reservation)


@blueprint.post("/places/<uuid:reservation_id>/convention")
@commits
def issue_convention(reservation_id: uuid.UUID) -> Answer:
    """Issue the agreement with a firm."""
    return _issue_priced(_reservation(reservation_id), _("Convention de formation"), issuing.issue_convention)


@blueprint.get("/candidatures/<uuid:enrolment_id>/contrat")
def contract(enrolment_id: uuid.UUID) -> str:
    """Ask for the price of a person's contract."""
    return _price_page(PriceForm(formdata=None), _("Contrat de formation"), _enrolment(enrolment_id))


@blueprint.post("/candidatures/<uuid:enrolment_id>/contrat")
@commits
def issue_contract(enrolment_id: uuid.UUID) -> Answer:
    """Issue a person's contract."""
    return _issue_priced(_enrolment(enrolment_id), _("Contrat de formation"), issuing.issue_contract)


@blueprint.post("/formations/<uuid:course_id>/programme")
@commits
def programme(course_id: uuid.UUID) -> Answer:
    """Issue the programme of a course; the public page of the course then leads to it."""
    course = course_by_id(course_id) or abort(404)
    issuing.issue_programme(current_user.account, course)
    tell(_("Programme édité : la page publique de la formation y mène."))
    return redirect(url_for("staff.courses.show", course_id=course.id), 303)


@blueprint.get("/documents/<uuid:document_id>.pdf")
def show(document_id: uuid.UUID) -> Response:
    """Open a document."""
    return pdf_file(asked.document_of(current_user.account, document_id) or abort(404))


def _issue_all(course_session_id: uuid.UUID, verb: Callable[[Account, CourseSession], list[Document]]) -> Answer:
    made = verb(current_user.account, _session(course_session_id))
    return _issued(len(made), course_session_id)


def _issue_priced(about: P, title: str, verb: Callable[[Account, P, Price], Document]) -> Answer:
    form = PriceForm()
    if not form.validate():
        return _price_page(form, title, about), 422
    verb(current_user.account, about, form.price())
    return _issued(1, about.course_session_id)


def _issued(count: int, course_session_id: uuid.UUID) -> Answer:
    tell(ngettext("Un document est à jour.", "%(num)s documents sont à jour.", count))
    return redirect(url_for(".index", course_session_id=course_session_id), 303)


def _session(course_session_id: uuid.UUID) -> CourseSession:
    return course_session_by_id(course_session_id) or abort(404)


def _reservation(reservation_id: uuid.UUID) -> SeatReservation:
    return reservation_by_id(reservation_id) or abort(404)


def _enrolment(enrolment_id: uuid.UUID) -> Enrolment:
    return application(enrolment_id) or abort(404)


def _page(session: CourseSession, form: DayForm) -> str:
    return render_template(
        "staff/documents/index.html",
        course_session=session,
        form=form,
        documents=asked.documents_in(session.id),
        days=sorted({each.day for each in asked.half_days_of(session.id)}),
        people=people_in(session),
        reservations=all_reservations_in(session),
        coming=issuing.COMING,
        over=issuing.OVER,
    )


def _price_page(form: PriceForm, title: str, about: Enrolment | SeatReservation) -> str:
    return render_template("staff/documents/price.html", form=form, title=title, about=about)
