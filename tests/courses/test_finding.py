"""Words in French: what is typed finds what is meant."""

import pytest

from campus.matching.finding import Finder, distance, stem

COURSES = {
    "turning": [("Tourner et fraiser des pièces", 5), ("Opérateur / Opératrice d'usinage", 3)],
    "packing": [("Conduire une ligne de conditionnement", 5), ("Régler une machine", 2)],
    "upkeep": [("Maintenance de premier niveau", 5), ("Mécanicien / Mécanicienne", 3), ("Régler une machine", 2)],
}


def _found(query):
    return [each.id for each in Finder(COURSES.items()).find(query)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("usinage", "turning"),
        ("USINAGES", "turning"),
        ("usinaje", "turning"),
        ("operatrices", "turning"),
        ("conditionement", "packing"),
        ("lignes de conditionnement", "packing"),
        ("conditio", "packing"),
        ("mécaniciennes", "upkeep"),
        ("maintenancier", "upkeep"),
    ],
)
def test_a_search_forgives_accents_plurals_genders_and_slips(typed, meant):
    assert _found(typed)[0] == meant


def test_a_title_counts_more_than_a_skill():
    finder = Finder([("skill", [("pesée", 2.0)]), ("title", [("pesée", 5.0)])])
    assert [each.id for each in finder.find("pesée")] == ["title", "skill"]


def test_a_course_that_holds_every_word_comes_before_one_that_holds_some():
    found = Finder(COURSES.items()).find("maintenance machine")
    assert [(each.id, each.complete) for each in found] == [("upkeep", True), ("packing", False)]


def test_small_words_and_unknown_words_find_nothing():
    assert _found("de la") == [] == _found("zzzz")


def test_words_of_the_same_root_are_told_apart_from_slips():
    assert stem("soudeuses") == stem("soudeur") == "soudeur"
    assert distance("usinage", "usinaeg") == 1
    assert distance("four", "fours") == 1
