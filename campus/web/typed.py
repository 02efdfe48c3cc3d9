"""Fields for numbers and days that say what to type, in our own words."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from wtforms import DateField, IntegerField
from wtforms.validators import StopValidation
from wtforms.widgets import TextInput


class WholeNumber(IntegerField):
    """A number without decimals; spaces between thousands are forgiven, and a wrong number stays on the page."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the digits."""
        if not valuelist:
            return
        digits = "".join(str(valuelist[0]).split())
        if digits and not digits.isdecimal():
            self.data = None
            raise ValueError(_("Écrivez un nombre en chiffres, par exemple 12."))
        self.data = int(digits) if digits else None

    def pre_validate(self, _form: Any) -> None:
        """Say one thing at a time."""
        if self.process_errors:
            raise StopValidation


class Day(DateField):
    """A day of the calendar, typed by a browser or by hand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format=["%Y-%m-%d", "%d/%m/%Y"], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the day."""
        if not any(str(value).strip() for value in valuelist):
            return
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Écrivez une date qui existe, comme 03/03/2027.")) from None

    def pre_validate(self, _form: Any) -> None:
        """Say one thing at a time."""
        if self.process_errors:
            raise StopValidation
