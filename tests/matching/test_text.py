import pytest

from campus.matching.gender import one_form
from campus.matching.text import align, similarity, title_forms, tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("conducteur", "conductrices"),
        ("soudeur", "soudeuse"),
        ("infirmier", "infirmiere"),
        ("technicien", "techniciennes"),
        ("industriel", "industrielle"),
        ("agent", "agente"),
        ("employe", "employees"),
        ("chef", "cheffe"),
        ("ingenieur", "ingenieure"),
        ("travail", "travaux"),
        ("administratif", "administratives"),
    ],
)
def test_genders_and_numbers_of_a_word_have_one_form(one, other):
    assert one_form(one) == one_form(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vente", "vent"),
        ("tente", "tant"),
        ("armee", "arme"),
        ("plante", "plant"),
        ("selle", "sel"),
        ("entree", "entre"),
    ],
)
def test_words_that_only_look_like_a_pair_stay_apart(one, other):
    assert one_form(one) != one_form(other)


@pytest.mark.parametrize(
    "title",
    [
        "Conducteur de ligne",
        "conductrice de ligne",
        "CONDUCTEUR/TRICE DE LIGNE",
        "Conducteur(trice) de ligne (H/F)",
        "Conducteur / Conductrice de ligne H/F",
        "Conducteur·rice de ligne - CDI 35h",
        "Conducteur de ligne / Conductrice de ligne, 2x8",
        "Conductrices de lignes F/H intérim",
    ],
)
def test_all_ways_to_write_a_title_have_the_same_words(title):
    assert title_forms(title) == ("conducteur", "ligne")


def test_words_keep_their_place_in_the_text():
    text = "Œuvre d’été : souder des nœuds"
    found = {token.form: text[token.start : token.end] for token in tokens(align(text))}
    assert found == {"oeuvre": "Œuvre", "ete": "été", "souder": "souder", "noeud": "nœuds"}


def test_accents_written_as_two_characters_count_the_same():
    assert title_forms("Me\u0301canicien") == title_forms("Mécanicien")


def test_wordings_are_compared_from_nothing_to_the_same():
    assert similarity("Souder à l'arc", "souder a l’arc") == 1
    assert similarity("Souder", "") == 0
    assert 0 < similarity("Régler une machine", "Réglage de machines") < 1


@pytest.mark.shared
def test_nearly_all_pairs_of_the_directory_have_one_form(published):
    pairs = [title.label.split(" / ", 1) for title in published.job_titles if title.label.count(" / ") == 1]
    merged = sum(set(title_forms(one)) <= set(title_forms(other)) for one, other in pairs)
    assert merged / len(pairs) > 0.985
