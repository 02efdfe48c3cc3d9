"""Files of marks are read strictly: what is hidden stays unknown, what is wrong is refused at its place."""

import os
from datetime import date
from pathlib import Path

import pytest

from campus.exchange.marks import MarkLine, read_marks
from campus.exchange.refusals import FileRefused

BMO = (
    "annee;Code métier BMO;Nom métier BMO;Famille_met;Lbl_fam_met;REG;NOM_REG;Dept;NomDept;BE26;NOMBE26;met;xmet;smet\n"
    "2026;T4Z61;Souffleurs de fumée;C;Industrie;24;Centre;28;Eure-et-Loir;2405;CHARTRES;1 120;60;*\n"
    "2026;T4Z62;Polisseuses de nuages;C;Industrie;24;Centre;28;Eure-et-Loir;2405;CHARTRES;*;*;*\n"
)
OFFERS = (
    "bassin,nom_bassin,rome_v3,libelle_rome_v3,offres_2025_12_31,oee_2025,tension_1a5\n"
    "2405,CHARTRES,Z1101,Soufflage de fumée,16,84.5,4\n2406,DREUX,Z1101,Soufflage de fumée,2,,\n"
)


@pytest.fixture
def marks_file(tmp_path):
    def write(text):
        path = tmp_path / "reperes.csv"
        path.write_text(text, encoding="utf-8-sig")
        return path

    return write


def test_hiring_intentions_are_read_and_hidden_figures_stay_unknown(marks_file):
    release = read_marks(marks_file(BMO))
    assert (release.kind, release.as_of) == ("intentions", date(2026, 1, 1))
    first, second = release.lines
    assert first == MarkLine("2405", "CHARTRES", "28", "T4Z61", "Souffleurs de fumée", 1120, 60, None)
    assert second.amount is None


def test_open_offers_are_of_the_day_that_their_column_names(marks_file):
    release = read_marks(marks_file(OFFERS))
    assert (release.kind, release.as_of) == ("offers", date(2025, 12, 31))
    assert release.lines[0] == MarkLine("2405", "CHARTRES", "", "Z1101", "Soufflage de fumée", 16, tension=4)


@pytest.mark.parametrize(
    ("text", "old", "new", "column", "problem"),
    [
        (BMO, ";60;*", ";beaucoup;*", "xmet", "n'est pas un nombre"),
        (BMO, "2026;T4Z61", "l'an 26;T4Z61", "annee", "n'est pas une année"),
        (BMO, "2026;T4Z62", "2025;T4Z62", "annee", "deux années"),
        (BMO, "T4Z62", "T4Z61", "Code métier BMO", "déjà plus haut"),
        (BMO, "T4Z61", "", "Code métier BMO", "ne convient pas"),
        (BMO, "BE26;", "Zone;", "area", "cette colonne manque"),
        (OFFERS, "offres_2025_12_31", "offres", "offres", "le jour des offres manque"),
        (OFFERS, ",16,84.5,4", ",-16,84.5,4", "offres_2025_12_31", "n'est pas un nombre"),
        (OFFERS, OFFERS.partition("\n")[2], "", None, "aucune ligne"),
    ],
)
def test_a_wrong_file_is_refused_at_its_place(marks_file, text, old, new, column, problem):
    with pytest.raises(FileRefused, match=r"reperes\.csv") as caught:
        read_marks(marks_file(text.replace(old, new, 1)))
    assert caught.value.column == column
    assert problem in caught.value.problem


@pytest.mark.shared
def test_the_offers_of_eure_et_loir_are_read():
    release = read_marks(Path(os.environ["CAMPUS_SHARED"]) / "data" / "territory" / "besoins_28_bassin_rome.csv")
    assert len(release.lines) == 815
    assert {line.area_name for line in release.lines} >= {"CHARTRES", "DREUX"}
