"""What the staff type of half-days: a plan from dates, one half-day, a sheet of paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField, SelectField, SelectMultipleField
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from campus.models import Account, AttendanceMode, AttendanceState, Enrolment, Half, Room, Slot
from campus.services.attendance import Mark
from campus.services.slots import SlotDetails, SlotPlan
from campus.web.forms import Form
from campus.web.session_words import ATTENDANCE, HALVES
from campus.web.typed import Day, Hour, WholeNumber

WEEKDAYS = (_l("lundi"), _l("mardi"), _l("mercredi"), _l("jeudi"), _l("vendredi"), _l("samedi"))
LONGEST_HALF_H = 6
NOT_YET = SelectChoice("", _l("pas encore"))


def _room_words(room: Room) -> str:
    return _("%(name)s (%(count)s pers.)", name=room.name, count=room.capacity)


class PlacedForm(Form):
    """A room and a trainer, or neither yet."""

    room = SelectField(_l("Salle"))
    trainer = SelectField(_l("Animée par"))

    rooms: Sequence[Room] = ()
    trainers: Sequence[Account] = ()

    def offer(self, rooms: Sequence[Room], trainers: Sequence[Account]) -> Any:
        """Offer the rooms and the trainers."""
        self.rooms, self.trainers = rooms, trainers
        self.room.choices = [NOT_YET, *(SelectChoice(str(each.id), _room_words(each)) for each in rooms)]
        self.trainer.choices = [NOT_YET, *(SelectChoice(str(each.id), each.display_name) for each in trainers)]
        return self

    def chosen_room(self) -> Room | None:
        """Give the room that was chosen."""
        return next((each for each in self.rooms if str(each.id) == self.room.data), None)

    def chosen_trainer(self) -> Account | None:
        """Give the trainer who was chosen."""
        return next((each for each in self.trainers if str(each.id) == self.trainer.data), None)


class PlanForm(PlacedForm):
    """From which day to which, on which days of the week, morning or afternoon."""

    first = Day(_l("Du"), [InputRequired(_l("Indiquez le premier jour."))])
    last = Day(_l("Au"), [InputRequired(_l("Indiquez le dernier jour."))])
    weekdays = SelectMultipleField(
        _l("Jours"),
        choices=[SelectChoice(n, word) for n, word in enumerate(WEEKDAYS)],
        coerce=int,
        default=[0, 1, 2, 3, 4],
    )
    halves = SelectMultipleField(
        _l("Demi-journées"),
        choices=[SelectChoice(half.value, HALVES[half]) for half in Half],
        default=[half.value for half in Half],
    )

    def validate_last(self, field: Day) -> None:
        """Ask for days in their order."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError(_("Le dernier jour ne peut pas précéder le premier."))

    def plan(self) -> SlotPlan:
        """Give what was typed, shaped."""
        return SlotPlan(
            self.first.data,  # type: ignore[arg-type]
            self.last.data,  # type: ignore[arg-type]
            frozenset(map(Half, self.halves.data or ())),
            frozenset(self.weekdays.data or ()),
            self.chosen_room(),
            self.chosen_trainer(),
        )


class SlotForm(PlacedForm):
    """One half-day."""

    day = Day(_l("Jour"), [InputRequired(_l("Indiquez le jour."))])
    half = SelectField(_l("Demi-journée"), choices=[SelectChoice(half.value, HALVES[half]) for half in Half])
    begins = Hour(_l("Commence à"), [InputRequired(_l("Indiquez l'heure, comme 9:00."))])
    ends = Hour(_l("Finit à"), [InputRequired(_l("Indiquez l'heure, comme 12:30."))])

    def validate_ends(self, field: Hour) -> None:
        """Ask for hours in their order."""
        if field.data and self.begins.data and field.data <= self.begins.data:
            raise ValidationError(_("La fin vient après le début."))
        if field.data and self.begins.data and field.data.hour - self.begins.data.hour > LONGEST_HALF_H:
            raise ValidationError(_("Une demi-journée dure au plus 6 heures."))

    def details(self) -> SlotDetails:
        """Give what was typed, shaped."""
        return SlotDetails(
            self.day.data,  # type: ignore[arg-type]
            Half(self.half.data),
            self.begins.data,  # type: ignore[arg-type]
            self.ends.data,  # type: ignore[arg-type]
            self.chosen_room(),
            self.chosen_trainer(),
        )


class LineForm(PlainForm):
    """One person on a sheet of paper."""

    enrolment = HiddenField()
    state = SelectField(_l("Présence"))
    minutes = WholeNumber(
        _l("Minutes, en cas de retard"), [Optional(), NumberRange(1, 720, _l("Indiquez entre 1 et 720 minutes."))]
    )


class SheetForm(Form):
    """A sheet of paper, line by line."""

    lines = FieldList(FormField(LineForm))

    def offer(self) -> SheetForm:
        """Offer the states of attendance on each line."""
        states = [SelectChoice(each.value, word) for each, word in ATTENDANCE.items()]
        for line in self.lines:
            line.form.state.choices = [SelectChoice("", _("rien de noté")), *states]
        return self

    def marks(self, expected: Iterable[Enrolment]) -> dict[Enrolment, Mark]:
        """Give what was typed of those who are expected."""
        known = {str(each.id): each for each in expected}
        found = {}
        for line in self.lines:
            person, state = known.get(line.form.enrolment.data), line.form.state.data
            if person is not None and state:
                late = state == AttendanceState.LATE.value
                minutes = line.form.minutes.data if late else None
                found[person] = Mark(AttendanceState(state), AttendanceMode.PAPER, minutes)
        return found


def values_of(slot: Slot) -> dict[str, Any]:
    """Give what the form shows of a half-day."""
    said = {name: getattr(slot, name) for name in ("day", "begins", "ends")}
    placed = {"room": str(slot.room_id or ""), "trainer": str(slot.trainer_id or "")}
    return {**said, **placed, "half": slot.half.value}
