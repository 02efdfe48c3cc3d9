import pytest

from campus.matching.labels import LabelIndex

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
