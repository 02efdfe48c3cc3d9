"""What firms object to is kept with its facts, counted for the staff, and heard while it holds."""

from datetime import timedelta

import pytest

from campus import clock
from campus.models import FeedbackReason
from campus.queries.matches import facts_said, match_of
from campus.services import feedback
from campus.services.matches import match_course, match_need
from tests.harness.pages import words

PAGE = "/campus/formations-ecartees/"


@pytest.fixture
def contested(make):
    """A need of a firm in Chartres, whose best course is set aside because it is in Dreux."""
    site, skills = make.organisation(), [make.skill() for _ in range(3)]
    person, need = make.employer(site), make.need(site, skills=skills, commune=make.commune())
    best, other = make.course(skills, title="La meilleure"), make.course(skills[:2], title="Une autre")
    far = make.commune(code="28134", name="Dreux", search_name="dreux", latitude=48.74, longitude=1.37)
    make.course_session(best, commune=far)
    make.course_session(other, commune=far)
    match_need(need)
    match = match_of(need, best.id)
    feedback.contest_match(person, match, need, reason=FeedbackReason.TOO_FAR, comment="Sans voiture")
    make.save(need)
    return person, need, best


def titles(page):
    return [" ".join("".join(each.itertext()).split()) for each in page.all("h3")]


def test_a_course_set_aside_stays_visible_last_with_its_reason(contested, sign_in):
    person, need, _best = contested
    page = sign_in(person).page(f"/entreprise/besoins/{need.id}")
    assert titles(page)[-1] == "La meilleure"
    assert "Vous l'avez écartée : c'est trop loin. Elle est classée après les autres." in page.text


def test_a_nearer_session_brings_it_back_and_the_page_says_so(contested, make, sign_in):
    person, need, best = contested
    make.course_session(best, commune=make.commune(), starts_on=clock.today() + timedelta(days=40))
    match_course(best)
    make.save(need)
    page = sign_in(person).page(f"/entreprise/besoins/{need.id}")
    assert titles(page)[0] == "La meilleure"
    assert "Une session est prévue à 0 km, au lieu de 33." in page.text


def test_the_staff_see_counts_by_reason_by_course_and_by_fact(contested, as_staff):
    rows = [words(each) for each in as_staff.page(PAGE).all("tr")]
    assert "C'est trop loin1" in rows
    assert {"toutes les indispensables couvertes1", "classée première1"} <= set(rows)
    assert "La meilleureC'est trop loin1" in rows
    assert any("Sans voiture" in row for row in rows)


def test_the_list_is_narrowed_by_a_reason_of_the_address(contested, as_staff):
    assert "1 remarque" in as_staff.page(f"{PAGE}?raison=too_far").text
    assert "0 remarque" in as_staff.page(f"{PAGE}?raison=too_long").text


def test_without_remarks_the_page_says_so(as_staff):
    assert "Aucune formation écartée" in as_staff.page(PAGE).text


def test_many_remarks_cost_few_queries(contested, as_staff, count_queries):
    with count_queries(at_most=8):
        as_staff.page(PAGE)


def test_a_closed_gate_is_a_fact_and_an_unknown_one_is_not():
    features = {"gates": {"dates": "dates.too_late", "seats": "seats.unknown"}, "essential_met": 1}
    assert facts_said(features) == ["gate.dates", "coverage.full"]
