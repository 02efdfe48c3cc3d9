import pytest

from campus.matching.gates import distance_km

CHARTRES, MAINTENON, PARIS = (48.4471, 1.5057), (48.5839, 1.5841), (48.8566, 2.3522)


def test_chartres_is_about_77_km_from_paris():
    assert distance_km(CHARTRES, PARIS) == pytest.approx(77, abs=1)


def test_distance_is_the_same_both_ways():
    assert distance_km(CHARTRES, MAINTENON) == distance_km(MAINTENON, CHARTRES)


def test_a_place_is_at_no_distance_from_itself():
    assert distance_km(CHARTRES, CHARTRES) == 0


def test_the_poles_are_half_a_circumference_apart():
    assert distance_km((90, 0), (-90, 0)) == pytest.approx(20_015, abs=1)
