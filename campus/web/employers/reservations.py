"""Seats that a firm reserves, the people it names, and what it gives back."""

from __future__ import annotations

import uuid

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response

from campus import clock
from campus.errors import Refused
from campus.exchange.people_list import text_of
from campus.exchange.refusals import FileRefused
from campus.models import ReservationState, SeatReservation
from campus.queries import reservations as asked
from campus.queries.attendance import presences_for
from campus.queries.offers import GOT_IN
from campus.queries.organisations import memberships_of
from campus.queries.results import results_for
from campus.services import reservations as services
from campus.web.employers.reservation_forms import (
    LONGEST_LIST,
    ListForm,
    PersonForm,
    ReservationForm,
    acting_for,
    chosen,
    read_over,
)
from campus.web.notices import tell
from campus.web.refusals import says, sentence
from campus.web.transaction import commits

blueprint = Blueprint("reservations", __name__, url_prefix="/places")
Answer = str | tuple[str, int] | Response
STATES = {
    ReservationState.OPEN: (_l("à nommer"), "warn"),
    ReservationState.USED: (_l("toutes nommées"), "ok"),
    ReservationState.RETURNED: (_l("rendues"), ""),
}


@says(services.AccessNotGranted)
def _access() -> str:
    return _("Réserver demande un accès accordé à un établissement vérifié par le campus.")


@says(services.NotEnoughSeats)
def _seats() -> str:
    return _("Places libres : %(free)s. Réservez-en moins, ou choisissez une autre session.")


@says(services.NamingDateIsWrong)
def _date() -> str:
    return _("Choisissez un jour entre aujourd'hui et la veille du premier jour de la session.")


@says(services.NamingIsOver)
def _naming() -> str:
    return _("Toutes les places ont un nom, ou le délai pour nommer est passé.")


@says(services.HasSeatAlready)
def _has_seat() -> str:
    return _("Cette personne a déjà une place dans cette session.")


@blueprint.get("/")
def index() -> str:
    """List the seats that the person's organisations have reserved."""
    found = asked.reservations_of(current_user.account)
    return render_template("employers/reservations/index.html", reservations=found, states=STATES)


@blueprint.get("/nouvelle")
def new() -> str:
    """Ask how many seats, of which session, until when."""
    return render_template("employers/reservations/new.html", form=_form())


@blueprint.post("/nouvelle")
@commits
def create() -> Answer:
    """Reserve the seats."""
    form, account = _form(), current_user.account
    if not form.validate():
        return render_template("employers/reservations/new.html", form=form), 422
    site = chosen(acting_for(memberships_of(account), account), form.organisation.data)
    session = chosen(asked.sessions_with_room(clock.today()), form.course_session.data)
    need = chosen(asked.needs_to_reserve_for(account), form.need.data)
    try:
        made = services.reserve(account, site, session, wish=form.wish(need))
    except Refused as refusal:
        form.form_errors.append(sentence(refusal))
        return render_template("employers/reservations/new.html", form=form), 409
    tell(_("Les places sont réservées. Nommez les personnes quand vous les connaissez."))
    return redirect(url_for(".show", reservation_id=made.id), 303)


@blueprint.get("/<uuid:reservation_id>")
def show(reservation_id: uuid.UUID) -> str:
    """Show a reservation, the people named, and the ways to name others."""
    return _page(_find(reservation_id))


@blueprint.post("/<uuid:reservation_id>/personne")
@commits
def name(reservation_id: uuid.UUID) -> Answer:
    """Name one person."""
    reservation, form = _find(reservation_id), PersonForm()
    if not form.validate():
        return _page(reservation, form=form), 422
    services.name_person(current_user.account, reservation, email=form.email.data or "", name=form.name.data or "")
    tell(_("%(name)s reçoit un message pour prendre sa place.", name=form.name.data or ""))
    return redirect(url_for(".show", reservation_id=reservation.id), 303)


@blueprint.post("/<uuid:reservation_id>/liste")
def check(reservation_id: uuid.UUID) -> Answer:
    """Read a list over, line by line; nothing is written."""
    reservation, form = _find(reservation_id), ListForm()
    if not form.validate():
        return _page(reservation, listing=form), 422
    try:
        text = _listed(form)
    except FileRefused as refused:
        form.file.errors = (str(refused),)
        return _page(reservation, listing=form), 422
    if not text.strip():
        form.text.errors = (_("Collez une liste, ou choisissez un fichier."),)
        return _page(reservation, listing=form), 422
    read = read_over(text, reservation)
    return render_template(
        "employers/reservations/check.html",
        reservation=reservation,
        people=read.people,
        faults=read.faults,
        text=text[:LONGEST_LIST],
    )


@blueprint.post("/<uuid:reservation_id>/personnes")
@commits
def name_list(reservation_id: uuid.UUID) -> Answer:
    """Name the people of a list that was read over; lines left aside stay so."""
    reservation = _find(reservation_id)
    people = read_over(request.form.get("text", "")[:LONGEST_LIST], reservation).people
    for each in people:
        services.name_person(current_user.account, reservation, email=each.email, name=each.name)
    tell(_("Personnes nommées : %(count)s. Chacune reçoit un message.", count=len(people)))
    return redirect(url_for(".show", reservation_id=reservation.id), 303)


@blueprint.post("/<uuid:reservation_id>/rendre")
@commits
def give_back(reservation_id: uuid.UUID) -> Answer:
    """Give the seats without a name back."""
    services.give_back(current_user.account, _find(reservation_id))
    tell(_("Les places sans nom sont rendues. Merci de l'avoir fait à temps."))
    return redirect(url_for(".show", reservation_id=reservation_id), 303)


def _find(reservation_id: uuid.UUID) -> SeatReservation:
    return asked.reservation_of(current_user.account, reservation_id) or abort(404)


def _form() -> ReservationForm:
    account = current_user.account
    sites = acting_for(memberships_of(account), account)
    return ReservationForm().offer(sites, asked.sessions_with_room(clock.today()), asked.needs_to_reserve_for(account))


def _listed(form: ListForm) -> str:
    upload = request.files.get("file")
    content = upload.read() if upload else b""
    return text_of(upload.filename or "", content) if upload and content else form.text.data or ""


def _page(reservation: SeatReservation, *, form: PersonForm | None = None, listing: ListForm | None = None) -> str:
    return render_template(
        "employers/reservations/show.html",
        reservation=reservation,
        people=asked.people_named(reservation),
        presences=presences_for(reservation),
        reached=results_for(reservation),
        took=GOT_IN,
        state=STATES[reservation.state],
        form=form or PersonForm(formdata=None),
        listing=listing or ListForm(formdata=None),
    )
