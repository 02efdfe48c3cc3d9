"""Dossiers in words: what each holds, indicators, the frames of the pedagogical and financial report, its checks."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from campus.reports.funnel import PROOFS as PROOF_OF
from campus.reports.funnel import STEPS
from campus.web import report_words, trainee_kind_words
from campus.web.dossiers.editions import Edition

NAMES = {
    "carte": _l("Carte des formations"),
    "indicateurs": _l("Fiche d'indicateurs Territoires d'industrie"),
    "bilan": _l("Bilan pédagogique et financier"),
    "rapport": _l("Rapport annuel"),
}
HOLDS = {
    "carte": _l(
        "Métier par métier : besoins, engagements, places, écart, formations proposées, équipement, coût, effet."
    ),
    "indicateurs": _l("Chaque indicateur avec son point de départ, sa cible, sa source et sa date."),
    "bilan": _l("Les cadres C à G de la déclaration annuelle, et ce qui ne tombe pas juste."),
    "rapport": _l("L'année en chiffres et en graphiques : entonnoir, formations, délais, abandons, coûts."),
}
PERIODS = {
    "carte": _l("La situation d'aujourd'hui."),
    "indicateurs": _l(
        "Les valeurs : aujourd'hui ou un bilan arrêté, toutes les années ou une seule. Le départ et la cible : tels "
        "que saisis au jour de l'impression."
    ),
    "bilan": _l("Une année civile, celle où les sessions ont commencé."),
    "rapport": _l(
        "Une année. D'un bilan arrêté viennent l'entonnoir, les cohortes, les familles, les formations et les délais ; "
        "les motifs d'abandon et les coûts sont ceux du jour de l'impression."
    ),
}
EDITIONS = {
    Edition.SPONSORS: _l("pour les financeurs"),
    Edition.INTERNAL: _l("interne, à ne pas diffuser"),
}
MEANINGS = {
    Edition.SPONSORS: _l(
        "Pour la collectivité, la Région et l'État : les petits chiffres sont cachés comme sur leurs pages, "
        "et ceux du rapport et des indicateurs viennent d'un bilan arrêté."
    ),
    Edition.INTERNAL: _l(
        "Tout est montré, y compris ce qui dit les projets d'une seule entreprise : le titre, le nom du fichier et sa "
        "première feuille disent de ne pas la diffuser."
    ),
}
RATES = {
    "fill": _l("Remplissage, pour 100 places"),
    "completion": _l("Achèvement, pour 100 entrées"),
    "satisfaction": _l("Satisfaction, moyenne sur 5"),
}
INDICATORS = {**{step: report_words.STEPS[step] for step in STEPS}, **RATES}
PROOFS = {**{step: report_words.PROOFS[PROOF_OF[step]][0] for step in STEPS}, **dict.fromkeys(RATES, _l("constaté"))}
DEFINITIONS = {
    **{step: report_words.DEFINITIONS[step] for step in STEPS},
    "fill": _l("Personnes entrées en formation, pour 100 places des sessions commencées."),
    "completion": _l("Sessions finies : personnes allées au bout, en tout ou en partie, pour 100 entrées."),
    "satisfaction": _l("Moyenne des avis donnés en fin de session, de 1 à 5."),
}
LINES = {
    "firms": _l("C 1. Entreprises, pour leurs salariés"),
    "apprenticeship": _l("C 2 a. Contrats d'apprentissage"),
    "alternance": _l("C 2 b. Contrats de professionnalisation"),
    "reconversion": _l("C 2 c. Reconversion ou promotion par alternance"),
    "personal_account": _l("C 2 d. Compte personnel de formation, projets de transition"),
    "plan": _l("C 2 e. Plan de développement des compétences, par un opérateur de compétences"),
    "unemployed": _l("C 2 f. Dispositifs pour les personnes en recherche d'emploi"),
    "state": _l("C 5. État"),
    "region": _l("C 6. Région"),
    "jobcentre": _l("C 7. France Travail"),
    "individuals": _l("C 9. Personnes qui paient elles-mêmes"),
    "others": _l("C 10 et 11. Autres organismes et autres produits"),
    "charges": _l("D. Total des charges de l'organisme"),
    "purchases": _l("D. Achats de prestations de formation"),
    "wages": _l("D. Salaires des personnes qui forment"),
    "entrusted": _l("G. Formations confiées à un autre organisme"),
}
INCOME = tuple(LINES)[: tuple(LINES).index("charges")]
FRAMES = (
    (_l("Cadre C, produits"), INCOME),
    (_l("Cadre D, charges"), ("charges", "purchases", "wages")),
    (_l("Cadre G, confié à d'autres"), ("entrusted",)),
)
KINDS = {**trainee_kind_words.KINDS, "unknown": _l("Type à préciser")}
OBJECTIVES = {"rncp": _l("RNCP, niveau à préciser"), "rs": _l("Répertoire spécifique"), "none": _l("Autres formations")}
CHECKS = {
    "f1": _l("Cadre F 1, personnes par type : le total est celui des entrées"),
    "f3": _l("Cadre F 3, personnes par objectif : le total est celui des entrées"),
    "f4": _l("Cadre F 4, personnes par spécialité : le total est celui des entrées"),
    "kind": _l("Personnes dont le type n'est pas connu"),
    "speciality": _l("Personnes dont la formation n'a pas de spécialité (NSF)"),
    "sheet": _l("Personnes sans feuille d'émargement : leurs heures sont celles du programme"),
    "programme": _l("Personnes dont le programme n'a pas de durée : leurs heures comptent pour zéro"),
    "level": _l("Personnes d'une formation RNCP dont le niveau manque"),
    "trainer": _l("Demi-journées sans personne qui forme"),
    "teaching": _l("Des personnes formées, et personne au cadre E"),
    "income": _l("Cadre C vide : aucun produit n'est saisi"),
    "charges": _l("Cadre D vide : le total des charges n'est pas saisi"),
    "purchases": _l("Achats de prestations : au plus le total des charges"),
    "wages": _l("Salaires des personnes qui forment : au plus le total des charges"),
}
