"""The forms of the need wizard: shape and spelling of each step."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from campus import clock
from campus.models import Audience, Commune, Contract, Importance, Shifts
from campus.queries.communes import communes_called
from campus.services.needs import LEAST_SKILLS
from campus.web.forms import Form
from campus.web.need_words import AUDIENCES, CONTRACTS, SHIFTS

OTHER = "other"
LONGEST_TEXT = 20_000
MOST_POSTS = 500
MOST_KM = 500
BAD_DATE = _l("Indiquez une date avec le jour, le mois et l'année, par exemple 31/03/2027.")


def choices(labels: dict[Any, Any]) -> list[SelectChoice]:
    """List what a select offers."""
    return [SelectChoice(each.value, label) for each, label in labels.items()]


class TradeForm(Form):
    """Step 1: the trade and its skills; the lines of skills are read beside the form."""

    advert = TextAreaField(
        _l("Votre offre d'emploi, ou le poste avec vos mots"),
        [Length(max=LONGEST_TEXT, message=_l("Gardez moins de 20 000 signes."))],
    )
    title = StringField(
        _l("Intitulé du poste"), [Length(max=250, message=_l("Gardez moins de 250 signes dans l'intitulé."))]
    )
    occupation = StringField(_l("Quel métier correspond le mieux ?"))
    occupation_search = StringField(_l("Nom du métier"))
    keep = SelectMultipleField(_l("Compétences gardées"), validate_choice=False)
    skill_search = StringField(_l("Ajouter une compétence"))

    def validate_occupation(self, field: StringField) -> None:
        """Ask for an occupation of the list, or for a title of the firm's own."""
        if not (field.data or "").isdigit() and not self.title.data:
            raise ValidationError(_("Choisissez un métier, ou donnez au moins l'intitulé du poste."))

    def validate_keep(self, field: SelectMultipleField) -> None:
        """Ask for enough skills, one of them essential."""
        kept = set(field.data or ())
        if len(kept) < LEAST_SKILLS:
            raise ValidationError(_("Gardez au moins 3 compétences : cochez-les ou ajoutez-en."))
        lines = self.lines if isinstance(self.lines, dict) else {}
        if all(lines.get(f"importance-{each}", ["essential"])[-1] == Importance.DESIRED for each in kept):
            raise ValidationError(_("Dites au moins une compétence indispensable."))

    lines: dict[str, list[str]] | None = None


class PeopleForm(Form):
    """Step 2: whom the training is for, and how many."""

    audience = RadioField(
        _l("Pour qui cherchez-vous une formation ?"),
        [InputRequired(_l("Dites s'il s'agit de recruter ou de former."))],
        choices=choices(AUDIENCES),
        default=Audience.HIRING.value,
    )
    posts = IntegerField(
        _l("Combien de postes ou de personnes ?"),
        [
            InputRequired(_l("Indiquez un nombre de postes, par exemple 4.")),
            NumberRange(1, MOST_POSTS, _l("Indiquez un nombre entre 1 et 500.")),
        ],
    )
    contract = SelectField(_l("Contrat"), choices=choices(CONTRACTS), default=Contract.NOT_KNOWN.value)
    shifts = SelectField(_l("Horaires"), choices=choices(SHIFTS), default=Shifts.NOT_KNOWN.value)
    diploma = RadioField(
        _l("Un diplôme ou un titre est-il exigé ?"),
        choices=[SelectChoice("no", _l("Non, les compétences suffisent")), SelectChoice("yes", _l("Oui"))],
        default="no",
    )


class ConstraintsForm(Form):
    """Step 3: when, where, and for which site."""

    organisation = RadioField(
        _l("Pour quel établissement ?"), [InputRequired(_l("Choisissez l'établissement."))], choices=[]
    )
    earliest = DateField(_l("Prise de poste au plus tôt"), [Optional()])
    latest = DateField(_l("Prise de poste au plus tard"), [Optional()])
    place = StringField(_l("Commune du poste"), [Length(max=120)])
    max_km = IntegerField(
        _l("Distance la plus longue jusqu'à la formation, en km"),
        [Optional(), NumberRange(1, MOST_KM, _l("Indiquez une distance entre 1 et 500 km, ou laissez vide."))],
    )
    comment = TextAreaField(_l("Autre chose à savoir"), [Length(max=4000, message=_l("Gardez moins de 4 000 signes."))])
    commune: Commune | None = None

    def validate_latest(self, field: DateField) -> None:
        """Refuse a window that is over, or turned round."""
        if field.data is None:
            return
        if field.data < clock.today():
            raise ValidationError(_("Cette date est passée : donnez une date à venir."))
        if self.earliest.data and field.data < self.earliest.data:
            raise ValidationError(_("La date au plus tard doit venir après la date au plus tôt."))

    def validate_place(self, field: StringField) -> None:
        """Find the commune that is meant; ask which one when there are several."""
        if not field.data:
            return
        found = communes_called(field.data)
        if not found:
            raise ValidationError(_("Nous ne trouvons pas cette commune. Essayez son nom seul, ou son code postal."))
        if len(found) > 1:
            names = ", ".join(commune_label(each) for each in found[:5])
            raise ValidationError(_("Plusieurs communes portent ce nom. Écrivez l'une de : %(names)s.", names=names))
        self.commune = found[0]

    def validate_max_km(self, field: IntegerField) -> None:
        """Ask where the distance begins."""
        if field.data is not None and not self.place.data:
            raise ValidationError(_("Indiquez aussi la commune du poste : la distance se mesure à partir d'elle."))


def commune_label(commune: Commune) -> str:
    """Name a commune so that it is found again: "Chartres (28000)"."""
    first = commune.postcodes.replace(",", " ").split()
    return f"{commune.name} ({first[0] if first else commune.department})"
