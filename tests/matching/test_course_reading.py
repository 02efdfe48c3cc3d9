"""Courses read as adverts are: a title and contents give occupations and skills."""

import pytest

from campus.matching.asking import shares
from campus.matching.course_reading import read_course
from campus.matching.skill_index import SkillIndex
from campus.matching.text import forms
from tests.matching.trades import SHEETS, trades


@pytest.fixture(scope="module")
def indexes():
    skills = [(sheet[0], sheet[6]) for sheet in SHEETS]
    return trades(), SkillIndex(skills, {key: forms(label) for _, held in skills for key, label, _ in held})


def test_a_course_gets_the_occupation_of_its_title_and_the_skills_of_its_contents(indexes):
    contents = "Changement de format, dossier de lot à renseigner"
    whole, found = read_course(*indexes, "Conducteur de ligne", text=contents)
    first = found.skills[0]
    assert found.occupations[0].occupation_id == "H3301"
    assert first.skill_id in {"format", "batch"}
    assert "format" in " ".join(whole[start:end] for one in found.skills for start, end in one.words)


@pytest.mark.parametrize(("title", "text"), [("", ""), ("  ", "\n"), ("zzz", "qqq")])
def test_a_course_that_says_nothing_gets_nothing(indexes, title, text):
    _, found = read_course(*indexes, title, text=text)
    assert (found.occupations, found.skills) == ((), ())


def test_the_shares_of_the_likely_occupations_make_one_in_all():
    assert shares({"a": 0.6, "b": 0.2}) == pytest.approx({"a": 0.9, "b": 0.1})
    assert shares({}) == {}
