"""Days on which a room or a trainer cannot be had, as the staff type them."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError

from campus.services.rooms import Away
from campus.web.forms import Form
from campus.web.typed import Day


class AwayForm(Form):
    """From which day to which, and why."""

    starts_on = Day(_l("Du"), [InputRequired(_l("Indiquez le premier jour."))])
    ends_on = Day(_l("Au"), [InputRequired(_l("Indiquez le dernier jour."))])
    reason = StringField(_l("Motif"), [Length(max=200)])

    def validate_ends_on(self, field: Day) -> None:
        """Ask for days in their order."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("Le dernier jour ne peut pas précéder le premier."))

    def away(self) -> Away:
        """Give what was typed, shaped."""
        return Away(self.starts_on.data, self.ends_on.data, self.reason.data or "")  # type: ignore[arg-type]
