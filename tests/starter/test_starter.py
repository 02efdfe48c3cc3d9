import os
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from campus.exchange.rome import read_rome
from campus.matching.gates import distance_km
from campus.starter import starter_communes, starter_referential


@pytest.fixture(scope="module")
def starter():
    return starter_referential()


@pytest.fixture(scope="module")
def published():
    return read_rome(Path(os.environ["CAMPUS_SHARED"]) / "data" / "RefRomeCsv.zip")


def test_the_starter_covers_the_trades_of_the_territory(starter):
    assert len(starter.occupations) == 37
    assert {"H2303", "H3301", "H1528", "H2903", "I1304", "N1115"} <= {found.code for found in starter.occupations}


@pytest.mark.shared
def test_codes_and_parents_are_the_official_ones(starter, published):
    official = {found.code: (found.label, found.parent_code) for found in published.occupations}
    assert [
        found.code for found in starter.occupations if official[found.code] != (found.label, found.parent_code)
    ] == []


@pytest.mark.shared
def test_job_titles_are_the_official_ones(starter, published):
    assert set(starter.job_titles) <= set(published.job_titles)


def test_each_occupation_has_its_principal_job_title(starter):
    principal = Counter(title.occupation_code for title in starter.job_titles if title.principal)
    assert principal == {found.code: 1 for found in starter.occupations}


def test_each_occupation_has_six_to_twelve_skills_of_which_at_least_two_are_core(starter):
    links = defaultdict(list)
    for link in starter.occupation_skills:
        links[link.occupation_code].append(link)
    assert links.keys() == {found.code for found in starter.occupations}
    assert all(6 <= len(found) <= 12 and sum(link.core for link in found) >= 2 for found in links.values())


def test_each_skill_is_used_and_none_is_unknown(starter):
    codes = [skill.code for skill in starter.every_skill()]
    assert len(codes) == len(set(codes)) == 215
    assert {link.skill_code for link in starter.occupation_skills} == set(codes)


def test_each_skill_has_both_languages_and_gestures_for_four_levels(starter):
    for skill in starter.every_skill():
        assert skill.source == "campus"
        assert skill.label
        assert skill.label_en
        assert len(list(filter(None, skill.gestures))) == 4
        assert len(list(filter(None, skill.gestures_en))) == 4


def test_no_two_skills_have_the_same_wording(starter):
    labels = Counter(skill.label.casefold() for skill in starter.every_skill())
    assert labels.most_common(1)[0][1] == 1


def test_the_communes_lie_around_chartres():
    communes = starter_communes()
    chartres = next(commune for commune in communes if commune.insee == "28085")
    assert len(communes) == 30
    assert all(distance_km(chartres.point, commune.point) < 60 for commune in communes)
