"""Every reason that the engine can give has its sentence, in French and in English, at one place."""

import re

import pytest
from flask_babel import force_locale

from campus.matching.answers import Reason
from campus.matching.explanation import CODES
from campus.matching.objections import CHANGED
from campus.models import FeedbackReason
from campus.queries.matches import facts_said
from campus.web.feedback_words import CHANGES, FACTS
from campus.web.reasons import sentence_of
from tests.architecture.code import ROOT

VALUES = {
    "skills": [{"skill_id": 1, "label": "Souder", "required": 2, "has": 1}],
    "labels": ["Souder"],
    "reason": "too_far",
    "before": 62.4,
    "after": 12.0,
    "change": {"days": 3},
    "importance": "essential",
    "label": "Régler une machine",
    "via_label": "Régler une presse",
}
DAYS = {"starts_on", "ends_on", "latest", "deadline", "valid_until"}


def sample(code):
    carried = {name: VALUES.get(name, "2027-03-01" if name in DAYS else 3) for name in CODES[code].carries}
    return Reason(code, CODES[code].sign, carried)


def said(app, reason, language="fr"):
    """Say a reason in a language."""
    with app.test_request_context("/"), force_locale(language):
        return sentence_of(reason)


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_a_whole_sentence_in_both_languages(app, code):
    french, english = said(app, sample(code)), said(app, sample(code), "en")
    assert french != english
    for sentence in (french, english):
        assert re.fullmatch(r"[^%{}]*[.]", sentence), sentence


@pytest.mark.parametrize("reason", FeedbackReason)
def test_every_objection_says_why_it_holds_and_what_has_changed(app, reason):
    dates = {"before": "2027-05-01", "after": "2027-03-01"} if reason == "too_late" else {"before": 62.4, "after": 12.0}
    holding = said(app, Reason("feedback.rejected", "-", {"reason": reason.value, **dates}))
    assert holding.endswith("classée après les autres.")
    if reason.value in CHANGED:
        over = said(app, Reason("feedback.outdated", "+", {"reason": reason.value, **dates}))
        assert "de nouveau classée avec les autres" in over
    assert set(CHANGES) == set(CHANGED)


def test_every_fact_that_is_counted_has_its_words():
    shut = {
        name.split(".")[0]: name for name, code in CODES.items() if code.sign == "-" and name.split(".")[0] in GATES
    }
    facts = [
        *facts_said({"gates": shut, "essential_met": 1, "closeness": ["macro"], "occupation": "same", "position": 1}),
        *facts_said({"essential_missing": 1, "occupation": "same_parent"}),
        *facts_said({"occupation": "none"}),
    ]
    assert set(facts) == set(FACTS)


GATES = {"dates", "entry", "seats", "distance", "certification"}


def test_reasons_are_put_into_words_at_one_place():
    codes = {code for code in CODES if not code.startswith(("feedback.", "like."))}
    sources = [
        path
        for path in (ROOT / "campus/web").rglob("*.py")
        if path.name not in {"reasons.py", "feedback_words.py", "answers.py"}
    ]
    found = {path.name for path in sources for code in codes if f'"{code}"' in path.read_text(encoding="utf-8")}
    assert found <= {"advice.py"}
