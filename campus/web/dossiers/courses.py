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
        _("Formation proposée"),
        _("Équipement"),
        _("Coût d'une session, € (déclaré)"),
        _("Effet attendu, postes"),
    )


def _meanings() -> tuple[str, ...]:
    return (
        _("Postes (déclaré) : ceux des besoins publiés. Postes (engagé) : une lettre, un accord ou une place existe."),
        _("Places (engagé) : sessions prévues ou en cours qui mènent au métier. Écart : postes moins places."),
        _(
            "Formation proposée : celle du métier qui a le plus de places prévues, puis la première par son titre. "
            "L'équipement et le coût d'une session sont les siens, tels que l'équipe les a saisis."
        ),
        _(
            "Effet attendu : les postes de l'écart qu'une session de plus de cette formation couvrirait, pas une "
            "promesse. Une session compte %(seats)s places quand l'équipe n'en a pas saisi.",
            seats=USUAL_SEATS,
        ),
    )


def _line(row: DemandRow, needs: int, proposal: Proposal | None) -> tuple[Cell, ...]:
    seats = (proposal.seats if proposal else None) or USUAL_SEATS
    return (
        row.label,
        needs,
        row.total_posts,
        row.steps[Step.COMMITTED],
        row.total_seats,
        row.gap,
        *_proposed(proposal),
        max(0, min(row.gap, seats)),
    )


def _proposed(proposal: Proposal | None) -> tuple[str, Cell, Cell]:
    """Tell the course proposed, its equipment and its cost."""
    if proposal is None:
        return _("aucune : formation à créer"), None, None
    title = proposal.title
    if proposal.others:
        more = ngettext("et %(num)s autre", "et %(num)s autres", proposal.others)
        title = _("%(first)s (%(more)s)", first=title, more=more)
    return title, ", ".join(proposal.equipment) or _("rien de particulier"), proposal.cost
