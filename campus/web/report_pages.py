"""The funnel as pages and files show it: rungs with bars, rows of a table, columns of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _

from campus.exchange.tables import Column
from campus.reports.funnel import PROOFS as PROOF_OF
from campus.reports.funnel import RULES, STEPS, Cube, Group, Where, grouped, total
from campus.web import report_words as words

SIDES = {"d": "declared", "e": "engaged", "c": "seen"}
CLASSES = {proof: side for side, proof in SIDES.items()}
Address = Callable[[str, str], str]
KEYS: dict[str, Callable[[Where], str]] = {
    "cohortes": lambda where: where.quarter,
    "familles": lambda where: where.family,
    "entreprises": lambda where: where.firm,
}


@dataclass(frozen=True)
class Rung:
    """One step of the funnel: its words and proof, its figure and n, how wide its bar is, what it opens."""

    step: str
    label: str
    proof: tuple[Any, str]
    side: str
    definition: str
    value: int | None
    firms: int | None
    width: str
    url: str


def rungs(group: Group, address: Callable[[str], str]) -> list[Rung]:
    """Draw the funnel of some needs; each figure opens what is behind it."""
    most = max(group["declared"], 1)
    return [
        Rung(
            step=step,
            label=str(words.STEPS[step]),
            proof=words.PROOFS[PROOF_OF[step]],
            side=CLASSES[PROOF_OF[step]],
            definition=str(words.DEFINITIONS[step]),
            value=group[step],
            firms=group.firms_behind(step),
            width=f"{98.5 * group[step] / most:.1f}%",
            url=address(step) if group[step] else "",
        )
        for step in STEPS
    ]


@dataclass(frozen=True)
class ReportRow:
    """One cohort, family or firm, and its figures."""

    key: str
    label: str
    group: Group
    cells: tuple[tuple[int, str], ...]


def report_rows(groups: Mapping[str, Group], names: Mapping[str, str], address: Address) -> list[ReportRow]:
    """Draw the rows of a table in the order of their words; each figure opens what is behind it."""
    found = [
        ReportRow(
            key=key,
            label=names[key],
            group=group,
            cells=tuple((group[step], address(step, key) if group[step] else "") for step in STEPS),
        )
        for key, group in groups.items()
    ]
    return sorted(found, key=lambda row: (not row.key, row.label))


def by(cube: Cube, dimension: str) -> dict[str, Group]:
    """Add a cube up by cohort, family or firm."""
    return grouped(cube, KEYS[dimension])


def summed(cube: Cube) -> Group:
    """Add a whole cube up."""
    return total(cube)


def file_columns(first: str, day: date, rules: str = RULES) -> list[Column[ReportRow]]:
    """List the columns of the file: each figure with its proof, n, the day and the rules."""
    made: list[Column[ReportRow]] = [
        Column(first, lambda row: row.label),
        Column(_("Besoins (n)"), lambda row: row.group["needs"]),
        Column(_("Entreprises (n)"), lambda row: row.group.firms_behind("declared")),
    ]
    for step in STEPS:
        title = _("%(figure)s (%(proof)s)", figure=str(words.STEPS[step]), proof=str(words.PROOFS[PROOF_OF[step]][0]))
        made.append(Column(title, lambda row, name=step: row.group[name]))
    return [
        *made,
        Column(_("Retirés ou expirés"), lambda row: row.group["withdrawn"]),
        Column(_("Embauches de plus de six mois"), lambda row: row.group["due"]),
        Column(_("Arrêté au"), lambda _row: day),
        Column(_("Règles de calcul"), lambda _row: rules),
    ]
