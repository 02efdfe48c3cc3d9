"""What happened to a need, told in words to its firm and to the staff."""

import pytest

from campus.lifecycles.need import NEED
from campus.services.audit import record
from campus.web.need_words import EVENTS


@pytest.fixture
def told(as_employer, make):
    need = make.need(make.organisation_of(as_employer.account), as_employer.account)

    def tell(action, **details):
        record(as_employer.account, action, need, **details)
        return as_employer.page(f"/entreprise/besoins/{need.id}").text

    return tell


def test_each_step_of_a_needs_life_has_its_words():
    assert {row.audit for row in NEED.rows} <= set(EVENTS)


def test_a_course_set_aside_is_told_with_its_reason(told):
    text = told("match_contested", course="1", reason="other_trade", comment="Nous ne fraisons pas.")
    assert "Formation écartée" in text
    assert "C'est un autre métier" in text
    assert "Nous ne fraisons pas." in text
    assert "other_trade" not in text


@pytest.mark.parametrize("action", ["match_contest_taken_back", "course_requested", "course_request_answered"])
def test_what_is_said_about_answers_is_told_in_words(told, action):
    assert action not in told(action, message="Dès janvier.")
