"""The map of courses: trade by trade, what is asked, what is there, what could be opened and what it would bring."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import ngettext

from campus import clock
from campus.exchange.tables import Cell
from campus.queries.dossiers import Proposal, proposals
from campus.queries.dossiers_published import Trade, every_trade, published_trades
from campus.web.dossiers import words
from campus.web.dossiers.editions import Edition, said
from campus.web.dossiers.parts import Part, Told
from campus.web.published_words import hidden_rule

USUAL_SEATS = 12


def told(edition: Edition) -> Told:
    """Tell the map as it stands today."""
    internal = edition is Edition.INTERNAL
    trades, found = every_trade() if internal else published_trades(), proposals()
    hidden = () if internal else (hidden_rule(), _parts_hidden())
    return Told(
        name="carte-des-formations",
        title=str(words.NAMES["carte"]),
        period=_("Besoins publiés, sessions prévues ou en cours"),
        day=clock.today(),
        parts=[
            Part(
                _("Métiers, l'écart le plus grand d'abord"),
                (*_meanings(), *hidden),
                _header(),
                [_line(each, found.get(each.key)) for each in trades],
            )
        ],
        wide=True,
        internal=internal,
    )


def _parts_hidden() -> str:
    return _(
        "Les postes sont la somme de ceux que la page de la demande montre par trimestre : « au moins » là où un "
        "trimestre est caché. Besoins, postes engagés, écart et effet sont alors cachés aussi."
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


def _line(trade: Trade, proposal: Proposal | None) -> tuple[Cell, ...]:
    seats = (proposal.seats if proposal else None) or USUAL_SEATS
    effect = None if trade.gap is None else max(0, min(trade.gap, seats))
    return (
        trade.label,
        said(trade.needs),
        _("au moins %(posts)s", posts=trade.at_least) if trade.at_least else said(trade.posts),
        said(trade.committed),
        trade.seats,
        said(trade.gap),
        *_proposed(proposal),
        said(effect),
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
