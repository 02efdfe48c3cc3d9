"""The head of each page marks the place that the page belongs to."""

import re

import pytest

from campus.web.navigation import PLACE

MARKED = re.compile(r'aria-current="true">([^<]+)</a></li>')


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/campus/demande/qualite/", "Demande"),
        ("/campus/groupements/", "Demande"),
        ("/campus/bilans/arretes", "Bilans"),
        ("/campus/salles", "Sessions"),
    ],
)
def test_a_page_without_a_place_of_its_own_marks_the_one_it_belongs_to(as_staff, address, place):
    assert MARKED.findall(as_staff.get(address).text)[:1] == [place]


def test_each_area_that_belongs_to_a_place_exists_and_so_does_the_place(made_app):
    assert set(PLACE) | set(PLACE.values()) <= set(made_app.blueprints)


def test_the_frozen_reports_are_among_the_tabs_of_the_reports(as_staff):
    assert "Familles de métiers" in as_staff.page("/campus/bilans/arretes").links
