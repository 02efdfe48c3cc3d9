"""Sentences and dates in the reader's language, with French typography in one place; no request needed."""

from __future__ import annotations

import functools
import re
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO

from babel import support
from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_currency, format_decimal

from campus import clock
from campus.config import ROOT

TRANSLATIONS = ROOT / "campus" / "translations"
NBSP, THIN = "\u00a0", "\u202f"


@functools.lru_cache(maxsize=8192)
def french_typography(text: str) -> str:
    """Put the no-break spaces that French asks for into a sentence typed with plain spaces."""
    text = re.sub(r" ([;?!])", THIN + r"\1", text)
    text = re.sub(r" (:)(?=\s|$)", NBSP + r"\1", text)
    text = text.replace("« ", "«" + NBSP).replace(" »", NBSP + "»").replace("'", "\u2019")
    text = re.sub(r"(\d) (?=\d{3}\b)", r"\1" + THIN, text)
    return re.sub(r"(?<=[\d)s]) (?=(?:%|€|h|km)(?:\W|$))", NBSP, text)


class FrenchSource(support.NullTranslations):
    """The French sentences themselves, with their typography: French is the language of the code."""

    def gettext(self, message: str) -> str:
        """Give the sentence back, well set."""
        return french_typography(message)

    def ngettext(self, msgid1: str, msgid2: str, n: float) -> str:
        """Choose the form for a number; French takes the singular for 0 and 1."""
        return french_typography(msgid1 if abs(n) < 2 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Give the sentence back; the context only serves translators."""
        return french_typography(message)

    ugettext, ungettext, upgettext = gettext, ngettext, pgettext


@functools.cache
def catalogue(language: str) -> support.NullTranslations:
    """Read a language's sentences; compiled in memory, so that what is committed is what is shown."""
    if language == "fr":
        return FrenchSource()
    with (TRANSLATIONS / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        compiled = BytesIO()
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return support.Translations(compiled)


def day(value: date | datetime | None, language: str) -> str:
    """Write a day in full: "mercredi 3 mars 2027"."""
    return _day(value, "EEEE d MMMM y", language)


def short_day(value: date | datetime | None, language: str) -> str:
    """Write a day without its name: "3 mars 2027"."""
    return _day(value, "d MMMM y", language)


def table_day(value: date | datetime | None, language: str) -> str:
    """Write a day on one short line: "3 mars 2027", "23 nov. 2026"."""
    return _day(value, "d MMM y", language).replace(" ", NBSP)


def month_day(value: date | datetime | None, language: str) -> str:
    """Write a day without its year: "3 mars", "23 nov."."""
    return _day(value, "d MMM", language).replace(" ", NBSP)


def _day(value: date | datetime | None, pattern: str, language: str) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = clock.day_of(value)
    return _written(value, pattern, language)


@functools.lru_cache(maxsize=8192)
def _written(value: date, pattern: str, language: str) -> str:
    """Write a day; a list writes the same few days again and again, and each costs a tenth of a millisecond."""
    text = format_date(value, pattern, locale=language)
    return _first(text) if value.day == 1 and language == "fr" else text


@functools.lru_cache(maxsize=8192)
def number(value: float, language: str) -> str:
    """Write a number with the thousands and decimals of the language."""
    return format_decimal(value, locale=language)


def _first(text: str) -> str:
    """Write the first of a month as French does: "1er mars"."""
    return text.replace("1 ", "1er ", 1) if text.startswith("1 ") else text.replace(" 1 ", " 1er ", 1)


def moment(value: datetime | None, language: str) -> str:
    """Write an instant as people in Chartres read it: "mercredi 3 mars 2027 à 9 h 05"."""
    if value is None:
        return ""
    local = value.astimezone(clock.PARIS)
    if language == "fr":
        return f"{day(local, language)} à {local.hour}{NBSP}h{NBSP}{local:%M}"
    return format_datetime(local, "EEEE d MMMM y 'at' HH:mm", locale="en", tzinfo=clock.PARIS)


def table_moment(value: datetime, language: str) -> str:
    """Write an instant on one short line: "23 nov. 2026, 15 h 43"."""
    local = value.astimezone(clock.PARIS)
    hour = _hour(local.time()) if language == "fr" else f"{local:%H:%M}"
    return f"{table_day(local, language)}, {hour}"


def span(begins: time, ends: time, language: str) -> str:
    """Write two times of a day: "9 h à 12 h 30", "09:00 to 12:30"."""
    if language == "fr":
        return f"{_hour(begins)} à {_hour(ends)}"
    return f"{begins:%H:%M} to {ends:%H:%M}"


def _hour(value: time) -> str:
    return f"{value.hour}{NBSP}h{NBSP}{value:%M}" if value.minute else f"{value.hour}{NBSP}h"


def duration(minutes: int, language: str) -> str:
    """Write how long something took: "126 heures", "3 h 30"; nothing when it took no time."""
    hours, left = divmod(minutes, 60)
    if not minutes:
        return ""
    if left:
        return f"{hours}{NBSP}h{NBSP}{left:02d}"
    words = ("heure", "heures") if language == "fr" else ("hour", "hours")
    return f"{hours}{NBSP}{words[hours > 1]}"


def money(value: Decimal | None, language: str) -> str:
    """Write an amount in euros: "1 285,72 €"."""
    return "" if value is None else format_currency(value, "EUR", locale=language)
