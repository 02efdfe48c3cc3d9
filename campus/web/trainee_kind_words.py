"""The kinds of trainees in words, as the yearly report numbers them."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campus.models import TraineeKind

KINDS = {
    TraineeKind.PRIVATE: _l("a. Salariés d'employeurs privés"),
    TraineeKind.APPRENTICE: _l("b. Apprentis"),
    TraineeKind.JOBSEEKER: _l("c. Personnes en recherche d'emploi"),
    TraineeKind.INDIVIDUAL: _l("d. Particuliers à leurs frais"),
    TraineeKind.OTHER: _l("e. Autres"),
}
INFERRED = {
    TraineeKind.PRIVATE: _l("d'après la place réservée par une entreprise"),
    TraineeKind.APPRENTICE: _l("d'après le contrat d'apprentissage du poste"),
}


def choices(inferred: TraineeKind | None) -> list[tuple[str, str]]:
    """List what staff may say of somebody's kind; to say nothing leaves what the campus can tell by itself."""
    nothing = f"{KINDS[inferred]}, {INFERRED[inferred]}" if inferred else _("à préciser")
    return [("", nothing), *((kind.value, str(word)) for kind, word in KINDS.items())]


def kept(said: TraineeKind | None, inferred: TraineeKind | None) -> str:
    """Say which kind the report counts, and where it comes from when nobody said it."""
    return str(KINDS[said]) if said else choices(inferred)[0][1]
