"""The public catalogue: search, filters, the page of a course."""

from datetime import timedelta

import pytest

from campus import clock
from campus.models import CertificationKind, CourseSessionState, CourseState, JobTitle, Modality


def _titles(page):
    return [link for link, url in page.links.items() if url.startswith("/formations/0")]


@pytest.fixture
def turning(make, db):
    trade = make.occupation("Conduite d'équipement", code="H2903")
    db.session.add(JobTitle(occupation_id=trade.id, label="Opérateur / Opératrice d'usinage"))
    return make.course(title="Tourner et fraiser", occupations=[trade], hours=280, modality=Modality.MIXED)


def test_a_job_title_finds_the_course_of_its_trade(client, make, turning):
    make.course(title="Préparer des commandes")
    assert _titles(client.page("/formations/?q=usinages")) == [turning.title]


def test_only_published_courses_are_shown(client, make):
    hidden = [make.course(state=state, published_at=None) for state in CourseState if state != CourseState.PUBLISHED]
    assert _titles(client.page("/formations/")) == []
    assert {client.get(f"/formations/{course.id}").status_code for course in hidden} == {404}
    assert not any(course.title in client.get(f"/formations/{course.id}").text for course in hidden)


@pytest.mark.parametrize(("state", "status"), [(CourseState.SUSPENDED, 404), (CourseState.ARCHIVED, 410)])
def test_a_course_that_was_public_says_where_to_look_instead(client, make, state, status):
    trade = make.occupation("Conduite de ligne")
    course = make.course(state=state, occupations=[trade])
    answer = client.get(f"/formations/{course.id}")
    assert answer.status_code == status
    assert course.title in answer.text
    assert "/formations/?q=Conduite+de+ligne" in answer.text


def test_each_filter_says_how_many_it_leaves(client, make, turning):
    make.course(title="Lire un plan", hours=14)
    page = client.page("/formations/?modalite=mixte")
    assert _titles(page) == [turning.title]
    assert "plus de 210 h (1)" in page.text
    assert "jusqu'à 35 h" not in page.text
    assert "sur place (1)" in page.text


def test_a_filter_is_dropped_by_its_chip_and_the_words_stay(client, turning):
    page = client.page("/formations/?q=usinage&modalite=mixte")
    assert page.links["en partie à distance , retirer ce filtre"] == "/formations/?q=usinage"


def test_an_empty_list_says_which_filter_to_drop(client, turning):
    page = client.page("/formations/?q=usinage&modalite=sur-place")
    assert page.links["Sans « sur place » : 1 formation"] == "/formations/?q=usinage"


def test_filters_that_only_work_alone_are_offered_alone(client, make, turning):
    make.course(title="Lire un plan", hours=14, certification_kind=CertificationKind.RNCP, certification_level=5)
    page = client.page("/formations/?duree=moyenne&niveau=5&modalite=mixte")
    assert page.links["Seulement « niveau 5 » : 1 formation"] == "/formations/?niveau=5"


def test_the_month_filter_follows_the_dates(client, make, turning):
    start = clock.today() + timedelta(days=40)
    make.course_session(turning, starts_on=start)
    make.course()
    assert _titles(client.page(f"/formations/?mois={start:%Y-%m}")) == [turning.title]


@pytest.mark.parametrize("odd", ["modalite=x&niveau=99&duree=0&mois=2027-13", "page=0", "page=abc", "tri=x", "mois=-"])
def test_an_address_that_makes_no_sense_shows_the_whole_list(client, turning, odd):
    assert _titles(client.page(f"/formations/?{odd}")) == [turning.title]


def test_the_list_costs_the_same_for_10_and_200_courses(client, make, count_queries):
    for _ in range(10):
        make.course_session()
    with count_queries() as few:
        client.page("/formations/?q=formation")
    for _ in range(190):
        make.course_session()
    client.page("/formations/")
    with count_queries(at_most=12) as many:
        client.page("/formations/")
    assert len(many) <= len(few)


def test_a_course_shows_its_next_dates_and_the_seats_left(client, make, turning):
    make.course_session(turning, seats_max=12, seats_taken=8)
    make.course_session(turning, state=CourseSessionState.PREPARATION, place="Atelier secret")
    page = client.page(f"/formations/{turning.id}")
    assert "4 places libres" in page.text
    assert "Atelier secret" not in page.text


def test_a_trainee_applies_from_the_page_of_the_course(as_trainee, make, turning, fresh):
    session = make.course_session(turning)
    response = as_trainee.post_form(f"/parcours/candidatures/{session.id}", at=f"/formations/{turning.id}")
    assert response.status_code == 303
    assert fresh(session).seats_taken == 1


def test_local_demand_is_rounded_to_five(client, make, turning):
    make.needs_of_firms(7, 5, 5, occupation=turning.occupations[0])
    assert "15 postes environ" in client.page(f"/formations/{turning.id}").text


def test_a_demand_under_five_is_not_told(client, make, turning):
    make.need(posts=4, occupation=turning.occupations[0])
    assert "postes environ" not in client.page(f"/formations/{turning.id}").text


def test_what_staff_write_is_cleaned(client, make):
    course = make.course(objectives="**Régler** <script>alert(1)</script> [x](javascript:alert(1))")
    page = client.page(f"/formations/{course.id}")
    assert "<strong>Régler</strong>" in page.html
    assert "javascript:" not in page.html.replace("[x](javascript:", "")
