"""The quality of the data, in words: kinds of faults, what they mean, the questions proposed to firms, refusals."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campus.models import Need
from campus.queries.quality import Kind
from campus.services import quality
from campus.web.refusals import says

KINDS = {
    Kind.LEVELS: _l("niveaux à préciser"),
    Kind.STALE: _l("besoins anciens"),
    Kind.DUPLICATES: _l("doublons probables"),
    Kind.OCCUPATIONS: _l("métiers retirés"),
    Kind.SKILLS: _l("compétences retirées"),
}
MEANINGS = {
    Kind.LEVELS: _l(
        "Besoins publiés dont une compétence au moins n'a pas de niveau : la couverture y reste un intervalle."
    ),
    Kind.STALE: _l(
        "Besoins publiés que personne n'a touchés depuis 60 jours, ou dont la date au plus tard est passée."
    ),
    Kind.DUPLICATES: _l(
        "Besoins publiés d'un même établissement et d'un même métier, à 60 jours près, "
        "qui ont au moins trois compétences sur cinq en commun."
    ),
    Kind.OCCUPATIONS: _l(
        "Besoins ouverts et formations dont le métier n'est plus dans la version en vigueur du référentiel."
    ),
    Kind.SKILLS: _l(
        "Compétences qui ne sont plus dans la version en vigueur, "
        "et que des besoins ouverts ou des formations citent encore."
    ),
}
NOTHING = {
    Kind.LEVELS: _l("Chaque compétence des besoins publiés a son niveau."),
    Kind.STALE: _l("Chaque besoin publié a été touché depuis moins de 60 jours."),
    Kind.DUPLICATES: _l("Aucun besoin publié n'en répète un autre du même établissement."),
    Kind.OCCUPATIONS: _l("Besoins et formations citent des métiers en vigueur."),
    Kind.SKILLS: _l("Besoins et formations citent des compétences en vigueur."),
}


def question_on_levels(labels: Sequence[str]) -> str:
    """Propose what to ask a firm whose skills have no level."""
    asked = "\n".join(f"- {label}" for label in labels)
    return _("Quel niveau attendez-vous, de 1 (notion) à 4 (expertise), pour ces compétences ?") + "\n" + asked


def question_on_duplicate(other: Need) -> str:
    """Propose what to ask a firm two of whose needs look the same."""
    return _(
        "Ce besoin ressemble à votre besoin %(reference)s, « %(title)s ». Est-ce le même ? "
        "Si oui, retirez l'un des deux ; sinon, dites-nous ce qui les distingue.",
        reference=other.reference,
        title=other.title,
    )


@says(quality.NobodyIsAsked)
def _nobody_is_asked() -> str:
    return _("En août, les entreprises ne sont pas relancées : posez la question en septembre.")


@says(quality.AlreadyAsked)
def _already_asked() -> str:
    return _("L'entreprise a déjà reçu la question et n'a pas encore répondu.")


@says(quality.NotDuplicates)
def _not_duplicates() -> str:
    return _("Ces deux besoins ne sont plus signalés comme doublons : l'un a changé, ou les deux sont gardés.")


@says(quality.NothingToFile)
def _nothing_to_file() -> str:
    return _("Ce métier est déjà en vigueur, ou celui que vous avez choisi ne l'est pas : rechargez la liste.")
