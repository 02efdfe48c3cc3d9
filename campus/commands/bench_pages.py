"""The pages of the reports that `campus bench` times: what each is called, and its address."""

from __future__ import annotations

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
    "équipe : engagements": "/campus/engagements/",
}
