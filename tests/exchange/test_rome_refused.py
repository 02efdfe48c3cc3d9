import zipfile

import pytest

from campus.errors import Refused
from campus.exchange.refusals import FileRefused
from campus.exchange.rome import read_rome

CODES, TITLES, SKILLS = "referentiel_code_rome", "referentiel_appellation", "referentiel_competence"


def refusal(path) -> FileRefused:
    with pytest.raises(FileRefused) as caught:
        read_rome(path)
    return caught.value


def test_a_refused_file_is_a_rule_that_says_no():
    assert issubclass(FileRefused, Refused)


def test_the_sentence_gives_file_line_column_and_what_would_be_right(small_rome):
    small_rome.change(TITLES, "Pilote de ligne,H3301", "Pilote de ligne,Z9999")
    assert str(refusal(small_rome.folder)) == (
        "unix_referentiel_appellation_v460_utf8.csv, ligne 3, colonne « code_rome » : "
        "le code Z9999 n'existe pas. Attendu : un code du fichier unix_referentiel_code_rome."
    )


@pytest.mark.parametrize(
    ("table", "old", "new", "line", "column", "problem"),
    [
        (TITLES, "code_rome_parent", "parent", 1, "code_rome_parent", "manque"),
        (TITLES, "12,Pilote", "11,Pilote", 3, "code_ogr", "déjà plus haut"),
        (TITLES, "PRINCIPALE,H3301,N\n12", "PRINCIPALE\n12", 2, None, "5 champs"),
        (CODES, "H3304,2", "h3304,2", 3, "code_rome", "pas un code ROME"),
        (CODES, "Chef / Cheffe de ligne conditionnement", " ", 3, "libelle_rome", "manque"),
        (SKILLS, "100,Compétence", "100,Autre", 2, "nature", "pas prévu"),
        (SKILLS, ",300,,", ",999,,", 2, "code_ogr_macro_comp", "999 n'existe pas"),
        ("coherence_item", "H3301,200,", "H3301,201,", 3, "code_ogr", "201 n'existe pas"),
        ("coherence_item", "H3301,200,", "H3301,100,", 3, "code_rome", "déjà plus haut"),
        ("coherence_item", "Principale", "Oui", 2, "coeur_metier", "pas prévu"),
        ("rubrique_mobilite", "H3304,H3301", "H3304,H9999", 3, "code_rome_cible", "H9999 n'existe pas"),
        ("texte", "definition,2", "definition,deux", 2, "position_phrase", "pas un rang"),
    ],
)
def test_a_wrong_value_is_refused_at_its_place(small_rome, table, old, new, line, column, problem):
    small_rome.change(table, old, new)
    refused = refusal(small_rome.folder)
    assert (refused.file, refused.line, refused.column) == (small_rome.path(table).name, line, column)
    assert problem in refused.problem


def test_a_line_number_counts_the_line_breaks_inside_fields(small_rome):
    small_rome.change(SKILLS, "sans erreur", "sans erreur\nni oubli")
    with small_rome.path(SKILLS).open("a", encoding="utf-8") as file:
        file.write("100,Compétence,Encore,,,,Savoir-faire,Technique\n")
    assert refusal(small_rome.folder).line == 7


@pytest.mark.parametrize("kept", [3, 10, 20, 26, 40])
def test_a_file_cut_in_the_middle_of_its_last_line_is_refused(small_rome, kept):
    small_rome.change("texte", "Accessible avec un CAP\n", '"Accessible, avec un CAP"\n')
    text = small_rome.path("texte").read_text(encoding="utf-8")
    small_rome.write("texte", text[: text.index("H3304,4") + kept])
    refused = refusal(small_rome.folder)
    assert "coupé" in refused.problem
    assert refused.line == 5


def test_job_titles_cut_at_the_end_of_a_line_are_noticed(small_rome):
    lines = small_rome.path(TITLES).read_text(encoding="utf-8").splitlines(keepends=True)
    small_rome.write(TITLES, "".join(lines[:-1]))
    assert "l'appellation principale manque pour 1 métier(s) : H3304" in refusal(small_rome.folder).problem


def test_a_lost_line_is_noticed_by_the_list_of_each_sheets_contents(small_rome):
    contents = ["code_rome,code_compo_bloc,code_rubrique,code_ogr", "H3301,2,,11", "H3301,2,,12", "H3304,2,,13"]
    contents += ["H3301,5,1,100", "H3301,5,3,200", "H3301,6,,400", "H3304,5,1,300", "H3304,5,2,301"]
    small_rome.write("liens_rome_referentiels", "\n".join(contents) + "\n")
    assert read_rome(small_rome.folder)
    small_rome.change("coherence_item", "H3301,200,\n", "")
    assert "par exemple H3301 et 200" in refusal(small_rome.folder).problem


def test_two_versions_in_one_folder_are_refused(small_rome):
    small_rome.version = "461"
    small_rome.write("texte", "")
    refused = refusal(small_rome.folder)
    assert "460 (" in refused.problem
    assert "461 (unix_texte_v461_utf8.csv)" in refused.problem


def test_a_file_that_is_not_utf_8_is_refused_at_its_first_wrong_byte(small_rome):
    path = small_rome.path("referentiel_savoir")
    path.write_bytes(path.read_text(encoding="utf-8").encode("cp1252"))
    refused = refusal(small_rome.folder)
    assert (refused.line, refused.column) == (2, "caractère 6")
    assert "0xe8" in refused.problem


def test_a_file_that_is_not_needed_may_be_in_another_encoding(small_rome):
    small_rome.path("arborescence_secteur_naf").write_bytes("activité\n".encode("cp1252"))
    assert read_rome(small_rome.folder).version == "460"


def test_a_null_character_is_refused(small_rome):
    small_rome.change("texte", "Anime", "Ani\0me")
    assert refusal(small_rome.folder).line == 4


def test_a_missing_file_is_named(small_rome):
    small_rome.path("coherence_item").unlink()
    assert "unix_coherence_item_v460_utf8.csv manque" in refusal(small_rome.folder).problem


def test_an_empty_folder_is_refused(tmp_path):
    assert "aucun fichier du ROME" in refusal(tmp_path).problem


def test_a_path_that_leads_nowhere_is_refused(tmp_path):
    assert "introuvable" in refusal(tmp_path / "absent.zip").problem


def test_a_file_that_is_not_an_archive_is_refused(tmp_path):
    path = tmp_path / "rome.zip"
    path.write_text("bonjour", encoding="utf-8")
    assert "pas une archive zip" in refusal(path).problem


def test_an_archive_cut_anywhere_is_refused(small_rome, tmp_path):
    path = zipped(small_rome, tmp_path)
    whole = path.read_bytes()
    for share in (0.1, 0.5, 0.9, 0.999):
        path.write_bytes(whole[: int(len(whole) * share)])
        assert "archive" in refusal(path).problem


def test_a_damaged_member_of_the_archive_is_refused(small_rome, tmp_path):
    path = zipped(small_rome, tmp_path)
    path.write_bytes(path.read_bytes().replace(b"Pilote de ligne", b"Pilote de singe"))
    refused = refusal(path)
    assert "abîmé" in refused.problem
    assert refused.file == small_rome.path(TITLES).name


def test_an_archive_with_an_inner_folder_is_read(small_rome, tmp_path):
    assert read_rome(zipped(small_rome, tmp_path, folder="RefRomeCsv/")).version == "460"


def zipped(small_rome, tmp_path, folder=""):
    path = tmp_path / "rome.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(small_rome.folder.iterdir()):
            archive.write(file, folder + file.name)
    return path
