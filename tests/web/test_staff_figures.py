"""Staff see what waits and where demand exceeds seats; sponsors see the same with small cells hidden."""

import io

import pytest
from python_calamine import CalamineWorkbook

from campus.models import NeedState
from campus.services.matches import match_need


@pytest.fixture
def trade(make):
    return make.occupation("Conducteur / Conductrice de ligne")


def test_the_queue_shows_what_waits_with_the_time_it_has_waited(as_staff, make):
    need = make.need(state=NeedState.IN_MODERATION)
    page = as_staff.get("/campus/a-traiter/").text
    assert need.title in page
    assert "Attend depuis" in page


def test_an_empty_queue_says_so(as_staff):
    assert "Rien n’attend de décision" in as_staff.get("/campus/a-traiter/").text


def test_a_figure_opens_the_needs_behind_it(as_staff, make, trade):
    need = make.need(occupation=trade, posts=7)
    page = as_staff.get(f"/campus/demande/lignes?par=metier&cle={trade.id}").text
    assert need.title in page
    assert need.organisation.name in page


def test_the_export_holds_exactly_the_rows_that_are_searched(as_staff, make, trade):
    make.need(occupation=trade, posts=7)
    make.need(occupation=make.occupation("Soudeur / Soudeuse"))
    answer = as_staff.get("/campus/demande/export.csv?par=metier&q=conduc")
    lines = answer.data.decode("utf-8-sig").split("\r\n")
    assert [line.split(";")[0] for line in lines[1:] if line] == [trade.label]


def test_the_workbook_holds_numbers(as_staff, make, trade):
    make.need(occupation=trade, posts=7)
    answer = as_staff.get("/campus/demande/export.xlsx?par=metier")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[1][rows[0].index("Total, postes")] == 7


def test_an_observer_sees_no_figure_of_a_single_firm(as_observer, make, trade):
    make.need(occupation=trade, posts=97)
    page = as_observer.get("/indicateurs/demande/").text
    assert "chiffre caché" in page
    assert "97 postes" not in page


def test_the_need_of_a_firm_shows_its_courses_and_not_to_another_firm(make, client):
    site = make.organisation()
    mine, other = make.employer(site), make.employer()
    need = make.need(site)
    course = make.course([each.skill for each in need.skills])
    match_need(need)
    make.save(need)
    assert course.title in client.sign_in_as(mine).get(f"/entreprise/besoins/{need.id}").text
    assert client.sign_in_as(other).get(f"/entreprise/besoins/{need.id}").status_code == 404


def test_a_request_answered_leaves_the_queue(as_staff, make):
    asked = make.course_request(make.need().id)
    url = f"/campus/demandes-de-formation/{asked.id}"
    answer = as_staff.post_form(url, {"state": "answered", "answer": "Une session ouvre en mars."})
    assert answer.status_code == 303
    assert "Rien n’attend de décision" in as_staff.get("/campus/a-traiter/").text
