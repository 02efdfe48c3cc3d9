"""What staff choose as the kind of a trainee: for one person, or for all of a page at once."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField, SelectField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf

from campus.models import TraineeKind
from campus.queries.trainee_kinds import Entry
from campus.web.forms import Form
from campus.web.staff.enrolment_filters import read_id
from campus.web.trainee_kind_words import choices

ONE_OF = AnyOf(["", *TraineeKind], message=_l("Choisissez un type de la liste, ou laissez à préciser."))


class KindField(SelectField):
    """A kind of trainee, or nothing said."""

    def __init__(self, label: str = "", **given: object) -> None:
        super().__init__(label, [ONE_OF], validate_choice=False, **given)

    def offer(self, inferred: TraineeKind | None) -> None:
        """Offer the kinds, and in the place of none what the campus can tell by itself."""
        self.choices = [SelectChoice(value, word) for value, word in choices(inferred)]

    def chosen(self) -> TraineeKind | None:
        """Give the kind chosen."""
        return TraineeKind(self.data) if self.data else None


class KindForm(Form):
    """The kind of one trainee."""

    kind = KindField(_l("Type de stagiaire"))

    def offer(self, inferred: TraineeKind | None) -> KindForm:
        """Offer the kinds."""
        self.kind.offer(inferred)
        return self

    def chosen(self) -> TraineeKind | None:
        """Give the kind chosen."""
        return self.kind.chosen()


class KindLineForm(PlainForm):
    """One trainee of a page; `was` is what the page showed, so that only what was changed is written."""

    enrolment = HiddenField()
    was = HiddenField()
    kind = KindField()


class KindsForm(Form):
    """The kinds of the trainees of a page."""

    lines = FieldList(FormField(KindLineForm))

    def keys(self) -> list[uuid.UUID]:
        """Give the enrolments that the page was about; what is no key is left out."""
        return [key for key in map(key_of, self.lines) if key]

    def offer(self, entries: Mapping[uuid.UUID, Entry]) -> KindsForm:
        """Name each line after its person, and offer the kinds."""
        for line in self.lines:
            entry = entries.get(key_of(line))
            line.form.kind.offer(entry.inferred if entry else None)
            line.form.kind.label.text = _("Type de %(name)s", name=entry.name) if entry else _("Type")
        return self

    def changed(self) -> dict[uuid.UUID, TraineeKind | None]:
        """Give the kinds that were chosen otherwise than the page showed them."""
        touched = [line for line in self.lines if line.form.kind.data != line.form.was.data]
        return {key: line.form.kind.chosen() for line in touched if (key := key_of(line))}


def key_of(line: FormField) -> uuid.UUID | None:
    """Give the enrolment that a line is about; None where what was sent is no key."""
    return read_id(line.form.enrolment.data or "")
