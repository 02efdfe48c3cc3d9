"""Days on which a room or a trainer cannot be had: typed, kept, taken back, from the page of either."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence

from flask import abort, redirect
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import InputRequired, Length, ValidationError

from campus.models import Account, Room
from campus.queries.rooms import away_by_id
from campus.queries.slots import Clash
from campus.services import rooms as services
from campus.services.rooms import Away
from campus.services.slots import SlotsClash
from campus.web.forms import Form
from campus.web.notices import tell
from campus.web.typed import Day

Answer = str | tuple[str, int] | Response


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


def note_away(of: Room | Account, page: Callable[[AwayForm, Sequence[Clash]], str], *, back: str) -> Answer:
    """Write down the days that were typed; `page` shows the form again with what is wrong or in the way."""
    form = AwayForm()
    if not form.validate():
        return page(form, ()), 422
    try:
        services.set_away(current_user.account, of, form.away())
    except SlotsClash as refusal:
        return page(form, refusal.clashes), 409
    tell(_("C'est noté : ces jours ne seront pas planifiés."))
    return redirect(back, 303)


def take_back_away(of_id: uuid.UUID, away_id: uuid.UUID, *, back: str) -> Response:
    """Take days back that belong to this room or trainer, or answer 404."""
    away = away_by_id(away_id)
    if away is None or of_id not in (away.room_id, away.trainer_id):
        abort(404)
    services.end_away(current_user.account, away)
    tell(_("Ces jours peuvent de nouveau être planifiés."))
    return redirect(back, 303)
