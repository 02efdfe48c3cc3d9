import pytest

from campus.exchange.communes import Commune, read_communes
from campus.exchange.refusals import FileRefused

HEADER = (
    "code_insee,nom,codes_postaux,latitude,longitude,departement,bassin_code_2019,bassin_nom_2019,existe_cog_2024\n"
)
CHARTRES = "28085,Chartres,28000,48.447146,1.5057061,28,2405,CHARTRES,1\n"


@pytest.fixture
def communes_file(tmp_path):
    def write(text: str):
        path = tmp_path / "communes.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_commune_is_read(communes_file):
    (chartres,) = read_communes(communes_file(HEADER + CHARTRES))
    assert chartres == Commune("28085", "Chartres", ("28000",), 48.447146, 1.5057061, "28", "2405", "CHARTRES")


def test_several_postcodes_and_a_commune_that_was_merged(communes_file):
    line = "28183,GOMMERVILLE,28310|28700,48.343083,1.9528127,28,,,0\n"
    (commune,) = read_communes(communes_file(HEADER + line))
    assert commune.postcodes == ("28310", "28700")
    assert not commune.current


@pytest.mark.parametrize(
    ("old", "new", "column", "problem"),
    [
        ("28085,", "2808,", "code_insee", "« 2808 » n'est pas un code de commune"),
        ("Chartres,", " ,", "nom", "le nom manque"),
        (",28000,", ",2800O,", "codes_postaux", "« 2800O » n'est pas un code postal"),
        ("48.447146", "48,447146", None, "10 champs"),
        ("48.447146", "nord", "latitude", "« nord » n'est pas un angle"),
        ("1.5057061", "nan", "longitude", "« nan » n'est pas un angle"),
        (",1\n", ",oui\n", "existe_cog_2024", "ni 0 ni 1"),
        (",CHARTRES,1\n", ",CHA", None, "coupé"),
    ],
)
def test_a_wrong_value_is_refused_at_its_place(communes_file, old, new, column, problem):
    with pytest.raises(FileRefused, match=r"communes\.csv, ligne 2") as caught:
        read_communes(communes_file(HEADER + CHARTRES.replace(old, new, 1)))
    assert caught.value.column == column
    assert problem in caught.value.problem


def test_a_commune_given_twice_is_refused(communes_file):
    with pytest.raises(FileRefused, match=r"ligne 3.*déjà plus haut"):
        read_communes(communes_file(HEADER + CHARTRES + CHARTRES))


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="introuvable"):
        read_communes(tmp_path / "absent.csv")


@pytest.mark.shared
def test_the_communes_around_chartres_are_read(real_communes_path):
    communes = {commune.insee: commune for commune in read_communes(real_communes_path)}
    assert len(communes) == 2_856
    assert communes["28085"].area_name == "CHARTRES"
