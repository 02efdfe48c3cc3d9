"""The ladder of commitment in words: the steps, their evidence, what takes one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from campus.lifecycles.commitment import ABOUT_NEEDS, HIRE, SEATS
from campus.models import Commitment
from campus.queries.commitments import Ladder
from campus.services.commitments import AgreementKind
from campus.web.filters import short_day
from campus.web.need_words import WITHDRAWALS

STEPS = {
    "signal": _l("signal"),
    "declared": _l("besoin déclaré"),
    "confirmed": _l("besoin confirmé"),
    "letter": _l("lettre d'intention"),
    "contract": _l("engagement contractuel"),
    "seats": _l("places réservées"),
    "hire": _l("embauche constatée"),
}
DEFINITIONS = {
    "signal": _l("Le campus a entendu parler d'un besoin : qui l'a entendu, et quand."),
    "declared": _l("Une personne nommée a rempli le formulaire, et le campus a publié le besoin."),
    "confirmed": _l("L'entreprise a répondu que le besoin tient toujours."),
    "letter": _l("Une lettre numérotée dit qui signe, combien de postes et pour quand."),
    "contract": _l("Un accord signé porte une référence : convention, POEI, contrat d'alternance."),
    "seats": _l("Une place est réservée, ou une personne inscrite, pour le poste. Lu au journal de couverture."),
    "hire": _l("Une personne est embauchée sur le poste. Lu au journal de couverture."),
}
HOW = {
    "declared": _l("Le campus publie le besoin après l'avoir relu."),
    "confirmed": _l("Prolongez le besoin de 90 jours, ici ou par le message qui vous le demande."),
    "letter": _l("Éditez la lettre d'intention, signez-la et remettez-la au campus."),
    "contract": _l("Donnez la référence de l'accord signé."),
    "seats": _l("Réservez des places dans une session."),
    "hire": _l("Dites, poste par poste, qui vous avez embauché."),
}
AGREEMENTS = {
    AgreementKind.CONVENTION: _l("convention de formation"),
    AgreementKind.POEI: _l("POEI (préparation à l'emploi)"),
    AgreementKind.APPRENTICESHIP: _l("contrat d'alternance"),
    AgreementKind.OTHER: _l("autre accord"),
}
ENDS = {str(key): words for key, words in WITHDRAWALS.items()} | {"expired": _l("Le besoin a expiré")}


@dataclass(frozen=True)
class Rung:
    """One step of a need's ladder, as its page shows it."""

    step: str
    label: str
    posts: int
    text: str
    state: str
    line: Commitment | None = None


def rungs(ladder: Ladder, *, own: bool = True) -> list[Rung]:
    """Put the ladder of a need into words, from the lowest step up; `own`: the firm reads, and is told how to go on."""
    return [_rung(ladder, step, HOW if own else DEFINITIONS) for step in ABOUT_NEEDS]


def next_step(ladder: Ladder) -> str | None:
    """Name the first step that no post has come to; None at the top."""
    return next((step for step in ABOUT_NEEDS if not ladder.reached[step]), None)


def _rung(ladder: Ladder, step: str, said: Mapping[str, Any]) -> Rung:
    line, posts, following = ladder.standing.get(step), ladder.reached[step], next_step(ladder)
    state = "done" if posts else "here" if step == following else "todo"
    if line is not None:
        text = proof(line)
    elif posts:
        text = str(DEFINITIONS[step]) if step in {SEATS, HIRE} else _("Acquis par une étape plus haute.")
    else:
        text = str(said[step]) if step == following else ""
    return Rung(step, str(STEPS[step]), posts, text, state, line)


def evidence(line: Commitment) -> str:
    """Say what stands behind a line: for how many posts, who, when, which paper."""
    count = ngettext("%(num)s poste", "%(num)s postes", line.posts)
    return _("%(count)s, %(told)s", count=count, told=proof(line))


def proof(line: Commitment) -> str:
    """Say what stands behind a line, without its posts."""
    said, who = line.evidence, line.actor.display_name if line.actor else _("le service")
    told = {
        "signal": lambda: _("entendu par %(who)s", who=who),
        "declared": lambda: _("formulaire %(reference)s, par %(who)s", reference=said.get("reference", ""), who=who),
        "confirmed": lambda: _("prolongé par %(who)s", who=who),
        "letter": lambda: _(
            "lettre %(number)s, signataire %(who)s", number=said.get("number", ""), who=said.get("signatory", "")
        ),
    }
    if line.step.value not in told:
        return _agreement(line)
    return _("%(told)s, le %(day)s", told=told[line.step.value](), day=short_day(line.at))


def _agreement(line: Commitment) -> str:
    said = line.evidence
    kind = AGREEMENTS[AgreementKind(said["kind"])]
    signed = short_day(date.fromisoformat(said["signed_on"]))
    return _("%(kind)s %(reference)s, signature le %(day)s", kind=kind, reference=said["reference"], day=signed)


def withdrawal(line: Commitment) -> str:
    """Say why a line was taken back."""
    return str(ENDS.get(line.reason, line.reason))
