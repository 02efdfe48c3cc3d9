"""What trainees say they can do."""

from __future__ import annotations

import pytest

from campus.queries.profiles import levels_of, skills_at_the_core, skills_of
from campus.services.profiles import MOST, TooManySkills, declare_skills


def test_a_skill_is_kept_with_its_level(make):
    person, skill = make.account(), make.skill()

    declare_skills(person, {skill.id: 2})

    assert levels_of(person) == {skill.id: 2}


def test_a_level_changes_and_the_other_skills_stay(make):
    person, one, other = make.account(), make.skill(), make.skill()
    declare_skills(person, {one.id: 1, other.id: 4})

    declare_skills(person, {one.id: 3})

    assert levels_of(person) == {one.id: 3, other.id: 4}


def test_a_skill_that_one_does_not_have_yet_is_kept_as_such(make):
    person, skill = make.account(), make.skill()

    declare_skills(person, {skill.id: 0})

    assert levels_of(person) == {skill.id: 0}


def test_no_level_takes_a_skill_off(make):
    person, skill = make.account(), make.skill()
    declare_skills(person, {skill.id: 2})

    declare_skills(person, {skill.id: None})

    assert levels_of(person) == {}


def test_skills_that_do_not_exist_or_were_merged_are_left_out(make):
    person, kept = make.account(), make.skill()
    merged = make.skill(merged_into_id=kept.id)

    declare_skills(person, {merged.id: 2, 999_999: 3, kept.id: 1})

    assert levels_of(person) == {kept.id: 1}


def test_a_profile_is_not_the_whole_referential(make):
    person, skills = make.account(), [make.skill() for _ in range(MOST + 1)]

    with pytest.raises(TooManySkills):
        declare_skills(person, {each.id: 1 for each in skills})


def test_a_person_sees_only_their_own_skills(make):
    person, other, skill = make.account(), make.account(), make.skill()
    declare_skills(other, {skill.id: 2})

    assert list(skills_of(person)) == []


def test_the_sheet_shows_skills_in_use_only(make):
    kept, gone = make.skill(), make.skill()
    gone.merged_into_id = kept.id

    assert list(skills_at_the_core(make.occupation(skills=(kept, gone)))) == [kept]
