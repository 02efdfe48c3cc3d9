"""The page that explains the ranking says what the code does: its facts are the code's own."""

from datetime import date

import pytest

from campus.matching.answers import Closeness
from campus.matching.judge import judge_need
from campus.matching.objections import LESS, SOONER_DAYS
from campus.matching.ranking import CRITERIA
from campus.matching.values import HIGHEST_LEVEL, Rules
from campus.queries import advice, waiting
from campus.services.matches import KEPT, RULES
from campus.web import ranking_words
from tests.matching.samples import course, essential, need


@pytest.fixture(params=["", "/en"], ids=["french", "english"])
def shown(request, client):
    """The page's text in each language."""
    return client.page(f"{request.param}/classement").text


@pytest.fixture
def said(app):
    """Write the sentences as a request in French would."""
    with app.test_request_context("/classement"):
        yield ranking_words.ranking_page()


def test_every_criterion_of_the_key_is_told_and_no_other(app):
    with app.test_request_context("/"):
        assert list(ranking_words.order_words(RULES)) == list(CRITERIA)


def test_the_page_lists_the_criteria_in_the_order_of_the_key(app, client):
    text = client.page("/classement").text.partition("La première différence rencontrée décide")[2]
    with app.test_request_context("/classement"):
        sentences = [" ".join(each.replace("\u2019", "'").split()) for each in ranking_words.ranking_page().order]
    places = [text.index(sentence) for sentence in sentences]
    assert places == sorted(places)


def test_the_orders_of_the_other_ways_are_told_whole(app):
    with app.test_request_context("/"):
        assert list(ranking_words.advice_words()) == list(advice.ORDER)
        assert list(ranking_words.waiting_words()) == list(waiting.ORDER)


def test_every_gate_that_is_judged_is_told_and_no_other(app):
    asked = need(*(essential(name) for name in "abc"))
    (match,) = judge_need(asked, [course(1, ("a", 0, 2))], rules=RULES, today=date(2026, 1, 5)).matches
    with app.test_request_context("/"):
        assert list(ranking_words.condition_words(RULES)) == [gate.name for gate in match.gates]


def test_every_closeness_that_counts_is_told_and_no_other(app):
    with app.test_request_context("/"):
        assert set(ranking_words.closeness_words(RULES)) == set(Closeness) - {Closeness.NONE}


def test_the_numbers_of_the_page_are_the_numbers_of_the_code(said):
    assert said.rules is RULES
    assert (said.shown, len(said.levels)) == (KEPT, HIGHEST_LEVEL)
    assert (said.fifths, said.sooner_days) == (str(round(100 - 100 * LESS)), SOONER_DAYS)


def test_other_weights_are_other_words(app):
    rules = Rules(macro_factor=0.42, sheet_factor=0.17, wording_factor=0.35, least_wording=0.61, band=7)
    with app.test_request_context("/"):
        words = " ".join([*ranking_words.closeness_words(rules).values(), *ranking_words.order_words(rules).values()])
    assert all(f"{share}" in words for share in (42, 17, 35, 61, 7))


def test_the_numbers_are_on_the_page(shown):
    shares = (RULES.macro_factor, RULES.sheet_factor, RULES.wording_factor, RULES.least_wording, 1 - LESS)
    for number in (*(round(100 * share) for share in shares), KEPT, RULES.band, RULES.least_skills):
        assert f"{number}" in shown
