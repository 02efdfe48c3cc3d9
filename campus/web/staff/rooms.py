"""The rooms: list, add, change, put out of use, and the days on which they cannot be had."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange

from campus import clock
from campus.models import Room
from campus.queries import rooms as queries
from campus.queries.slots import Clash
from campus.services import rooms as services
from campus.web.employers.need_forms import commune_label
from campus.web.notices import tell
from campus.web.refusals import sentence
from campus.web.staff.away_forms import AwayForm, note_away, take_back_away
from campus.web.staff.place_fields import PlaceForm
from campus.web.transaction import commits
from campus.web.typed import WholeNumber

blueprint = Blueprint("rooms", __name__, url_prefix="/salles")
Answer = str | tuple[str, int] | Response
Clashes = Sequence[Clash]


class RoomForm(PlaceForm):
    """A name, how many people it holds, where it is, what stands in it."""

    name = StringField(_l("Nom"), [InputRequired(_l("Indiquez le nom de la salle.")), Length(max=120)])
    capacity = WholeNumber(
        _l("Nombre de personnes"),
        [
            InputRequired(_l("Indiquez combien de personnes la salle tient.")),
            NumberRange(1, 500, _l("Indiquez un nombre entre 1 et 500.")),
        ],
    )
    equipment = TextAreaField(_l("Équipement"), [Length(max=2000)])
    active = RadioField(
        _l("Peut-on la planifier ?"),
        choices=[SelectChoice("yes", _l("Oui")), SelectChoice("no", _l("Non, elle est hors service"))],
        default="yes",
    )

    def details(self) -> services.RoomDetails:
        """Give what was typed, shaped."""
        lines = (self.equipment.data or "").splitlines()
        return services.RoomDetails(
            name=self.name.data or "",
            capacity=self.capacity.data or 1,
            place=self.place.data or "",
            commune_code=self.commune_code,
            active=self.active.data == "yes",
            equipment=tuple(line.strip()[:120] for line in lines if line.strip()),
        )


@blueprint.get("")
def index() -> str:
    """List the rooms."""
    return render_template("staff/rooms/index.html", rooms=queries.rooms())


@blueprint.get("/nouvelle")
def new() -> str:
    """Show an empty form."""
    return render_template("staff/rooms/new.html", form=RoomForm())


@blueprint.post("/nouvelle")
@commits
def create() -> Answer:
    """Add a room."""
    form = RoomForm()
    if not form.validate():
        return render_template("staff/rooms/new.html", form=form), 422
    try:
        room = services.add_room(current_user.account, form.details())
    except services.RoomNameIsTaken as refusal:
        form.name.errors = (sentence(refusal),)
        return render_template("staff/rooms/new.html", form=form), 409
    tell(_("La salle est ajoutée."))
    return redirect(url_for(".show", room_id=room.id), 303)


@blueprint.get("/<uuid:room_id>")
def show(room_id: uuid.UUID) -> str:
    """Show a room, what is planned in it and when it cannot be had."""
    return _page(room_or_404(room_id))


@blueprint.post("/<uuid:room_id>")
@commits
def update(room_id: uuid.UUID) -> Answer:
    """Change a room."""
    room, form = room_or_404(room_id), RoomForm()
    if not form.validate():
        return _page(room, form), 422
    try:
        services.change_room(current_user.account, room, form.details())
    except services.RoomNameIsTaken as refusal:
        form.name.errors = (sentence(refusal),)
        return _page(room, form), 409
    tell(_("La salle est enregistrée."))
    return redirect(url_for(".show", room_id=room_id), 303)


@blueprint.post("/<uuid:room_id>/indisponible")
@commits
def set_away(room_id: uuid.UUID) -> Answer:
    """Say on which days the room cannot be had."""
    room = room_or_404(room_id)
    return note_away(room, partial(_away_page, room), back=url_for(".show", room_id=room.id))


@blueprint.post("/<uuid:room_id>/indisponible/<uuid:away_id>/retirer")
@commits
def end_away(room_id: uuid.UUID, away_id: uuid.UUID) -> Response:
    """Take an unavailability back."""
    return take_back_away(room_id, away_id, back=url_for(".show", room_id=room_id))


def room_or_404(room_id: uuid.UUID) -> Room:
    """Give a room, or answer 404."""
    return queries.room_by_id(room_id) or abort(404)


def _away_page(room: Room, away: AwayForm, clashes: Clashes) -> str:
    return _page(room, away=away, clashes=clashes)


def _page(room: Room, form: RoomForm | None = None, *, away: AwayForm | None = None, clashes: Clashes = ()) -> str:
    return render_template(
        "staff/rooms/show.html",
        room=room,
        form=form or away or RoomForm(formdata=None),
        room_form=form or RoomForm(data=_values_of(room), formdata=None),
        away_form=away or AwayForm(formdata=None),
        clashes=clashes,
        aways=queries.aways_of(room, clock.today()),
        slots=queries.next_slots(room, clock.today()),
    )


def _values_of(room: Room) -> dict[str, object]:
    values = {name: getattr(room, name) for name in ("name", "capacity", "place")}
    values["active"] = "yes" if room.active else "no"
    listed = "\n".join(each.name for each in room.equipment)
    return {**values, "equipment": listed, "commune": commune_label(room.commune) if room.commune else ""}
