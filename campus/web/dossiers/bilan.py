"""The pedagogical and financial report of a year: frames C to G, and the page of what does not add up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from campus import clock
from campus.exchange.nsf import named
from campus.exchange.tables import Cell
from campus.queries.dossiers import year_of
from campus.reports.bilan import (
    CHARGES,
    ENTRUSTED,
    ORIGINS,
    Check,
    Learner,
    Year,
    checks,
    frame_of,
    hours_of,
    specialities,
)
from campus.web.dossiers import words
from campus.web.dossiers.parts import Part, Told


@dataclass(frozen=True)
class CheckRow:
    """One check, as it is read; `name` tells where it can be put right."""

    name: str
    label: str
    found: Decimal
    expected: Decimal
    right: bool


def check_rows(year: int) -> list[CheckRow]:
    """Tell what adds up in a year and what does not, the latter first."""
    return _rows(year_of(year))


def _rows(year: Year) -> list[CheckRow]:
    return sorted((_row(each) for each in checks(year)), key=lambda row: row.right)


def _row(check: Check) -> CheckRow:
    return CheckRow(check.name, str(words.CHECKS[check.name]), check.found, check.expected, check.right)


def told(year: int, *, internal: bool) -> Told:
    """Tell the frames of a year; only the internal edition names the people who teach."""
    known = year_of(year)
    return Told(
        name=f"bilan-pedagogique-et-financier-{year}",
        title=str(words.NAMES["bilan"]),
        period=str(year),
        day=clock.today(),
        parts=[
            _amounts(_("Cadre C. Produits par origine"), ORIGINS, known),
            _amounts(_("Cadre D. Charges"), CHARGES, known),
            _teachers(known, named=internal),
            _frame(_("Cadre F 1. Personnes formées, par type"), known, lambda each: each.kind, names=words.KINDS),
            _own(known),
            _frame(
                _("Cadre F 3. Objectif des formations"),
                known,
                lambda each: each.objective,
                names=_objectives(known),
            ),
            _specialities(known),
            _amounts(_("Cadre G. Formations confiées à d'autres"), ENTRUSTED, known),
            _checks(known),
        ],
        internal=internal,
    )


def _amounts(title: str, lines: tuple[str, ...], year: Year) -> Part:
    rows: list[tuple[Cell, ...]] = [(str(words.LINES[line]), year.amounts.get(line)) for line in lines]
    if len(lines) > 3:
        rows.append((_("Total"), sum((year.amounts.get(line, Decimal(0)) for line in lines), Decimal(0))))
    return Part(
        title, (_("Déclaré : montants hors taxes saisis par l'équipe."),), (_("Ligne"), _("Euros (déclaré)")), rows
    )


def _teachers(year: Year, *, named: bool) -> Part:
    title, hours = _("Cadre E. Personnes qui forment"), _("Heures (constaté)")
    if named:
        rows: list[tuple[Cell, ...]] = [(each.name, Decimal(each.minutes) / 60) for each in year.teachers]
        text = _("Constaté : demi-journées tenues et non annulées de l'année, par personne.")
        return Part(title, (text,), (_("Personne"), hours), rows)
    total = Decimal(sum(each.minutes for each in year.teachers)) / 60
    text = _("Constaté : demi-journées tenues et non annulées de l'année.")
    return Part(title, (text,), (_("Personnes (constaté)"), hours), [(len(year.teachers), total)])


def _frame(title: str, year: Year, key: Callable[[Learner], str], *, names: Mapping[str, Any]) -> Part:
    frame = frame_of(year.learners, key)
    told = [(str(names[name]), people, hours) for name, (people, hours) in frame.items()]
    rows: list[tuple[Cell, ...]] = sorted(told, key=lambda row: row[0].casefold())
    rows.append((_("Total"), len(year.learners), hours_of(year.learners)))
    return Part(title, (_meaning(),), (_("Catégorie"), _("Personnes (constaté)"), _("Heures (constaté)")), rows)


def _meaning() -> str:
    return _("Une personne compte une fois par session commencée dans l'année et suivie au moins un jour.")


def _specialities(year: Year) -> Part:
    """Tell every speciality, the most followed first, with its place in the form, and the sum of the others."""
    lines = specialities(year.learners)
    rows: list[tuple[Cell, ...]] = [
        (named(each.group) or _("Spécialité non précisée"), _place(each.line), each.people, each.hours)
        for each in lines
    ]
    named_in_form = {each.group for each in lines if each.line}
    others = [each for each in year.learners if each.speciality not in named_in_form]
    rows.append((_("Total des autres spécialités"), _("Autres"), len(others), hours_of(others)))
    rows.append((_("Total"), "", len(year.learners), hours_of(year.learners)))
    text = (
        _meaning(),
        _(
            "Le formulaire demande les cinq spécialités qui comptent le plus de personnes, puis la somme des autres."
            " Une formation sans spécialité compte avec les autres."
        ),
    )
    header = (_("Spécialité (NSF)"), _("Au formulaire"), _("Personnes (constaté)"), _("Heures (constaté)"))
    return Part(_("Cadre F 4. Spécialités de formation"), text, header, rows)


def _place(line: int | None) -> str:
    return _("Ligne %(number)s", number=line) if line else _("Autres")


def _own(year: Year) -> Part:
    rows = [(_("Pour le compte de l'organisme"), len(year.learners), hours_of(year.learners))]
    text = (_("Le campus ne tient pas d'action pour le compte d'un autre organisme dans ce service."),)
    header = (_("Activité"), _("Personnes (constaté)"), _("Heures (constaté)"))
    return Part(_("Cadre F 2. Activité propre"), text, header, rows)


def _objectives(year: Year) -> dict[str, Any]:
    found: dict[str, Any] = dict(words.OBJECTIVES)
    for name in {each.objective for each in year.learners} - found.keys():
        kind, level = name.rstrip("12345678"), name[-1]
        label = _("RNCP, niveau %(level)s", level=level)
        found[name] = label if kind == "rncp" else words.OBJECTIVES.get(kind, label)
    return found


def _checks(year: Year) -> Part:
    rows = [(row.label, row.found, row.expected, _("juste") if row.right else _("à corriger")) for row in _rows(year)]
    header = (_("Vérification"), _("Trouvé"), _("Attendu"), _("Constat"))
    return Part(_("Ce qui ne tombe pas juste"), (), header, rows)
