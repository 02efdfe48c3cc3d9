"""How templates write dates, numbers and rich text."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import nh3
from flask import Flask
from flask_babel import get_locale
from markdown_it import MarkdownIt
from markupsafe import Markup

from campus import clock, wording
from campus.siret import show_siret

ALLOWED_TAGS = {"p", "br", "ul", "ol", "li", "strong", "em", "a", "blockquote"}
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})


def language() -> str:
    """Tell the reader's language."""
    locale = get_locale()
    return locale.language if locale is not None else "fr"


def day(value: date | datetime | None) -> str:
    """Write a day in full: "mercredi 3 mars 2027"."""
    return wording.day(value, language())


def short_day(value: date | datetime | None) -> str:
    """Write a day without its name: "3 mars 2027"."""
    return wording.short_day(value, language())


def table_day(value: date | datetime | None) -> str:
    """Write a day as a narrow column shows it: "23 nov. 2026"."""
    return wording.table_day(value, language())


def month_day(value: date | datetime | None) -> str:
    """Write a day without its year, for a column that says the year below: "23 nov."."""
    return wording.month_day(value, language())


def moment(value: datetime | None) -> str:
    """Write an instant as people in Chartres read it: "mercredi 3 mars 2027 à 9 h 05"."""
    return wording.moment(value, language())


def table_moment(value: datetime) -> str:
    """Write an instant as a narrow choice shows it: "23 nov. 2026, 15 h 43"."""
    return wording.table_moment(value, language())


def money(value: Decimal | None) -> str:
    """Write an amount in euros."""
    return wording.money(value, language())


def number(value: float | None) -> str:
    """Write a number with the thousands and decimals of the language."""
    return "" if value is None else wording.number(value, language())


def rich_text(source: str) -> Markup:
    """Render Markdown typed by a person; only harmless tags remain."""
    html = _markdown.render(source or "")
    return Markup(nh3.clean(html, tags=ALLOWED_TAGS, url_schemes={"http", "https", "mailto"}))  # noqa: S704 (cleaned)


def named(thing: Any) -> str:
    """Name a skill or an occupation in the reader's language, in French where there is no other."""
    return (thing.label_en if language() == "en" else "") or thing.label


def iso(value: date | datetime | None) -> str:
    """Write a date for machines."""
    return "" if value is None else value.isoformat()


def install(app: Flask) -> None:
    """Hand the filters to the templates."""
    app.jinja_env.filters.update(
        day=day,
        short_day=short_day,
        table_day=table_day,
        month_day=month_day,
        moment=moment,
        table_moment=table_moment,
        number=number,
        rich_text=rich_text,
        iso=iso,
    )
    app.jinja_env.filters["money"] = money
    app.jinja_env.filters["siret"] = show_siret
    app.jinja_env.filters["named"] = named
    app.jinja_env.globals.update(today=clock.today, now=clock.now)
