"""The forms of skills: the wording and family of one of the campus's own, and what to merge it into."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from campus.models import Skill, SkillKind
from campus.services.skills import SkillDetails
from campus.starter import families
from campus.web.filters import language
from campus.web.forms import Form
from campus.web.staff.skill_words import KINDS


def family_choices() -> list[SelectChoice]:
    """List the families of the campus's skills in the reader's language."""
    english = language() == "en"
    named = [(family.label_en if english else family.label, family.code) for family in families().values()]
    return [SelectChoice("", "–"), *(SelectChoice(code, label) for label, code in sorted(named))]


class SkillForm(Form):
    """What the campus says of a skill of its own."""

    label = StringField(
        _l("Intitulé"),
        [InputRequired(_l("Écrivez l'intitulé, par exemple « Régler une remplisseuse ».")), Length(max=400)],
    )
    label_en = StringField(_l("Intitulé en anglais"), [Length(max=400)])
    kind = RadioField(
        _l("Sorte"),
        choices=[SelectChoice(kind.value, label) for kind, label in KINDS.items()],
        default=SkillKind.KNOW_HOW.value,
    )
    family = SelectField(_l("Famille"), choices=family_choices, default="")
    definition = TextAreaField(_l("Définition"), [Length(max=2000)])

    def details(self) -> SkillDetails:
        """Give what was typed; WTForms stops here."""
        return SkillDetails(
            label=self.label.data or "",
            label_en=self.label_en.data or "",
            kind=SkillKind(self.kind.data),
            definition=self.definition.data or "",
            family=self.family.data or "",
        )


def form_of(skill: Skill) -> SkillForm:
    """Fill the form in with a skill."""
    return SkillForm(
        data={
            "label": skill.label,
            "label_en": skill.label_en,
            "kind": skill.kind.value,
            "family": skill.macro_code,
            "definition": skill.definition,
        }
    )


class MergeForm(Form):
    """Which skill stands for this one from now on."""

    into = IntegerField(_l("Compétence à garder"), [InputRequired(_l("Choisissez la compétence à garder."))])
