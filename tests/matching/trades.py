"""A few sheets in the manner of the directory, small enough to read."""

from campus.matching.index import OccupationIndex
from campus.matching.skill_index import SkillIndex
from campus.matching.text import forms

SHEETS = [
    (
        "H3301",
        "H3301",
        "Conducteur / Conductrice de ligne de conditionnement",
        "H3301",
        ["Conducteur / Conductrice de ligne de conditionnement", "Pilote de ligne de conditionnement"],
        "Conduit des machines de conditionnement de produits en série.",
        [
            ("format", "Effectuer un changement de format", True),
            ("line", "Régler une ligne de conditionnement", True),
            ("batch", "Renseigner un dossier de lot", False),
            ("clean", "Nettoyer un poste de travail", True),
        ],
    ),
    (
        "H2903",
        "H2903",
        "Tourneur-fraiseur / Tourneuse-fraiseuse",
        "H2903",
        ["Tourneur-fraiseur / Tourneuse-fraiseuse", "Opérateur régleur / Opératrice régleuse d'usinage"],
        "Usine des pièces sur un tour ou une fraiseuse.",
        [("plan", "Lire un plan de fabrication", True), ("tool", "Régler une machine-outil", True)],
    ),
    (
        "H2913",
        "H2913",
        "Soudeur / Soudeuse",
        "H2913",
        ["Soudeur / Soudeuse à l'arc"],
        "Assemble des pièces de métal par soudage.",
        [("weld", "Souder des pièces à l'arc électrique", True)],
    ),
    (
        "D1106",
        "D1106",
        "Vendeur / Vendeuse en épicerie",
        "D1106",
        ["Responsable de la vente / Responsable de la vente"],
        "Vend des produits.",
        [("sell", "Conseiller un client", True)],
    ),
    ("A1", "A1", "Technicien / Technicienne en vent", "A1", [], "Mesure le vent.", []),
]


def trades():
    return OccupationIndex.build(SHEETS)


def trade_skills():
    labels = {skill_id: forms(label) for sheet in SHEETS for skill_id, label, _ in sheet[6]}
    return SkillIndex([(sheet[0], sheet[6]) for sheet in SHEETS], labels)
