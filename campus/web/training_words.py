"""What sessions brought, as pages and files show it: counts with their n, rates and means worked out here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from flask_babel import gettext as _

from campus.exchange.tables import Column
from campus.reports.training import FIGURES, Taught, Training, grouped
from campus.reports.training import total as whole

NO_COSTS: Mapping[str, Decimal] = {}
KEYS: dict[str, Callable[[Taught], str]] = {
    "formations": lambda taught: taught.course,
    "familles": lambda taught: taught.family,
    "trimestres": lambda taught: taught.quarter,
}


class Spent(NamedTuple):
    """What sessions begun cost, and how many of them this adds up: those whose cost is known."""

    cost: Decimal | None = None
    n: int = 0


NOT_KNOWN = Spent()


@dataclass(frozen=True)
class TrainingRow:
    """One course, family or quarter: its figures, and what follows from them."""

    key: str
    label: str
    figures: Mapping[str, int]
    spent: Spent = NOT_KNOWN

    @property
    def finished(self) -> int:
        """Count who finished, with all or a part of what the course brings."""
        return self.figures["completed"] + self.figures["part"]

    @property
    def fill(self) -> int | None:
        """Give the seats taken by somebody who came, in percent of the seats."""
        return share(self.figures["began"], self.figures["seats"])

    @property
    def completion(self) -> int | None:
        """Give who finished in percent of those who began, both in sessions that have ended."""
        return share(self.figures["ended"], self.figures["over"])

    @property
    def satisfaction(self) -> Decimal | None:
        """Give the mean opinion, from 1 to 5, with one decimal, halves up."""
        n = self.figures["opinions"]
        return (Decimal(self.figures["points"]) / n).quantize(Decimal("0.1"), ROUND_HALF_UP) if n else None


def share(part: int, of: int) -> int | None:
    """Give a share in whole percent, halves up; None of nothing."""
    return (200 * part + of) // (2 * of) if of else None


def training_rows(
    training: Training, by: str, names: Mapping[str, str], *, costs: Mapping[str, Decimal] = NO_COSTS
) -> list[TrainingRow]:
    """Draw the rows of a table, quarters in their order and others by their words; costs are those of courses."""
    spent = _spent(training, KEYS[by], costs)
    rows = [
        TrainingRow(key, names[key], figures, spent.get(key, NOT_KNOWN))
        for key, figures in grouped(training, KEYS[by]).items()
    ]
    return sorted(rows, key=lambda row: row.key if by == "trimestres" else row.label)


def _spent(training: Training, key: Callable[[Taught], str], costs: Mapping[str, Decimal]) -> dict[str, Spent]:
    found: dict[str, Spent] = {}
    for taught, figures in training.items():
        cost, sessions = costs.get(taught.course), figures[FIGURES.index("sessions")]
        if cost is not None:
            before = found.get(key(taught), NOT_KNOWN)
            found[key(taught)] = Spent((before.cost or 0) + cost * sessions, before.n + sessions)
    return found


def whole_row(training: Training, costs: Mapping[str, Decimal] = NO_COSTS) -> TrainingRow:
    """Draw the total."""
    return TrainingRow(
        "", _("Ensemble"), whole(training), _spent(training, lambda _taught: "", costs).get("", NOT_KNOWN)
    )


def training_columns(first: str, day: date, rules: str) -> list[Column[TrainingRow]]:
    """List the columns of the file: observed figures with their n, the day and the rules."""
    counts = {
        "sessions": _("Sessions commencées (constaté)"),
        "seats": _("Places"),
        "began": _("Personnes entrées (constaté)"),
        "over": _("dont session finie"),
        "dropped": _("Abandons (constaté)"),
        "absent": _("Jamais venues (constaté)"),
        "opinions": _("Avis (n)"),
    }
    made: list[Column[TrainingRow]] = [Column(first, lambda row: row.label)]
    made += [Column(title, lambda row, name=name: row.figures[name]) for name, title in counts.items()]
    return [
        *made,
        Column(_("Formations terminées (constaté)"), lambda row: row.finished),
        Column(_("dont dans une session finie"), lambda row: row.figures["ended"]),
        Column(_("Remplissage, pour 100 places"), lambda row: row.fill),
        Column(_("Achèvement, pour 100 entrées"), lambda row: row.completion),
        Column(_("Satisfaction, moyenne sur 5"), lambda row: row.satisfaction),
        Column(_("Coût des sessions commencées, € (déclaré)"), lambda row: row.spent.cost),
        Column(_("dont le coût est connu (n)"), lambda row: row.spent.n),
        Column(_("Arrêté au"), lambda _row: day),
        Column(_("Règles de calcul"), lambda _row: rules),
    ]
