"""The texts of mails: templates/mail/KIND.txt in the reader's language; the first line is the subject."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from campus import wording
from campus.addresses import address
from campus.config import ROOT


@dataclass(frozen=True)
class Letter:
    """A mail in words."""

    subject: str
    text: str


@functools.cache
def _environment(language: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        autoescape=False,  # noqa: S701 (plain text, never shown as HTML)
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.install_gettext_translations(wording.catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    made.globals["address"] = functools.partial(address, language=language)
    for write in (wording.day, wording.short_day, wording.moment):
        made.filters[write.__name__] = functools.partial(write, language=language)
    return made


def write(kind: str, language: str, **values: Any) -> Letter:
    """Write the mail of a kind; its subject never holds a line break."""
    template = _environment(language).get_template(f"mail/{kind}.txt")
    subject, _, text = template.render(values).strip().partition("\n")
    return Letter(" ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", text.strip()) + "\n")
