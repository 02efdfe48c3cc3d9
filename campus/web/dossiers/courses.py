"""The map of courses: trade by trade, what is asked, what is there, what could be opened and what it would bring."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from campus import clock
from campus.exchange.tables import Cell
from campus.queries.demand import By, DemandRow, Step, demand
from campus.queries.dossiers import Proposal, needs_by_occupation, proposals
from campus.web.dossiers import words
from campus.web.dossiers.parts import Part, Told

USUAL_SEATS = 12


def told() -> Told:
    """Tell the map as it stands today."""
    rows, needs, found = demand(By.OCCUPATION), needs_by_occupation(), proposals()
    lines = [_line(row, needs.get(int(row.key), 0), found.get(int(row.key))) for row in rows]
    return Told(
        name="carte-des-formations",
        title=str(words.NAMES["carte"]),
        period=_("Besoins publiés, sessions prévues ou en cours"),
        day=clock.today(),
        parts=[Part(_("Métiers, l'écart le plus grand d'abord"), _meanings(), _header(), lines)],
        wide=True,
    )


def _header() -> tuple[str, ...]:
    return (
        _("Métier"),
        _("Besoins (n)"),
        _("Postes (déclaré)"),
        _("Postes (engagé)"),
        _("Places (engagé)"),
        _("Écart"),
        _("Formations proposées"),
        _("Équipement"),
        _("Coût d'une session, € (déclaré)"),
        _("Effet attendu, postes"),
    )


def _meanings() -> tuple[str, ...]:
    return (
        _("Postes (déclaré) : ceux des besoins publiés. Postes (engagé) : une lettre, un accord ou une place existe."),
        _("Places (engagé) : sessions prévues ou en cours qui mènent au métier. Écart : postes moins places."),
        _("Effet attendu : les postes de l'écart qu'une session de plus couvrirait, pas une promesse."),
        _("Coût : le moins cher des coûts que l'équipe a saisis pour une session de ces formations."),
    )


def _line(row: DemandRow, needs: int, proposal: Proposal | None) -> tuple[Cell, ...]:
    titles = proposal.titles if proposal else ()
    proposed = _("aucune : formation à créer") if not titles else titles[0]
    if len(titles) > 1:
        more = ngettext("%(num)s autre", "%(num)s autres", len(titles) - 1)
        proposed = _("%(first)s et %(more)s", first=titles[0], more=more)
    seats = (proposal.seats if proposal else None) or USUAL_SEATS
    return (
        row.label,
        needs,
        row.total_posts,
        row.steps[Step.COMMITTED],
        row.total_seats,
        row.gap,
        proposed,
        ", ".join(proposal.equipment) if proposal and proposal.equipment else _("rien de particulier"),
        proposal.cost if proposal else None,
        max(0, min(row.gap, seats)),
    )
