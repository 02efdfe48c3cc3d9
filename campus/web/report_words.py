"""Reports in words: each step with its proof and its definition, cohorts, delays, refusals."""

from __future__ import annotations

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from campus.services.reports import DayIsFrozen, DayIsNotOver
from campus.web.refusals import says

STEPS = {
    "declared": _l("Postes déclarés"),
    "committed": _l("Postes engagés"),
    "seats": _l("Places réservées"),
    "enrolled": _l("Inscriptions"),
    "completed": _l("Formations terminées"),
    "hired": _l("Embauches"),
    "stayed": _l("Encore en poste à six mois"),
}
SHORT = {
    "declared": _l("Déclarés"),
    "committed": _l("Engagés"),
    "seats": _l("Places"),
    "enrolled": _l("Inscriptions"),
    "completed": _l("Terminées"),
    "hired": _l("Embauches"),
    "stayed": _l("À six mois"),
}
DEFINITIONS = {
    "declared": _l("Postes des besoins que le campus a publiés, au plus haut de ce que l'entreprise a déclaré."),
    "committed": _l(
        "Une lettre d'intention éditée, revenue signée ou non, un accord signé ou une place réservée, avec son numéro."
    ),
    "seats": _l("Une place est réservée, ou une personne inscrite, pour le poste."),
    "enrolled": _l("Une personne est inscrite en formation pour le poste, sa place confirmée."),
    "completed": _l("La personne a suivi la formation jusqu'au bout."),
    "hired": _l("Une personne est embauchée sur le poste, et aucune source ne le nie."),
    "stayed": _l("La personne est toujours en poste six mois après, et aucune source ne le nie."),
    "withdrawn": _l("Postes déclarés puis retirés, expirés ou réduits."),
    "due": _l("Embauches constatées il y a au moins six mois : c'est sur elles que porte le maintien."),
}
PROOFS = {
    "declared": (_l("déclaré"), ""),
    "engaged": (_l("engagé"), "proof--engaged"),
    "seen": (_l("constaté"), "proof--seen"),
}
MEANINGS = {
    "declared": _l("Une entreprise l'a écrit, sous le nom d'une personne. Rien ne l'oblige encore."),
    "engaged": _l("Une lettre, un accord ou une place réservée existe et porte un numéro."),
    "seen": _l("C'est arrivé, et une ligne du journal de couverture le dit : présence, contrat, réponse à six mois."),
}
LEGS = {
    ("declared", "seats"): _l("de la déclaration à la place réservée"),
    ("seats", "enrolled"): _l("de la place réservée à l'inscription"),
    ("enrolled", "completed"): _l("de l'inscription à la fin de la formation"),
    ("completed", "hired"): _l("de la fin de la formation à l'embauche"),
    ("hired", "stayed"): _l("de l'embauche au maintien constaté"),
    ("declared", "hired"): _l("de la déclaration à l'embauche"),
}
NO_FAMILY = _l("Métier non précisé")


def cohort_name(code: str) -> str:
    """Name a cohort or a quarter by its code."""
    year, _sign, number = code.partition("-T")
    return _("T%(number)s %(year)s", number=number, year=year) if number else code


@says(DayIsNotOver)
def _day_is_not_over() -> str:
    return _("Choisissez un jour passé : les chiffres d'un jour s'arrêtent quand il est fini.")


@says(DayIsFrozen)
def _day_is_frozen() -> str:
    return _("Les chiffres de ce jour sont déjà arrêtés : ouvrez-les dans la liste.")
