"""A place and its commune, as the staff type them."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length, ValidationError

from campus.queries.communes import communes_called
from campus.web.employers.need_forms import commune_label
from campus.web.forms import Form


class PlaceForm(Form):
    """A building or a workshop, and the commune in which it stands."""

    place = StringField(_l("Lieu"), [Length(max=200)])
    commune = StringField(_l("Commune"), [Length(max=120)])

    commune_code: str | None = None

    def validate_commune(self, field: StringField) -> None:
        """Find the commune that was typed."""
        if not field.data:
            return
        found = communes_called(field.data)
        if not found:
            raise ValidationError(_("Cette commune n'est pas connue : vérifiez son nom ou donnez son code postal."))
        if len(found) > 1:
            names = ", ".join(commune_label(each) for each in found[:5])
            raise ValidationError(_("Plusieurs communes répondent. Écrivez l'une d'elles : %(names)s.", names=names))
        self.commune_code = found[0].code
