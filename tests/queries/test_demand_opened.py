"""A published figure of the demand opens as far as a sponsor may see, and a hidden one opens nothing."""

import re
from datetime import timedelta

import pytest

from campus import clock
from campus.models import CourseSessionState
from campus.planning.quarters import Quarter

PAGE = "/indicateurs/demande/"
SOON = clock.today() + timedelta(days=100)


@pytest.fixture
def world(make):
    """Three firms with four posts in one trade; one firm alone in another of the same family; seats for the first."""
    family = make.occupation("Conduite d'équipements")
    trade = make.occupation("Conduite de ligne", parent_code=family.code)
    rare = make.occupation("Métrologie rare", parent_code=family.code)
    for _firm in range(3):
        make.need(make.organisation(name="Cosmétiques secrètes"), occupation=trade, posts=4, latest=SOON)
    make.need(occupation=rare, posts=9, latest=SOON)
    course = make.course(title="Conduire une ligne")
    course.occupations.append(trade)
    make.course_session(course, starts_on=SOON, ends_on=SOON, seats_max=7)
    make.course_session(course, starts_on=SOON, ends_on=SOON, seats_max=4, state=CourseSessionState.PREPARATION)
    return family, trade, rare


def lines(by, key):
    return f"{PAGE}lignes?par={by}&cle={key}&trimestre={Quarter.of(SOON).code}"


def test_a_figure_opens_its_sessions_and_says_what_is_counted_without_a_firm(as_observer, world):
    page = as_observer.page(f"{PAGE}?par=metier")
    url = next(url for words, url in page.links.items() if words.startswith("manque 1"))
    assert url == lines("metier", world[1].id)
    opened = as_observer.page(url)
    assert "Conduire une ligne" in opened.links
    assert "4 places sont dans des sessions en préparation" in opened.text
    assert not re.findall("secrètes|T-[0-9]{4}", opened.text)


def test_the_figure_of_a_family_opens_the_occupations_it_adds_up(as_observer, world):
    page = as_observer.page(lines("famille", world[0].code))
    assert page.links["Conduite de ligne"] == lines("metier", world[1].id)
    assert "rare" not in page.text
    assert "Les métiers dont le chiffre est caché" in page.text


def test_a_hidden_figure_and_one_that_is_not_there_open_nothing(as_observer, world):
    hidden, shown = lines("metier", world[2].id), lines("metier", world[1].id)
    elsewhere = [shown.replace(Quarter.of(SOON).code, word) for word in ("T1", "sans-date")]
    assert as_observer.get(shown).status_code == 200
    assert [as_observer.get(each).status_code for each in (hidden, *elsewhere)] == [404] * 3
