import os
from pathlib import Path

import pytest

from campus.exchange.rome import read_rome

CODES = """code_rome,code_ogr,libelle_rome,code_rome_parent
H3301,1,Conducteur / Conductrice de ligne de conditionnement,H3301
H3304,2,Chef / Cheffe de ligne conditionnement,H3304
"""
TITLES = """\
code_ogr,libelle_appellation_long,libelle_appellation_court,code_rome,classification,code_rome_parent,peu_usite
11,Conducteur / Conductrice de ligne de conditionnement,Conducteur / Conductrice de ligne,H3301,PRINCIPALE,H3301,N
12,Pilote de ligne de conditionnement,Pilote de ligne,H3301,SYNONYME,H3301,O
13,Chef / Cheffe de ligne conditionnement,Chef / Cheffe de ligne,H3304,PRINCIPALE,H3301,N
"""
SKILLS = """code_ogr,nature,libelle_competence,definition,code_ogr_macro_comp,code_macro_comp,cat_comp,sous_cat_comp
100,Compétence,Changer de format sur une ligne,,300,,Savoir-faire,Technique
300,Macro-compétence,Conduire une ligne de production,,,4A101,Savoir-faire,Technique
301,Macro-compétence,Faire preuve de rigueur,"Réaliser des tâches,
sans erreur",,6D110,Savoir-être professionnel,Transverse
"""
KNOWLEDGE = """code_ogr_savoir,libelle_savoir,categorie_savoir,sous_categorie_savoir
200,Règles d'hygiène,Normes,Hygiène et sécurité
"""
CONTEXTS = """code_ogr,libelle_cont_travail,code_type_cont_trav,libelle_type_cont_trav
400,Travail posté,2,Horaires
"""
LINKS = """code_rome,code_ogr,coeur_metier
H3301,100,Principale
H3301,200,
H3301,400,
H3304,300,Émergente
H3304,301,
"""
MOBILITIES = """code_rome,code_rome_cible,numero_ordre
H3301,H3304,1
H3304,H3301,1
"""
TEXTS = """code_rome,code_compo_bloc,libelle_type_texte,position_phrase,libelle_texte
H3301,3,definition,2,Règle les machines
H3301,3,definition,1,Conduit la ligne d''un atelier
H3304,3,definition,1,Anime la ligne
H3304,4,acces_metier,1,Accessible avec un CAP
"""
TABLES = {
    "referentiel_code_rome": CODES,
    "referentiel_appellation": TITLES,
    "referentiel_competence": SKILLS,
    "referentiel_savoir": KNOWLEDGE,
    "referentiel_contexte_travail": CONTEXTS,
    "coherence_item": LINKS,
    "rubrique_mobilite": MOBILITIES,
    "texte": TEXTS,
}


class SmallRome:
    """A publisher's folder of two sheets, to spoil one file at a time."""

    def __init__(self, folder: Path, version: str = "460") -> None:
        self.folder = folder
        self.version = version
        folder.mkdir()
        for table, text in TABLES.items():
            self.write(table, text)

    def path(self, table: str) -> Path:
        return self.folder / f"unix_{table}_v{self.version}_utf8.csv"

    def write(self, table: str, text: str) -> None:
        self.path(table).write_text(text, encoding="utf-8")

    def change(self, table: str, old: str, new: str) -> None:
        text = self.path(table).read_text(encoding="utf-8")
        assert old in text
        self.write(table, text.replace(old, new))


@pytest.fixture
def small_rome(tmp_path):
    return SmallRome(tmp_path / "rome")


@pytest.fixture(scope="session")
def real_rome_path():
    return Path(os.environ["CAMPUS_SHARED"]) / "data" / "RefRomeCsv.zip"


@pytest.fixture(scope="session")
def real_rome(real_rome_path):
    return read_rome(real_rome_path)


@pytest.fixture(scope="session")
def real_communes_path():
    return Path(os.environ["CAMPUS_SHARED"]) / "data" / "territory" / "communes_28_et_voisins.csv"
