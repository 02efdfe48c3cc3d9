"""Published figures as pages and files show them: a hidden one says so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from campus.exchange.tables import Column
from campus.reports.funnel import PROOFS as PROOF_OF
from campus.reports.funnel import STEPS
from campus.reports.hiding import FEWEST_FIRMS, FEWEST_POSTS, Published
from campus.web import report_words as words
from campus.web.report_pages import CLASSES, Rung

Told = tuple[int | None, str]


@dataclass(frozen=True)
class PublishedRow:
    """One cohort or family, and its figures: None for a hidden one, with the address of what proves the others."""

    label: str
    cells: tuple[Told, ...]


def hidden_rule() -> str:
    """Say which figures are hidden, and why."""
    return _(
        "« Caché » protège les entreprises : moins de %(posts)s postes ou moins de %(firms)s entreprises sont derrière "
        "le chiffre, ou un chiffre caché se déduirait des autres.",
        posts=FEWEST_POSTS,
        firms=FEWEST_FIRMS,
    )


def lines_rule() -> str:
    """Say which lines are put together, and why."""
    return _(
        "Un mois où moins de %(posts)s postes ou moins de %(firms)s entreprises sont derrière le chiffre rejoint les "
        "autres mois. Les mois d'une cohorte ne sont pas détaillés : croisés avec ceux des familles, ils en diraient "
        "trop. Les noms restent au campus.",
        posts=FEWEST_POSTS,
        firms=FEWEST_FIRMS,
    )


def published_rungs(table: Published, firms: int, address: Callable[[str], str]) -> list[Rung]:
    """Draw the funnel of all; a hidden figure has no bar."""
    told = dict(zip(STEPS, table.total, strict=True))
    most = max(told["declared"] or 0, 1)
    return [
        Rung(
            step=step,
            label=str(words.STEPS[step]),
            proof=words.PROOFS[PROOF_OF[step]],
            side=CLASSES[PROOF_OF[step]],
            definition=str(words.DEFINITIONS[step]),
            value=told[step],
            firms=firms if step == "declared" and told[step] is not None else None,
            width=f"{98.5 * (told[step] or 0) / most:.1f}%",
            url=address(step) if told[step] else "",
        )
        for step in STEPS
    ]


def published_rows(
    table: Published, names: Mapping[str, str], address: Callable[[str, str], str]
) -> list[PublishedRow]:
    """Draw the rows that show a figure, in the order of their words."""
    found = [
        PublishedRow(
            names[key],
            tuple((value, address(step, key) if value else "") for step, value in zip(STEPS, values, strict=True)),
        )
        for key, values in table.rows.items()
        if any(value is not None for value in values)
    ]
    return sorted(found, key=lambda row: row.label)


def rows_hidden(table: Published) -> int:
    """Count the rows of which nothing is shown."""
    return sum(all(value is None for value in values) for values in table.rows.values())


def whole_row(table: Published) -> PublishedRow:
    """Draw the total."""
    return PublishedRow(_("Ensemble"), tuple((value, "") for value in table.total))


def published_columns(first: str, day: date, rules: str) -> list[Column[PublishedRow]]:
    """List the columns of the file: each figure with its proof, the day and the rules; a hidden one says so."""
    made: list[Column[PublishedRow]] = [Column(first, lambda row: row.label)]
    for place, step in enumerate(STEPS):
        proof = str(words.PROOFS[PROOF_OF[step]][0])
        title = _("%(figure)s (%(proof)s)", figure=str(words.STEPS[step]), proof=proof)
        made.append(Column(title, lambda row, n=place: _("caché") if row.cells[n][0] is None else row.cells[n][0]))
    return [*made, Column(_("Arrêté au"), lambda _row: day), Column(_("Règles de calcul"), lambda _row: rules)]
