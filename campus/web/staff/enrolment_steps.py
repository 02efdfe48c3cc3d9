"""The plain steps that staff take with an application: a button each, offered where the table allows them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

from campus.lifecycles import ENROLMENT
from campus.models import Account, Enrolment
from campus.services import admissions, attending, enrolments, offers


@dataclass(frozen=True)
class Button:
    """A step as a button."""

    verb: str
    label: object
    take: Callable[[Account, Enrolment], Enrolment]


def _in_part(staff: Account, enrolment: Enrolment) -> Enrolment:
    return attending.complete(staff, enrolment, wholly=False)


STEPS = {
    each.verb: each
    for each in (
        Button("position", _l("Demander un positionnement"), admissions.ask_positioning),
        Button("accept", _l("Confirmer pour la personne"), offers.accept),
        Button("decline", _l("Rendre la place pour la personne"), offers.decline),
        Button("withdraw", _l("Retirer à la demande de la personne"), enrolments.withdraw),
        Button("call_up", _l("Envoyer la convocation"), attending.call_up),
        Button("attend", _l("Noter la présence"), attending.note_present),
        Button("miss", _l("Noter l'absence"), attending.note_absent),
        Button("complete", _l("Formation terminée, acquis complets"), attending.complete),
        Button("complete_part", _l("Formation terminée, acquis partiels"), _in_part),
    )
}


def steps_from(enrolment: Enrolment) -> list[Button]:
    """List the plain steps that the table lets staff take from here."""
    return [STEPS[verb] for verb in ENROLMENT.verbs_from(enrolment.state.value, "staff") if verb in STEPS]
