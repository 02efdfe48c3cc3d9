"""The posts that a person is near to, told so that no firm can be read off."""

import pytest

from campus.models import TraineeSkill
from campus.queries.openings import FEWEST_FIRMS, openings_for


@pytest.fixture
def trade(make):
    return make.occupation("Conduite de ligne")


@pytest.fixture
def skills(make):
    return [make.skill(label) for label in ("Régler", "Contrôler", "Emballer")]


def asked(make, trade, skills, firms=FEWEST_FIRMS, **given):
    for _ in range(firms):
        make.need(skills=skills, occupation=trade, **{"posts": 4, **given})


def test_a_person_sees_the_posts_they_are_near_to_and_what_is_lacking(make, trade, skills):
    asked(make, trade, skills)
    (one,) = openings_for({skills[0].id: 3, skills[1].id: 4})
    assert (one.occupation.id, one.posts, one.held, one.lacking) == (trade.id, 10, 2, [])
    assert one.unsaid == ["Emballer"]


def test_a_level_under_the_one_asked_is_still_to_learn(make, trade, skills):
    asked(make, trade, skills)
    (one,) = openings_for({skills[0].id: 3, skills[1].id: 2, skills[2].id: 0})
    assert one.lacking == ["Contrôler", "Emballer"]


def test_nothing_is_told_of_fewer_firms_than_hide_one_another(make, trade, skills):
    asked(make, trade, skills, firms=FEWEST_FIRMS - 1, posts=40)
    assert openings_for({skills[0].id: 4}) == []


def test_needs_of_one_firm_count_as_one(make, trade, skills):
    site = make.organisation()
    for _ in range(FEWEST_FIRMS + 2):
        make.need(site, skills=skills, occupation=trade, posts=10)
    assert openings_for({skills[0].id: 4}) == []


def test_a_skill_that_one_firm_alone_asks_for_is_not_named(make, trade, skills):
    asked(make, trade, skills)
    make.need(skills=[*skills, make.skill("Secret de fabrication")], occupation=trade)
    (one,) = openings_for({skills[0].id: 4})
    assert "Secret de fabrication" not in one.lacking


def test_the_page_of_their_skills_says_it_without_any_firm(make, trade, skills, as_trainee):
    asked(make, trade, skills)
    make.save(TraineeSkill(account_id=as_trainee.account.id, skill_id=skills[0].id, level=3))
    text = as_trainee.page("/parcours/competences/").text
    assert "Environ 10 postes à pourvoir. Vous avez déjà 1 compétence sur les 3 les plus demandées" in text
    assert "Laboratoires" not in text
