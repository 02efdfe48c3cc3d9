"""External marks in words: what a file counts, its source and its day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from campus.models import MarkFile, MarkKind
from campus.queries.marks import Told
from campus.web.filters import short_day

AREA, CODE, TRADE, SOURCE = _l("Bassin d'emploi"), _l("Code"), _l("Métier"), _l("Source")
COLUMNS: Mapping[MarkKind, Mapping[str, Any]] = {
    MarkKind.INTENTIONS: {
        "amount": _l("Projets de recrutement"),
        "hard": _l("dont jugés difficiles"),
        "seasonal": _l("dont saisonniers"),
    },
    MarkKind.OFFERS: {"amount": _l("Offres d'emploi ouvertes"), "tension": _l("Tension, de 1 à 5")},
}


def columns(kind: MarkKind) -> Mapping[str, Any]:
    """Name the figures that a kind of file holds."""
    return COLUMNS[kind]


def as_of(file: MarkFile) -> str:
    """Say of when a file is: a year, or a day."""
    return str(file.as_of.year) if file.kind is MarkKind.INTENTIONS else short_day(file.as_of)


def cited(file: MarkFile) -> str:
    """Cite a file: its source, its publisher, its date."""
    return f"{file.source}, {file.publisher}, {as_of(file)}"


def told(marks: Sequence[Told]) -> list[str]:
    """Say what files tell of something, each with its date and with what it hides."""
    return [_told(each) for each in marks]


def _told(mark: Told) -> str:
    if mark.file.kind is MarkKind.INTENTIONS:
        count = ngettext("%(num)s projet de recrutement", "%(num)s projets de recrutement", mark.amount)
    else:
        count = ngettext("%(num)s offre d'emploi", "%(num)s offres d'emploi", mark.amount)
    if mark.hidden:
        count = _("%(count)s et plus", count=count)
    return _("%(count)s (%(day)s)", count=count, day=as_of(mark.file))
