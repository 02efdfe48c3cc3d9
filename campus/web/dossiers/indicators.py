"""The indicator sheet: where each indicator started, where it is, where it should be, who says so and when."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _

from campus.exchange.tables import Cell
from campus.models import IndicatorTarget
from campus.queries.dossiers import indicator_targets
from campus.queries.report_published import PublishedReport
from campus.reports.book import Book
from campus.reports.funnel import STEPS
from campus.reports.training import Training
from campus.web.dossiers import editions, words
from campus.web.dossiers.editions import Funnel, said
from campus.web.dossiers.parts import Part, Told
from campus.web.published_words import hidden_rule
from campus.web.training_words import whole_row


def values(known: Funnel, training: Training, year: str) -> dict[str, Cell]:
    """Give the value of each indicator, of all years or of one; a hidden one says so."""
    taught = whole_row({where: each for where, each in training.items() if where.quarter.startswith(year)})
    rates: dict[str, Cell] = {"fill": taught.fill, "completion": taught.completion, "satisfaction": taught.satisfaction}
    return {**{step: said(known.figures(step)) for step in STEPS}, **rates}


def told(book: Book, *, year: str, day: date, published: PublishedReport | None) -> Told:
    """Tell the sheet as it stood on a day: everything, or to sponsors what is published of that day."""
    funnel = editions.published(published, year) if published else editions.everything(book.funnel, year)
    known, targets = values(funnel, book.training, year), indicator_targets()
    header = (
        _("Indicateur"),
        _("Preuve"),
        _("Point de départ"),
        _("Constaté le"),
        _("Valeur"),
        _("Au"),
        _("Cible"),
        _("Pour le"),
        _("Source"),
        _("Responsable"),
    )
    rows = [_line(figure, value, targets.get(figure), day=day) for figure, value in known.items()]
    meanings = [(str(words.INDICATORS[each]), str(words.PROOFS[each]), str(words.DEFINITIONS[each])) for each in known]
    return Told(
        name="indicateurs",
        title=str(words.NAMES["indicateurs"]),
        period=year or _("Toutes les années"),
        day=day,
        parts=[
            Part(_("Indicateurs"), (_meaning(), hidden_rule()) if published else (_meaning(),), header, rows),
            Part(_("Définitions"), (), (_("Indicateur"), _("Preuve"), _("Définition")), meanings),
        ],
        wide=True,
        internal=published is None,
    )


def _meaning() -> str:
    return _(
        "La valeur est comptée au jour des chiffres ; le départ, la cible, leur source et leur responsable sont ceux "
        "que l'équipe a saisis, au jour de l'impression."
    )


def _line(figure: str, value: Cell, target: IndicatorTarget | None, *, day: date) -> tuple[Cell, ...]:
    typed: tuple[Cell, ...] = (None, None, None, None, "", "")
    if target is not None:
        typed = (
            target.baseline,
            target.baseline_on,
            target.target,
            target.target_on,
            target.source,
            target.responsible,
        )
    label, proof = str(words.INDICATORS[figure]), str(words.PROOFS[figure])
    return (label, proof, typed[0], typed[1], value, day, *typed[2:])
