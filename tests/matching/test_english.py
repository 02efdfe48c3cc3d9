"""English adverts, rendered word for word; what points into the rendering points back into the original."""

import pytest

from campus.matching.english import in_french
from campus.matching.skill_index import SkillIndex
from campus.matching.text import forms
from tests.matching.trades import SHEETS, trades

ADVERT = "Line operator\nYou will operate the packaging line, set up and fill the records of the batch."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Sales manager",
        "Team leader H/F",
        "Chef de projet web",
        "Vous conduisez la ligne et le stock for you and we",
    ],
)
def test_what_is_not_english_stays_as_it_is(text):
    assert in_french(text).text == text


def test_an_english_title_finds_its_trade():
    assert trades().propose_occupations(in_french("Welder").text)[0].occupation_id == "H2913"


def test_an_english_advert_finds_its_trade_and_shows_its_own_words():
    read = in_french(ADVERT)
    found = trades().propose_occupations(read.text)[0]
    assert found.occupation_id == "H3301"
    assert "packaging" not in read.text
    assert {ADVERT[start:end] for start, end in read.original(found.words)} >= {"Line"}


def test_every_place_of_the_rendering_leads_back_to_whole_words():
    read = in_french(ADVERT)
    for start in range(len(read.text) - 1):
        ((was, end),) = read.original([(start, start + 1)])
        assert ADVERT[was:end] == read.text[start] or ADVERT[was:end].isalpha()


def test_what_an_english_advert_does_not_require_is_not_proposed():
    skills = SkillIndex([(s[0], s[6]) for s in SHEETS], {k: forms(label) for s in SHEETS for k, label, _ in s[6]})
    text = in_french("You will paint the parts. Welding of electrical parts is not required for this job").text
    assert skills.propose(text, ["H2913"]) == []


def test_a_borrowed_word_beside_an_english_one_is_english():
    assert in_french("Maintenance technician").text == "Maintenance technicien"
