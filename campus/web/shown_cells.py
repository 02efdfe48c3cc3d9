"""What a cell of a page says, as a spreadsheet wants it."""

from __future__ import annotations

import re
from datetime import date

from babel.dates import get_month_names
from babel.numbers import NumberFormatError, parse_decimal

from campus.exchange.tables import Cell
from campus.web.filters import language

A_DAY = re.compile(r"(\d{1,2})(?:er)? (\D+) (\d{4})")
NOTHING = frozenset({"", "–", "-"})


def cell_of(said: str, *, numeric: bool = False) -> Cell:
    """Give a cell as a spreadsheet wants it: a number, a day, else its text with usual spaces."""
    said = " ".join(said.split())
    if said in NOTHING:
        return None
    if numeric:
        try:
            number = parse_decimal(said.replace("\u202f", "\u00a0").replace("−", "-"), locale=language())
        except NumberFormatError:
            return said
        return int(number) if number == number.to_integral_value() else number
    found = A_DAY.fullmatch(said)
    month = _months().get(found[2].casefold()) if found else None
    return date(int(found[3]), month, int(found[1])) if found and month else said


def _months() -> dict[str, int]:
    names = [get_month_names(width, locale=language()) for width in ("wide", "abbreviated")]
    return {str(name).casefold(): number for each in names for number, name in each.items()}
