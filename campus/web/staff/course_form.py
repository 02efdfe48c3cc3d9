"""The form of a course: its texts, its certification, the occupations it leads to, its matrix of skills."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from campus.exchange.nsf import group_of, named, specialities
from campus.models import CertificationKind, Modality
from campus.services.courses import CourseDetails
from campus.web.course_words import DIPLOMAS, MODALITIES
from campus.web.forms import Form
from campus.web.typed import Day, WholeNumber

LARGEST_TEXT = 20_000
MOST_SKILLS = 30
NUMBERS = {CertificationKind.RNCP: re.compile(r"RNCP\d{3,5}"), CertificationKind.RS: re.compile(r"RS\d{1,8}")}


@dataclass(frozen=True)
class Line:
    """One line of the matrix as it was typed."""

    skill_id: int
    entry: int = 0
    exit: int = 3

    @property
    def rises(self) -> bool:
        """Tell whether one leaves with more than one came with."""
        return self.exit > self.entry


class MatrixField(Field):
    """The lines skill x entry level x exit level; each is sent as `skill`, `entry-ID` and `exit-ID`."""

    data: list[Line]

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:
        """Read the lines off the request, or off the course."""
        self.process_errors = []
        if not formdata:
            self.data = list(data) if isinstance(data, list | tuple) else []
            return
        ids = dict.fromkeys(int(key) for key in formdata.getlist("skill") if key.isdecimal())
        self.data = [
            Line(
                key,
                _level(formdata.get(f"entry-{key}"), range(4), 0),
                _level(formdata.get(f"exit-{key}"), range(1, 5), 3),
            )
            for key in ids
        ]

    def pre_validate(self, form: Any) -> None:
        """Ask that each line rises."""
        if len(self.data) > MOST_SKILLS:
            raise ValidationError(_("Gardez au plus %(most)s compétences.", most=MOST_SKILLS))
        if not all(line.rises for line in self.data):
            raise ValidationError(
                _("Le niveau de sortie doit dépasser le niveau d'entrée : corrigez les lignes marquées.")
            )

    def add(self, skill_id: int) -> None:
        """Add a skill once."""
        if skill_id not in {line.skill_id for line in self.data}:
            self.data.append(Line(skill_id))

    def drop(self, skill_id: int) -> None:
        """Take a skill away."""
        self.data = [line for line in self.data if line.skill_id != skill_id]


class KeysField(Field):
    """Keys of rows, each sent as one hidden value."""

    data: list[int]

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Keep each key once."""
        self.data = list(dict.fromkeys(int(key) for key in valuelist if str(key).isdecimal()))

    def process_data(self, value: Any) -> None:
        """Take the keys of the course."""
        self.data = list(value or ())

    def add(self, key: int) -> None:
        """Add a key once."""
        if key not in self.data:
            self.data.append(key)

    def drop(self, key: int) -> None:
        """Take a key away."""
        self.data = [each for each in self.data if each != key]


def _level(typed: str | None, allowed: range, otherwise: int) -> int:
    return int(typed) if typed and typed.isdecimal() and int(typed) in allowed else otherwise


def _number(typed: Any) -> Any:
    return int(typed) if typed else None


def registers() -> list[SelectChoice]:
    """List what a course may certify."""
    words = {
        CertificationKind.NONE: _l("Aucune certification"),
        CertificationKind.RNCP: _l("Une certification du RNCP"),
        CertificationKind.RS: _l("Une certification du répertoire spécifique (RS)"),
    }
    return [SelectChoice(kind.value, words[kind]) for kind in CertificationKind]


class CourseForm(Form):
    """All that one may say of a course; only the title is asked for in a draft."""

    version = HiddenField()
    title = StringField(_l("Intitulé"), [InputRequired(_l("Indiquez l'intitulé de la formation.")), Length(max=250)])
    objectives = TextAreaField(_l("Objectifs"), [Length(max=LARGEST_TEXT)])
    content = TextAreaField(_l("Programme"), [Length(max=LARGEST_TEXT)])
    prerequisites = TextAreaField(_l("Prérequis"), [Length(max=LARGEST_TEXT)])
    hours = WholeNumber(
        _l("Durée en heures"),
        [Optional(), NumberRange(1, 5000, _l("Indiquez un nombre d'heures entre 1 et 5 000."))],
    )
    modality = RadioField(
        _l("Où a lieu l'enseignement"),
        choices=[SelectChoice(each.value, MODALITIES[each]) for each in Modality],
        default="on_site",
    )
    certification_kind = RadioField(_l("Certification"), choices=registers, default="none")
    certification_code = StringField(_l("Numéro de la certification"), [Length(max=20)])
    certification_level = SelectField(_l("Niveau de la certification"), coerce=_number, validate_choice=False)
    certification_ends_on = Day(_l("Fin de validité de la certification"), [Optional()])
    nsf_group = SelectField(_l("Spécialité de formation (NSF)"), validate_choice=False)
    nsf_function = StringField(_l("Lettre de fonction de la spécialité"))
    occupations = KeysField(_l("Métiers visés"))
    outcomes = MatrixField(_l("Compétences"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = [SelectChoice(level, f"{level}, {usual}") for level, usual in DIPLOMAS.items()]
        self.certification_level.choices = [SelectChoice("", _("pas de niveau")), *words]
        groups = [SelectChoice(group, named(group)) for group in specialities()]
        self.nsf_group.choices = [SelectChoice("", _("à préciser")), *groups]

    @property
    def register(self) -> CertificationKind:
        """Give the register chosen."""
        known = {kind.value for kind in CertificationKind}
        chosen = self.certification_kind.data
        return CertificationKind(chosen) if chosen in known else CertificationKind.NONE

    def validate_certification_code(self, field: StringField) -> None:
        """Write the number as the registers do, and check its shape."""
        if self.register == CertificationKind.NONE:
            field.data = ""
            return
        field.data = normal_code(field.data or "", self.register)
        if field.data and not NUMBERS[self.register].fullmatch(field.data):
            shape = "RNCP35317" if self.register == CertificationKind.RNCP else "RS5643"
            raise ValidationError(_("Écrivez le numéro comme %(shape)s.", shape=shape))

    def validate_nsf_group(self, field: SelectField) -> None:
        """Ask for a group of the nomenclature, or none."""
        if field.data and field.data not in specialities():
            raise ValidationError(_("Choisissez une spécialité de la liste."))

    def validate_nsf_function(self, field: StringField) -> None:
        """Ask for one letter, beside a group."""
        field.data = (field.data or "").lower()
        if field.data and not re.fullmatch("[a-z]", field.data):
            raise ValidationError(_("Écrivez une seule lettre de a à z, comme u, ou laissez vide."))
        if field.data and not self.nsf_group.data:
            raise ValidationError(_("Choisissez d'abord la spécialité que cette lettre précise."))

    def details(self) -> CourseDetails:
        """Give what was typed, shaped."""
        details = CourseDetails(
            title=self.title.data or "",
            objectives=self.objectives.data or "",
            content=self.content.data or "",
            prerequisites=self.prerequisites.data or "",
            hours=self.hours.data,
            modality=Modality(self.modality.data),
            nsf_code=(self.nsf_group.data or "") + (self.nsf_function.data or ""),
            occupations=tuple(sorted(self.occupations.data)),
            outcomes=tuple((line.skill_id, line.entry, line.exit) for line in self.outcomes.data),
        )
        if self.register == CertificationKind.NONE:
            return details
        level = self.certification_level.data
        return replace(
            details,
            certification_kind=self.register,
            certification_code=self.certification_code.data or "",
            certification_level=level if level in DIPLOMAS else None,
            certification_ends_on=self.certification_ends_on.data,
        )


def normal_code(typed: str, register: CertificationKind) -> str:
    """Write a number as its register does: "rncp 35 317" and "35317" are RNCP35317."""
    bare = re.sub(r"[\s.\-]", "", typed).upper()
    return f"{register.name}{bare}" if bare.isdecimal() else bare


def typed_from(details: CourseDetails) -> dict[str, Any]:
    """Give what the form shows of a course."""
    group = group_of(details.nsf_code)
    shown = {"outcomes": lines_of(details.outcomes), "nsf_group": group, "nsf_function": details.nsf_code[len(group) :]}
    return vars(details) | shown


def lines_of(outcomes: Sequence[tuple[int, int, int]]) -> list[Line]:
    """Make the lines of the matrix out of a course's."""
    return [Line(*outcome) for outcome in outcomes]
