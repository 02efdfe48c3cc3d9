"""The workbook of the pedagogical and financial report says, cell by cell, what a recount from raw rows says."""

import pytest

from campus import clock
from tests.reports import recount_bilan as recount
from tests.reports.full_lives import FullLives
from tests.reports.test_recount_dossiers import told
from tests.reports.workbooks import cells, tables_of

FRAME_C = {
    "firms": "C 1. Entreprises, pour leurs salariés",
    "apprenticeship": "C 2 a. Contrats d'apprentissage",
    "alternance": "C 2 b. Contrats de professionnalisation",
    "reconversion": "C 2 c. Reconversion ou promotion par alternance",
    "personal_account": "C 2 d. Compte personnel de formation, projets de transition",
    "plan": "C 2 e. Plan de développement des compétences, par un opérateur de compétences",
    "unemployed": "C 2 f. Dispositifs pour les personnes en recherche d'emploi",
    "state": "C 5. État",
    "region": "C 6. Région",
    "jobcentre": "C 7. France Travail",
    "individuals": "C 9. Personnes qui paient elles-mêmes",
    "others": "C 10 et 11. Autres organismes et autres produits",
}
FRAME_D = {
    "charges": "D. Total des charges de l'organisme",
    "purchases": "D. Achats de prestations de formation",
    "wages": "D. Salaires des personnes qui forment",
}
FRAME_G = {"entrusted": "G. Formations confiées à un autre organisme"}
KINDS = {
    "private": "a. Salariés d'employeurs privés",
    "apprentice": "b. Apprentis",
    "jobseeker": "c. Personnes en recherche d'emploi",
    "individual": "d. Particuliers à leurs frais",
    "other": "e. Autres",
    "unknown": "Type à préciser",
}
OBJECTIVES = {"rncp": "RNCP, niveau à préciser", "rs": "Répertoire spécifique", "none": "Autres formations"}
CHECKS = {
    "f1": "Cadre F 1, personnes par type : le total est celui des entrées",
    "f3": "Cadre F 3, personnes par objectif : le total est celui des entrées",
    "f4": "Cadre F 4, personnes par spécialité : le total est celui des entrées",
    "kind": "Personnes dont le type n'est pas connu",
    "speciality": "Personnes dont la formation n'a pas de spécialité (NSF)",
    "sheet": "Personnes sans feuille d'émargement : leurs heures sont celles du programme",
    "programme": "Personnes dont le programme n'a pas de durée : leurs heures comptent pour zéro",
    "level": "Personnes d'une formation RNCP dont le niveau manque",
    "trainer": "Demi-journées sans personne qui forme",
    "teaching": "Des personnes formées, et personne au cadre E",
    "income": "Cadre C vide : aucun produit n'est saisi",
    "charges": "Cadre D vide : le total des charges n'est pas saisi",
    "purchases": "Achats de prestations : au plus le total des charges",
    "wages": "Salaires des personnes qui forment : au plus le total des charges",
}


def check_typed(sheets, known):
    """Compare the amounts of frames C, D and G; only C, which has parts and no whole of its own, has a total."""
    lines = [[label, known.get(line)] for line, label in FRAME_C.items()]
    total = ["Total", sum(known.get(line, 0) for line in FRAME_C)]
    assert sheets[0] == cells([*lines, total])
    for place, frame in ((1, FRAME_D), (7, FRAME_G)):
        assert sheets[place] == cells([label, known.get(line)] for line, label in frame.items())


def check_people(sheets, people):
    """Compare frames F 1 to F 3: every part, and the same total in each."""
    total = ["Total", *recount.counted(people)]
    kinds = [[KINDS[kind], *figures] for (kind,), figures in recount.by(people, "kind").items()]
    assert sorted(sheets[3][:-1]) == sorted(cells(kinds))
    assert sheets[4] == cells([["Pour le compte de l'organisme", *total[1:]]])
    aims = recount.by(people, "certification_kind", "level").items()
    aims = [[f"RNCP, niveau {level}" if level else OBJECTIVES[kind], *figures] for (kind, level), figures in aims]
    assert sorted(sheets[5][:-1]) == sorted(cells(aims))
    for sheet in (sheets[3], sheets[5]):
        assert [row[0] for row in sheet[:-1]] == sorted((row[0] for row in sheet[:-1]), key=str.casefold)
    assert sheets[3][-1] == sheets[5][-1] == cells([total])[0]


def check_specialities(rows, people):
    """Compare frame F 4: the order, the lines of the form, what is summed with the others."""
    ranked, others = recount.specialities(people)
    assert [row[0][:3] for row in rows[:-2]] == [group or "Spé" for group, *_figures in ranked]
    expected = [[f"Ligne {line}" if line else "Autres", *figures] for _group, line, *figures in ranked]
    assert [row[1:] for row in rows[:-2]] == cells(expected)
    assert rows[-2] == cells([["Total des autres spécialités", "Autres", *others]])[0]
    assert rows[-1] == cells([["Total", "", *recount.counted(people)]])[0]


def check(browser, year):
    """Compare all frames of a year, and the page of what does not add up with the same rows."""
    sheets, people = told(browser, "bilan", annee=year), recount.people(year, clock.now())
    check_typed(sheets, recount.amounts(year, clock.now()))
    assert sorted(sheets[2]) == cells(recount.taught(year, clock.now())[0])
    assert [row[0] for row in sheets[2]] == sorted(row[0] for row in sheets[2])
    check_people(sheets, people)
    check_specialities(sheets[6], people)
    expected = [
        [CHECKS[name], found, wanted, "juste" if right else "à corriger"]
        for name, (found, wanted, right) in recount.checks(year, clock.now()).items()
    ]
    assert sheets[8] == cells(sorted(expected, key=lambda row: row[-1] == "juste"))
    (page,) = tables_of(browser.page(f"/campus/dossiers/coherence?annee={year}"))
    assert [row[0] for row in page] == [row[0] for row in sheets[8]]
    return sheets


def test_every_frame_says_the_recount(client, db):
    browser = client.sign_in_as(FullLives.lived(7).staff)
    sheets = check(browser, "2027")
    assert all(len(sheets[place]) > 2 for place in (2, 3, 5, 6))
    assert sheets[2][0][0] == sheets[2][1][0]
    assert check(browser, "2031")[2] == []


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_the_frames_of_many_campuses_say_the_recount(client, db, seed):
    browser = client.sign_in_as(FullLives.lived(seed).staff)
    for year in ("2027", "2028", "2031"):
        check(browser, year)
