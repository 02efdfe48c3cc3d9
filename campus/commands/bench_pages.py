"""The pages of the demand and of the reports that `campus bench` times: what each is called, and its address."""

from __future__ import annotations

DEMAND = {
    "équipe : demande, compétences": "/campus/demande/",
    "équipe : demande, métiers": "/campus/demande/?par=metier",
    "équipe : formations à créer": "/campus/demande/formations-a-creer/",
    "équipe : qualité des données": "/campus/demande/qualite/",
    "équipe : doublons probables": "/campus/demande/qualite/?type=doublons",
    "équipe : demande, familles": "/campus/demande/?par=famille&vue=etapes",
    "équipe : demande, bassins": "/campus/demande/?par=bassin&etape=engages",
    "équipe : demande, lignes": "/campus/demande/lignes?par=bassin&cle=2405",
    "équipe : demande, évolution": "/campus/demande/evolution/",
}
REPORTS = {
    "équipe : bilans": "/campus/bilans/",
    "équipe : bilans d’une année": "/campus/bilans/?annee=2026",
    "équipe : bilans, familles": "/campus/bilans/par/familles",
    "équipe : bilans, entreprises": "/campus/bilans/par/entreprises",
    "équipe : derrière un chiffre": "/campus/bilans/lignes?etape=hired",
    "équipe : délais": "/campus/bilans/delais",
    "équipe : bilan des formations": "/campus/bilans/formations/",
    "équipe : formations, familles": "/campus/bilans/formations/?par=familles",
    "équipe : bilans arrêtés": "/campus/bilans/arretes",
    "équipe : dossiers": "/campus/dossiers/",
    "équipe : cohérence d’une année": "/campus/dossiers/coherence",
    "équipe : types de stagiaires": "/campus/dossiers/types/2026?voir=tous",
    "équipe : engagements": "/campus/engagements/",
}
