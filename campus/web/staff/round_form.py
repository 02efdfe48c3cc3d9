"""The form of an admission round."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

from campus.models import AdmissionRound, CourseSession, Criterion
from campus.services.rounds import RoundDetails
from campus.web.enrolment_words import session_days
from campus.web.forms import Form
from campus.web.round_words import CRITERIA
from campus.web.typed import Day

NONE = [SelectChoice("", _l("aucun")), *(SelectChoice(each.value, CRITERIA[each]) for each in Criterion)]
FEWEST = 2


class RoundForm(Form):
    """A name, three days, criteria in order, sessions."""

    name = StringField(
        _l("Nom du tour"),
        [InputRequired(_l("Donnez un nom au tour.")), Length(max=120, message=_l("120 signes au plus."))],
    )
    opens_on = Day(_l("Ouverture des vœux"), [InputRequired(_l("Indiquez le jour d'ouverture."))])
    closes_on = Day(_l("Dernier jour des vœux"), [InputRequired(_l("Indiquez le dernier jour."))])
    decides_on = Day(_l("Annonce du résultat"), [InputRequired(_l("Indiquez le jour de l'annonce."))])
    first = SelectField(_l("Premier critère"), choices=NONE)
    second = SelectField(_l("Deuxième critère"), choices=NONE)
    third = SelectField(_l("Troisième critère"), choices=NONE)
    rule = TextAreaField(_l("Ce que ces critères veulent dire ici"), [Length(max=2000)])
    sessions = SelectMultipleField(_l("Sessions du tour"))

    def validate_closes_on(self, field: Day) -> None:
        """Refuse to close before the opening."""
        if field.data and self.opens_on.data and field.data < self.opens_on.data:
            raise ValidationError(_("Le dernier jour des vœux ne peut pas précéder l'ouverture."))

    def validate_decides_on(self, field: Day) -> None:
        """Refuse to announce while wishes are taken."""
        if field.data and self.closes_on.data and field.data <= self.closes_on.data:
            raise ValidationError(_("Le résultat s'annonce après le dernier jour des vœux."))

    def validate_second(self, _field: SelectField) -> None:
        """Refuse a criterion named twice."""
        named = [each for each in (self.first.data, self.second.data, self.third.data) if each]
        if len(named) != len(set(named)):
            raise ValidationError(_("Chaque critère compte une fois : choisissez-en de différents."))

    def validate_sessions(self, field: SelectMultipleField) -> None:
        """Ask for two sessions or more: with one, the order of arrival does as well."""
        if len(field.data or []) < FEWEST:
            raise ValidationError(_("Choisissez au moins deux sessions."))

    @classmethod
    def offering(cls, sessions: Iterable[CourseSession], **given: Any) -> RoundForm:
        """Make the form with the sessions that may come in."""
        form = cls(**given)
        form.sessions.choices = [
            (str(each.id), f"{each.course.title}, {session_days(each)} ({each.seats_left}/{each.seats_max})")
            for each in sessions
        ]
        return form

    def details(self) -> RoundDetails:
        """Give what was typed, shaped."""
        named = (self.first.data, self.second.data, self.third.data)
        return RoundDetails(
            name=self.name.data or "",
            opens_on=self.opens_on.data,
            closes_on=self.closes_on.data,
            decides_on=self.decides_on.data,
            criteria=tuple(Criterion(each) for each in named if each),
            rule=self.rule.data or "",
        )

    def chosen(self) -> list[uuid.UUID]:
        """Give the sessions that were chosen."""
        return [uuid.UUID(each) for each in self.sessions.data or []]


def values_of(found: AdmissionRound, sessions: Iterable[uuid.UUID]) -> dict[str, Any]:
    """Give what the form shows of a round."""
    names = ("name", "opens_on", "closes_on", "decides_on", "rule")
    places = dict(zip(("first", "second", "third"), found.criteria, strict=False))
    return {each: getattr(found, each) for each in names} | places | {"sessions": [str(each) for each in sessions]}
