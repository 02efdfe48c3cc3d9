"""The form of a course session."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from campus.models import CourseSession
from campus.services.course_sessions import SessionDetails
from campus.web.employers.need_forms import commune_label
from campus.web.staff.place_fields import PlaceForm
from campus.web.typed import Day, WholeNumber

MOST_SEATS = 500
SEATS = NumberRange(1, MOST_SEATS, _l("Indiquez un nombre entre 1 et 500."))


class SessionForm(PlaceForm):
    """Dates that may not be known yet, a place, seats."""

    version = HiddenField()
    starts_on = Day(_l("Premier jour"), [Optional()])
    ends_on = Day(_l("Dernier jour"), [Optional()])
    directions = TextAreaField(_l("Comment venir"), [Length(max=2000, message=_l("Gardez moins de 2 000 signes."))])
    seats_min = WholeNumber(
        _l("Places au minimum"), [InputRequired(_l("Indiquez à partir de combien la session ouvre.")), SEATS]
    )
    seats_max = WholeNumber(_l("Places au maximum"), [InputRequired(_l("Indiquez combien de places il y a.")), SEATS])
    registration_deadline = Day(_l("Fin des inscriptions"), [Optional()])
    decides_on = Day(_l("Jour de la décision d'ouverture"), [Optional()])

    def validate_ends_on(self, field: Day) -> None:
        """Ask for a first day when there is a last one, and refuse an end before it."""
        if not self.starts_on.data and not self.starts_on.errors:
            raise ValidationError(_("Indiquez aussi le premier jour, ou laissez les deux dates vides."))
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("Le dernier jour ne peut pas précéder le premier."))

    def validate_seats_max(self, field: WholeNumber) -> None:
        """Refuse fewer seats than the session needs."""
        if field.data and self.seats_min.data and field.data < self.seats_min.data:
            raise ValidationError(_("Le maximum ne peut pas être plus petit que le minimum."))

    def validate_registration_deadline(self, field: Day) -> None:
        """Refuse applications after the beginning."""
        if field.data and self.starts_on.data and field.data > self.starts_on.data:
            raise ValidationError(_("Les inscriptions finissent au plus tard le premier jour."))

    def validate_decides_on(self, field: Day) -> None:
        """Refuse a decision after the beginning."""
        if field.data and self.starts_on.data and field.data > self.starts_on.data:
            raise ValidationError(_("La décision d'ouverture se prend au plus tard le premier jour."))

    def details(self) -> SessionDetails:
        """Give what was typed, shaped."""
        return SessionDetails(
            seats_min=self.seats_min.data or 1,
            seats_max=self.seats_max.data or 1,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            place=self.place.data or "",
            directions=self.directions.data or "",
            commune_code=self.commune_code,
            registration_deadline=self.registration_deadline.data,
            decides_on=self.decides_on.data,
        )


def values_of(course_session: CourseSession) -> dict[str, Any]:
    """Give what the form shows of a session."""
    names = (
        "version",
        "starts_on",
        "ends_on",
        "place",
        "directions",
        "seats_min",
        "seats_max",
        "registration_deadline",
        "decides_on",
    )
    commune = course_session.commune
    values = {name: getattr(course_session, name) for name in names}
    return values | {"commune": commune_label(commune) if commune else ""}
