"""The forms of a pool: the rule that is announced, and why one is closed."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from campus import clock
from campus.services.pools import NAMED_AFTER, PoolPlan
from campus.web.filters import day
from campus.web.forms import Form
from campus.web.typed import Amount, Day, WholeNumber

SEATS = NumberRange(1, 500, _l("Indiquez un nombre entre 1 et 500."))


class PoolForm(Form):
    """The minimum, the deadline, what happens then, the session's days and cost."""

    minimum = WholeNumber(_l("Postes au minimum"), [InputRequired(_l("Indiquez à partir de combien ouvrir.")), SEATS])
    seats_max = WholeNumber(_l("Places au maximum"), [InputRequired(_l("Indiquez combien de places il y a.")), SEATS])
    deadline = Day(_l("Dernier jour pour rejoindre"), [InputRequired(_l("Indiquez le dernier jour."))])
    put_off_days = WholeNumber(
        _l("Report, en jours"), [InputRequired(_l("Indiquez un nombre de jours.")), NumberRange(1, 365)], default=30
    )
    starts_on = Day(_l("Premier jour de la session"), [Optional()])
    ends_on = Day(_l("Dernier jour de la session"), [Optional()])
    place = StringField(_l("Lieu"), [Length(max=200)])
    cost = Amount(
        _l("Coût de la session, en euros"),
        [Optional(), NumberRange(0, 9_999_999, _l("Indiquez un montant positif."))],
    )

    def validate_deadline(self, field: Day) -> None:
        """Leave firms a day at least to answer."""
        if field.data and field.data <= clock.today():
            raise ValidationError(_("Choisissez un jour après aujourd'hui."))

    def validate_seats_max(self, field: WholeNumber) -> None:
        """Refuse fewer seats than the pool needs."""
        if field.data and self.minimum.data and field.data < self.minimum.data:
            raise ValidationError(_("Le maximum ne peut pas être plus petit que le minimum."))

    def validate_starts_on(self, field: Day) -> None:
        """Leave the firms a week between the decision and the session to name people."""
        if field.data and self.deadline.data and field.data < self.deadline.data + NAMED_AFTER:
            first = day(self.deadline.data + NAMED_AFTER)
            raise ValidationError(
                _(
                    "Trop près du dernier jour pour rejoindre : les entreprises ont une semaine pour nommer les "
                    "personnes. Choisissez le %(day)s ou plus tard.",
                    day=first,
                )
            )

    def validate_ends_on(self, field: Day) -> None:
        """Ask for a first day when there is a last one, and refuse an end before it."""
        if not self.starts_on.data and not self.starts_on.errors:
            raise ValidationError(_("Indiquez aussi le premier jour, ou laissez les deux dates vides."))
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("Le dernier jour ne peut pas précéder le premier."))

    def plan(self) -> PoolPlan:
        """Give what was typed, shaped."""
        return PoolPlan(
            minimum=self.minimum.data or 1,
            seats_max=self.seats_max.data or 1,
            deadline=self.deadline.data or clock.today(),
            put_off_days=self.put_off_days.data or 30,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            place=self.place.data or "",
            cost=self.cost.data,
        )


class InvitationForm(Form):
    """The need to invite."""

    reference = StringField(
        _l("Référence d'un besoin à inviter"), [InputRequired(_l("Indiquez la référence, comme 2027-0012."))]
    )


class ClosingForm(Form):
    """Why a pool is closed without a session."""

    reason = TextAreaField(
        _l("Pourquoi fermer ce groupement ?"),
        [DataRequired(_l("Donnez la raison : les entreprises la liront.")), Length(max=1000)],
    )
