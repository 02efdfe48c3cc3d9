import pytest

from campus.matching.skill_index import SkillIndex
from tests.matching.trades import trade_skills, trades

ADVERT = """Opérateur de conditionnement H/F - Chartres (28)

Notre client, leader de la cosmétique, recherche un(e) conducteur(trice) de ligne de conditionnement.
Vos missions :
- Réglage de la ligne de conditionnement
- Changements de format, dossier de lot à renseigner
Profil : aucune expérience requise pour souder des pièces à l'arc électrique. Débutant accepté.
Avantages : tickets restaurant, mutuelle.
"""


@pytest.fixture(scope="module")
def index():
    return trades()


@pytest.fixture(scope="module")
def skills():
    return trade_skills()


def quoted(text, proposal):
    return [text[start:end] for start, end in proposal.words]


@pytest.mark.parametrize(
    "title",
    ["conducteur de ligne", "Conductrice de ligne (H/F)", "conducteur/trice de ligne", "conductrices ligne CDI"],
)
def test_every_form_of_a_title_gives_the_same_answer(index, title):
    first, *_ = index.propose_occupations(title)
    plain, *_ = index.propose_occupations("conducteur de ligne")
    assert (first.occupation_id, first.confidence) == ("H3301", plain.confidence)


def test_a_typo_without_accents_still_finds_the_occupation(index):
    assert index.propose_occupations("conductrise de ligne conditionement")[0].occupation_id == "H3301"


@pytest.mark.parametrize("title", ["condcteur de ligne", "conducteur de lignne", "Condutceur de ligne"])
def test_one_slip_in_a_word_gives_the_same_answer_as_none(index, title):
    first, *_ = index.propose_occupations(title)
    plain, *_ = index.propose_occupations("conducteur de ligne")
    assert (first.occupation_id, first.confidence) == (plain.occupation_id, plain.confidence)


def test_the_words_that_led_to_an_occupation_are_shown(index):
    text = "Cherche TOURNEUSE fraiseuse"
    assert quoted(text, index.propose_occupations(text)[0]) == ["TOURNEUSE", "fraiseuse"]


def test_a_sale_is_not_the_wind(index):
    assert index.propose_occupations("responsable vente")[0].occupation_id == "D1106"


@pytest.mark.parametrize("text", ["", "zzz qqq", "aucune expérience requise", "tickets restaurant", "H/F", "???\n\n"])
def test_nothing_is_proposed_without_support(index, skills, text):
    assert index.propose_occupations(text) == []
    assert skills.propose(text, []) == []


def test_an_advert_is_read_where_it_names_the_job(index):
    found = index.propose_occupations(ADVERT)[0]
    assert found.occupation_id == "H3301"
    assert "ligne" in quoted(ADVERT, found)


def test_skills_named_in_the_text_come_first_with_their_words(skills):
    proposals = skills.propose(ADVERT, ["H3301"])
    named = {one.skill_id: quoted(ADVERT, one) for one in proposals if one.source == "text"}
    assert named["line"] == ["Réglage", "ligne", "conditionnement"]
    assert named["batch"] == ["dossier", "lot", "renseigner"]
    assert [one.source for one in proposals] == ["text"] * len(named) + ["sheet"]


def test_core_skills_of_the_sheet_come_last_and_point_at_nothing(skills):
    *_, last = skills.propose(ADVERT, ["H3301"])
    assert (last.skill_id, last.source, last.words) == ("clean", "sheet", ())


def test_what_an_advert_denies_is_not_proposed(skills):
    assert "weld" not in {one.skill_id for one in skills.propose(ADVERT, ["H3301"])}


def test_a_skill_of_another_sheet_is_proposed_when_the_text_names_all_of_it(skills):
    text = "Vous devez souder des pièces à l'arc électrique"
    assert skills.propose(text, ["H2903"])[0].skill_id == "weld"


def test_no_more_skills_than_a_page_shows(skills):
    assert len(skills.propose(ADVERT, ["H3301", "H2903"], limit=3)) == 3


def test_an_index_of_nothing_proposes_nothing():
    empty = type(trades()).build([])
    assert empty.propose_occupations("soudeur") == []
    assert SkillIndex([], {}).propose("souder", ["H2913"]) == []


def test_what_is_denied_is_not_proposed_even_when_the_sheet_holds_it(skills):
    for text in ("Soudeur, mais pas de soudage à l'arc électrique", "Soudage de pièces à l'arc électrique non exigé"):
        assert skills.propose(text, ["H2913"]) == []


def test_what_a_clause_says_wins_over_what_another_denies(skills):
    text = "Souder des pièces à l'arc électrique. Aucune pièce lourde."
    assert [one.skill_id for one in skills.propose(text, ["H2913"])] == ["weld"]


PERKS = (
    "Tickets restaurant, mutuelle, prime de conditionnement. Groupe leader de la ligne de conditionnement en Europe."
)


def test_perks_and_what_a_firm_says_of_itself_change_nothing(skills):
    asked = "Effectuer un changement de format"
    assert skills.propose(f"{asked}\n{PERKS}", ["H3301"]) == skills.propose(asked, ["H3301"])


@pytest.mark.parametrize(
    "around",
    [
        "Notre client, groupe familial fondé en 1954, recherche un opérateur pour effectuer un changement de format",
        "CDI temps plein, horaires d'équipe : effectuer un changement de format, débutant accepté",
        "Vous aurez, dans notre société, à effectuer un changement de format",
    ],
)
def test_what_stands_beside_a_task_does_not_hide_it(skills, around):
    first = skills.propose(around, ["H3301"])[0]
    assert (first.skill_id, first.source) == ("format", "text")


def test_a_likelier_occupation_makes_its_skills_surer(skills):
    sure, unsure = (skills.propose("", {"H3301": share})[0] for share in (0.9, 0.3))
    assert sure.skill_id == unsure.skill_id
    assert sure.confidence > unsure.confidence
