import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.matching.labels import LabelIndex, is_group
from campus.matching.sheet_vectors import SheetVectors

COURSES = [
    ("line", "Conducteur de ligne de conditionnement", ["Pilote de ligne", "Opératrice de conditionnement"]),
    ("turner", "Tourneur-fraiseur", ["Opérateur / Opératrice d'usinage", "Usinage de précision"]),
    ("quality", "Contrôle qualité en cosmétique", ["Technicienne qualité"]),
    ("care", "Maintenance industrielle", ["Mécaniciens de maintenance"]),
]


@pytest.fixture(scope="module")
def index():
    return LabelIndex.build(COURSES)


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("usinage", "turner"),
        ("usinaje", "turner"),
        ("usin", "turner"),
        ("fraiseuses", "turner"),
        ("cosmetique", "quality"),
        ("controles qualites", "quality"),
        ("maintenence", "care"),
        ("mécanicienne", "care"),
        ("conductrice lign", "line"),
        ("opératrice usinage", "turner"),
    ],
)
def test_labels_are_found_by_fragments_plurals_genders_and_typos(index, query, wanted):
    assert index.search(query)[0].id == wanted


def test_the_name_that_answers_best_is_shown(index):
    assert index.search("usinage de précision")[0].name == "Usinage de précision"


@pytest.mark.parametrize("query", ["", "  ", "de la", "plomberie", "h/f"])
def test_what_answers_nothing_finds_nothing(index, query):
    assert index.search(query) == []


def test_a_label_ranks_before_another_name_worded_the_same():
    index = LabelIndex.build([(1, "Autre", ["Soudage"]), (2, "Soudage", [])])
    assert [hit.id for hit in index.search("soudage")] == [2, 1]


def test_equals_keep_the_order_they_were_given_in():
    index = LabelIndex.build([("b", "Soudage", []), ("a", "Soudage", [])])
    assert [hit.id for hit in index.search("soudage")] == ["b", "a"]


def test_no_more_than_asked_for(index):
    assert len(index.search("de conditionnement qualité maintenance", limit=1)) <= 1


def test_an_index_of_nothing_finds_nothing():
    assert LabelIndex.build([]).search("soudage") == []


LINKED = [
    ("group", "Vétérinaires", []),
    ("vet", "vétérinaire", ["docteur vétérinaire"]),
    ("driver", "conducteur de train/conductrice de train", []),
    ("nurse", "infirmier en soins généraux", []),
]
SHEETS = [
    ["Conducteur / Conductrice de train", "Mécanicien / Mécanicienne de métro", "Machiniste de métro"],
    ["Infirmier / Infirmière", "Puériculteur / Puéricultrice"],
    ["Vétérinaire"],
]


@pytest.mark.parametrize("name", ["Vétérinaire (h/f/x)", "vétérinaire", "veterinaire"])
def test_a_job_is_linked_to_a_job_rather_than_to_a_group_of_jobs(name):
    assert [hit.id for hit in LabelIndex.build(LINKED).link(name)][:2] == ["vet", "group"]


@pytest.mark.parametrize(
    ("name", "group"), [("Boucs émissaires", True), ("Commis de cuisine", False), ("Soudeur", False)]
)
def test_a_group_is_told_by_the_plural_of_its_first_word(name, group):
    assert is_group(name) is group


def test_names_without_a_common_word_are_linked_by_the_sheets_they_point_to():
    index = LabelIndex.build(LINKED, vectors=SheetVectors(SHEETS))
    assert index.link("machiniste de métro")[0].id == "driver"
    assert index.link("puéricultrice")[0].id == "nurse"
    assert LabelIndex.build(LINKED).link("puéricultrice") == []


@given(st.lists(st.sampled_from(["soudeuse", "train", "vétérinaires", "soins", "conducteur"]), min_size=1, max_size=4))
def test_linking_ranks_at_least_what_searching_finds_and_in_the_same_order(words):
    index, query = LabelIndex.build(LINKED), " ".join(words)
    linked = [hit.id for hit in index.link(query)]
    found = [hit.id for hit in index.search(query)]
    assert found == [each for each in linked if each in found]


@given(st.lists(st.lists(st.sampled_from(["soudeur", "train", "soins", "zinc"]), max_size=3), min_size=1, max_size=5))
def test_a_vector_of_sheets_has_length_one_or_is_nothing(titles):
    vectors = SheetVectors([[" ".join(words)] for words in titles])
    length = float((vectors.of(["soudeur", "zinc"]) ** 2).sum())
    known = any({"soudeur", "zinc"} & set(words) for words in titles)
    assert length == pytest.approx(1.0 if known else 0.0, abs=1e-5)


@pytest.mark.parametrize("mistyped", ["puericultruce", "puérriculteur", "peuriculteur"])
def test_an_unknown_word_is_read_as_the_known_one_a_slip_away(mistyped):
    index = LabelIndex.build([("nurse", "puériculteur", []), ("driver", "conducteur", [])])
    assert index.link(mistyped)[0].id == "nurse"
    assert index.search("conductuer")[0].id == "driver"
