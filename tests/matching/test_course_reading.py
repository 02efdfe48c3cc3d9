"""Courses read as adverts are: a title and contents give occupations and skills."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campus.matching.asking import OLDER_SHEET, shares, with_older_sheets
from campus.matching.course_reading import course_text, of_level, read_course
from campus.matching.index import Proposal
from campus.matching.skill_index import SkillIndex
from campus.matching.text import forms
from tests.matching.test_properties import fast
from tests.matching.trades import SHEETS, trades


@pytest.fixture(scope="module")
def indexes():
    skills = [(sheet[0], sheet[6]) for sheet in SHEETS]
    return trades(), SkillIndex(skills, {key: forms(label) for _, held in skills for key, label, _ in held})


def test_a_course_gets_the_occupation_of_its_title_and_the_skills_of_its_contents(indexes):
    whole = course_text("Conducteur de ligne ", "Changement de format, dossier de lot à renseigner")
    found = read_course(*indexes, whole)
    assert found.occupations[0].occupation_id == "H3301"
    assert {one.skill_id for one in found.skills[:2]} == {"format", "batch"}
    assert "format" in " ".join(whole[start:end] for one in found.skills for start, end in one.words)


@pytest.mark.parametrize(("title", "text"), [("", ""), ("  ", "\n"), ("zzz", "qqq")])
def test_a_course_that_says_nothing_gets_nothing(indexes, title, text):
    found = read_course(*indexes, course_text(title, text))
    assert (found.occupations, found.skills) == ((), ())


def test_the_level_of_its_diploma_decides_between_trades_of_one_name():
    likely = [Proposal(1, 0.4, "Opérateur en usinage", ()), Proposal(2, 0.38, "Ingénieur en usinage", ())]
    assert [one.occupation_id for one in of_level(likely, 3)] == [1, 2]
    assert [one.occupation_id for one in of_level(likely, 7)] == [2, 1]


titles = st.sampled_from(["Ouvrier", "Technicien", "Directrice", "Soudeur", ""])
likely_trades = st.lists(st.tuples(st.floats(0.001, 1), titles), max_size=6)


@fast
@given(likely_trades, st.none() | st.integers(1, 8))
def test_a_level_removes_no_trade_and_leaves_chances_between_zero_and_one(found, level):
    likely = [Proposal(n, sure, title, ()) for n, (sure, title) in enumerate(found)]
    weighed = of_level(likely, level)
    assert {one.occupation_id for one in weighed} == {one.occupation_id for one in likely}
    assert all(0 <= one.share <= 1 for one in weighed)


def test_the_shares_of_the_likely_occupations_make_one_in_all():
    found = shares({"a": 0.6, "b": 0.2})
    assert sum(found.values()) == pytest.approx(1)
    assert found["a"] > 0.75
    assert shares({}) == {}


def test_a_sheet_that_was_split_off_shares_with_the_one_it_came_from():
    assert with_older_sheets({"new": 0.5, "old": 0.5}, {"new": "old"}) == pytest.approx(
        {"new": 0.5 - 0.5 * OLDER_SHEET, "old": 0.5 + 0.5 * OLDER_SHEET}
    )
    assert with_older_sheets({"old": 1.0}, {"old": "old"}) == {"old": 1.0}
