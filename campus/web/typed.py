"""Fields for numbers and days that say what to type, in our own words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from wtforms import DateField, DecimalField, IntegerField, TimeField
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


class Amount(DecimalField):
    """An amount of money; spaces between thousands and a comma before the cents are how people type it."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the digits."""
        typed = "".join(str(valuelist[0]).split()).replace(",", ".") if valuelist else ""
        if not typed:
            return
        if not re.fullmatch(r"\d+(\.\d{1,2})?", typed):
            self.data = None
            raise ValueError(_("Écrivez un montant en chiffres, par exemple 1 250,50."))
        self.data = Decimal(typed)

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


class Hour(TimeField):
    """An hour of the day, typed by a browser or by hand."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, format=["%H:%M", "%H:%M:%S"], **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the hour; "9 h 05" and "9h" are forgiven."""
        written = str(valuelist[0]).strip().lower().replace(" ", "").replace("h", ":") if valuelist else ""
        if not written:
            return
        try:
            super().process_formdata([written + "00" if written.endswith(":") else written])
        except ValueError:
            raise ValueError(_("Écrivez une heure, comme 9:00.")) from None

    def pre_validate(self, _form: Any) -> None:
        """Say one thing at a time."""
        if self.process_errors:
            raise StopValidation
