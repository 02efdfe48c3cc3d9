"""Words that ROME's titles lack, and those that they are read as too."""

from campus.matching.companions import COMPANIONS, learn_companions, with_companions
from campus.matching.index import OccupationIndex


def test_a_word_of_other_lists_finds_the_trade_and_is_what_led_to_it():
    index = OccupationIndex.build([
        (1, "K2503", "Portier / Portière", None, ["Physionomiste de discothèque"], "", []),
        (2, "H2913", "Soudeur / Soudeuse", None, ["Soudeur à l'arc"], "", []),
    ])  # fmt: skip
    [first, *_] = index.propose_occupations("Videur de discothèque")
    assert (first.occupation_id, first.words[0]) == (1, (0, 6))
    assert index.propose_occupations("videur")[0].occupation_id == 1


def test_a_companion_stands_before_its_word_and_once():
    word, companion = next(iter(COMPANIONS.items()))
    assert with_companions([word, "de", companion]) == [companion, word, "de"]


def test_no_companion_has_one_itself():
    assert not COMPANIONS.keys() & set(COMPANIONS.values())


def test_the_companion_is_the_word_that_other_names_have_in_its_place():
    titles = ["Métrologue en mécanique", "Technicien de mesure", "Boulanger", "Soudeur"]
    jobs = [["technicien de calibration", "technicien de mesure", "métrologue"], ["soudeur", "soudeur à l'arc"]]
    assert learn_companions(jobs, titles) == {"calibration": "mesure"}


def test_a_word_whose_other_names_say_nothing_that_titles_hold_has_no_companion():
    assert learn_companions([["zorgleur", "zorgleur de tubes"], ["klaxonneur"]], ["Soudeur"]) == {}
