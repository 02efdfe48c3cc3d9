"""Skills proposed for real adverts, against what the sheet that was meant would have proposed."""

import os
import statistics
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from campus.matching.asking import SkillFact, shares
from campus.matching.skill_index import SkillIndex
from campus.matching.text import forms
from tests.matching.test_judged_sets import judged

pytestmark = [pytest.mark.shared, pytest.mark.slow, pytest.mark.xdist_group("referential")]
BINS = ((0, 0.1), (0.1, 0.2), (0.2, 0.3), (0.3, 1.01))


@pytest.fixture(scope="session")
def asked(published):
    kept = {skill.code: skill for skill in published.every_skill() if skill.kind != "behaviour"}
    held = defaultdict(list)
    for link in published.occupation_skills:
        if link.skill_code in kept:
            held[link.occupation_code].append((link.skill_code, kept[link.skill_code].label, link.core))
    sheets = [(one.code, held[one.code]) for one in published.occupations]
    groups = {skill.macro_code for skill in kept.values()}
    facts = {code: SkillFact(skill.kind, skill.macro_code or None, code in groups) for code, skill in kept.items()}
    older = {one.code: one.parent_code for one in published.occupations}
    return SkillIndex(sheets, {code: forms(skill.label) for code, skill in kept.items()}, facts=facts, older=older)


@pytest.fixture(scope="module")
def read(directory, asked):
    """List, for each advert, what is proposed and the chance of each skill were the sheet known."""
    answers = []
    for text, sheets in judged(Path(os.environ["CAMPUS_SHARED"]) / "data/evaluation/adverts-to-occupation"):
        likely = shares({one.occupation_id: one.share for one in directory.propose_occupations(text, 12)})
        known = Counter()
        for sheet in sheets:
            known.update({one.skill_id: one.confidence / len(sheets) for one in asked.propose(text, [sheet], 300)})
        answers.append((asked.propose(text, likely), known))
    return answers


def test_the_confidence_of_a_skill_is_what_the_right_sheet_would_have_said(read):
    pairs = [(one.confidence, known[one.skill_id]) for found, known in read for one in found]
    for low, high in BINS:
        said, true = zip(*(pair for pair in pairs if low <= pair[0] < high), strict=True)
        assert statistics.mean(said) == pytest.approx(statistics.mean(true), abs=0.12)


def test_ten_proposals_hold_four_in_ten_of_what_the_right_sheet_expects(read):
    held = [sum(known[one.skill_id] for one in found[:10]) / known.total() for found, known in read]
    assert statistics.mean(held) >= 0.37


def test_no_proposal_lacks_support(read, asked):
    for found, _ in read:
        assert all(one.source == "sheet" or one.words for one in found)
        assert len(found) <= 12
    assert asked.propose("aucune expérience requise, tickets restaurant, mutuelle", {}) == []
