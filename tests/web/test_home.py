"""The home page: ways in, and the occupations that hire."""

import pytest


@pytest.fixture
def hiring(make):
    """An occupation with twelve posts, and a course that leads there."""
    trade = make.occupation("Conductrice ou conducteur de ligne")
    make.needs_of_firms(5, 4, 3, occupation=trade)
    return make.course_session(make.course(occupations=[trade]), seats_max=6)


def test_an_occupation_that_hires_leads_to_its_course(client, hiring):
    page = client.page("/")
    assert "Conductrice ou conducteur de ligne" in page.text
    assert f"/formations/{hiring.course_id}" in client.get("/").text
    assert "Des places pour 5 postes sur 10" in page.text


def test_the_number_of_posts_is_rounded(client, hiring):
    assert "10 postes environ" in client.page("/").text


def test_a_single_small_need_is_not_told(client, make):
    make.need(occupation=make.occupation("Soudeuse ou soudeur"), posts=2)
    assert "Soudeuse" not in client.page("/").text


def test_a_visitor_finds_the_two_doors(client):
    text = client.page("/").text
    assert "Je me forme" in text
    assert "Je recrute" in text


def test_a_trainee_is_not_sent_to_a_door_that_is_closed(as_trainee):
    assert "Je recrute" not in as_trainee.page("/").text


def test_the_home_page_asks_little_of_the_database(client, hiring, count_queries):
    with count_queries(at_most=12):
        client.page("/")
